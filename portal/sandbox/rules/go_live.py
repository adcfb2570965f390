"""Going live: what members of the service and of its organisation are told."""

from __future__ import annotations

from django.conf import settings

from portal.sandbox import outbox
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


def approvers(service: Service) -> list[User]:
    """Members of the service's organisation who may make it live."""
    ids = OrganisationUserPermissions.objects.filter(
        organisation_id=service.organisation_id, permission="can_make_services_live"
    ).values("user_id")
    return list(User.objects.filter(pk__in=ids, state="active").order_by("created_at"))


def tell_approvers(service: Service, requester: User) -> None:
    """Ask those who may to make a service live."""
    organisation = service.organisation
    for user in approvers(service):
        outbox.notify(
            "go_live_request",
            user.email_address,
            {
                "name": user.name,
                "service_name": service.name,
                "organisation_name": organisation.name,
                "requester_name": requester.name,
                "requester_email_address": requester.email_address,
                "make_service_live_link": (
                    f"{settings.ADMIN_BASE_URL}/services/{service.pk}/make-service-live"
                ),
                "support_page_link": f"{settings.ADMIN_BASE_URL}/support",
            },
            service=service,
            reply_to=requester.email_address,
        )


def tell_requester(service: Service, requester: User) -> None:
    """Tell who asked that the organisation has been told."""
    outbox.notify(
        "go_live_request_received",
        requester.email_address,
        {
            "name": requester.name,
            "service_name": service.name,
            "organisation_name": service.organisation.name,
        },
        service=service,
    )
