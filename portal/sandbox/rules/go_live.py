"""Going live: what members of the service and of its organisation are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from portal.organisations.models import Organisation
from portal.sandbox import outbox
from portal.sandbox.refusals import BAD_REQUEST, Refusal
from portal.sandbox.rules import permissions
from portal.services.models import Service
from portal.users.models import OrganisationUserPermissions, User


def tell_members_that_live(service: Service) -> None:
    """Tell everybody in a service that it is live."""
    for user in permissions.members(service).filter(state="active"):
        outbox.notify(
            "service_live",
            user.email_address,
            {"name": user.name, "service_name": service.name},
            service=service,
        )


@dataclass(frozen=True)
class GoLiveRequest:
    """A service that asks its organisation to go live, and who asks for it."""

    service: Service
    organisation: Organisation
    requester: User

    def approvers(self) -> Iterable[User]:
        """Members of the organisation who may make services live."""
        ids = OrganisationUserPermissions.objects.filter(
            organisation_id=self.organisation.pk, permission="can_make_services_live"
        ).values("user_id")
        found: Iterable[User] = User.objects.filter(pk__in=ids, state="active")
        return found

    def tell_approvers(self) -> None:
        """Ask those who may to make the service live."""
        base = settings.ADMIN_BASE_URL
        for user in self.approvers():
            outbox.notify(
                "go_live_request",
                user.email_address,
                {
                    "name": user.name,
                    "service_name": self.service.name,
                    "organisation_name": self.organisation.name,
                    "requester_name": self.requester.name,
                    "requester_email_address": self.requester.email_address,
                    "make_service_live_link": (
                        f"{base}/services/{self.service.pk}/make-service-live"
                    ),
                    "support_page_link": f"{base}/support",
                },
                service=self.service,
                reply_to=self.requester.email_address,
            )

    def tell_requester(self) -> None:
        """Tell who asked that the organisation has been told."""
        outbox.notify(
            "go_live_request_received",
            self.requester.email_address,
            {
                "name": self.requester.name,
                "service_name": self.service.name,
                "organisation_name": self.organisation.name,
            },
            service=self.service,
        )


def request_of(service: Service) -> GoLiveRequest:
    """What a service asks of its organisation; refused if it asks nothing."""
    organisation, requester = service.organisation, service.go_live_user
    if not (service.has_active_go_live_request and organisation and requester):
        raise Refusal(BAD_REQUEST, 400)
    return GoLiveRequest(service, organisation, requester)
