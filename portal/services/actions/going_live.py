"""Going live: what is still to do, asking for it, and what the organisation answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from portal.clients import organisations_client
from portal.common import audit
from portal.invites.actions import load_invitations
from portal.message_templates.actions import load_listed
from portal.organisations.models import Organisation
from portal.remote.parallel import together
from portal.services.client import service_api_client
from portal.services.go_live import (
    PERMISSION_TO_APPROVE,
    Checklist,
    Facts,
    checklist_of,
    sender_of,
)
from portal.services.models import Service
from portal.users.models import User

record = partial(audit.record, model="services.service")


def load_checklist(*, service: Service, exists: Callable[[str], bool]) -> Checklist:
    """Read side by side what a service has; ``exists`` tells which pages there are."""
    pk = str(service.pk)
    users, invitations, templates, replies, senders, organisation = together(
        lambda: list(User.objects.for_service(service)),
        lambda: load_invitations(service=service),
        lambda: load_listed(service=service),
        lambda: service_api_client.get_reply_to_email_addresses(pk),
        lambda: service_api_client.get_sms_senders(pk),
        lambda: organisation_of(service),
    )
    managers = [
        *(u for u in users if u.has_permission_for_service(pk, "manage_service")),
        *(i for i in invitations if "manage_service" in i.shown_permissions),
    ]
    facts = Facts(
        managers=len(managers),
        template_kinds=frozenset(str(t.template_type) for t in templates),
        reply_to_addresses=len(replies),
        default_sender=sender_of(senders),
        agreement_signed=organisation.agreement_signed if organisation else None,
    )
    return checklist_of(service, facts, exists)


def organisation_of(service: Service) -> Organisation | None:
    """Read the organisation that a service belongs to, if it does."""
    if service.organisation_id is None:
        return None
    return Organisation.objects.filter(pk=service.organisation_id).first()


def estimate_usage(*, service: Service, by: User, volumes: Mapping[str, int]) -> None:
    """Note how many messages of each kind the service expects to send in a year."""
    before = {name: getattr(service, name) for name in volumes}
    service_api_client.update_service(str(service.pk), **volumes)
    _record(service, by, before, dict(volumes))


def confirm_unique(*, service: Service, by: User) -> None:
    """Note that no other service of the team sends the same."""
    service_api_client.update_service(str(service.pk), confirmed_unique=True)
    _record(service, by, {"confirmed_unique": False}, {"confirmed_unique": True})


def ask_to_go_live(*, service: Service, by: User) -> None:
    """Ask to make a service live; its organisation's people are told if they decide.

    POST /service/<id>, POST /organisations/notify-users-of-request-to-go-live/<id>.
    """
    pk = str(service.pk)
    organisation = organisation_of(service)
    service_api_client.update_service(
        pk, has_active_go_live_request=True, go_live_user=str(by.pk)
    )
    asked = {"has_active_go_live_request": True}
    _record(service, by, {"has_active_go_live_request": False}, asked)
    if organisation and organisation.can_approve_own_go_live_requests:
        organisations_client.notify_users_of_request_to_go_live_for_service(pk)


@dataclass(frozen=True)
class GoLiveRequest:
    """A service that wants to go live: who asks, and whose organisation may decide."""

    service: Service
    organisation: Organisation | None
    requester: User | None

    def may_be_decided_by(self, user: User) -> bool:
        """Tell whether somebody may make the service live."""
        if user.platform_admin:
            return True
        own = self.organisation
        return bool(
            own
            and own.can_approve_own_go_live_requests
            and user.has_permission_for_organisation(own.pk, PERMISSION_TO_APPROVE)
        )


def load_go_live_request(*, service: Service) -> GoLiveRequest:
    """Read the people around a service's request, side by side."""
    asker = service.go_live_user_id
    organisation, requester = together(
        lambda: organisation_of(service),
        lambda: User.objects.filter(pk=asker).first() if asker else None,
    )
    return GoLiveRequest(service, organisation, requester)


def explain_next_steps(
    *, service: Service, by: User, is_unsure: bool, is_unclear: bool
) -> None:
    """Send to whoever decides what to talk about with the team first."""
    organisations_client.notify_org_member_about_next_steps_of_go_live_request(
        str(service.pk),
        service_name=str(service.name),
        to=str(by.email_address),
        check_if_unique=is_unsure,
        unclear_service_name=is_unclear,
    )


def approve_go_live(*, service: Service, by: User) -> None:
    """Make a service live, with the limits that go with it."""
    service_api_client.update_status(str(service.pk), True)
    _record(service, by, {"restricted": True}, {"restricted": False})


def refuse_go_live(*, wish: GoLiveRequest, by: User, reason: str) -> None:
    """Tell who asked why the service stays in trial mode, and close the request.

    In this order: the API tells nobody about a request that is closed. Of a service
    without an organisation it tells nobody at all.
    """
    service, requester = wish.service, wish.requester
    pk = str(service.pk)
    if requester is not None and wish.organisation is not None:
        organisations_client.notify_service_member_of_rejected_go_live_request(
            pk,
            service_member_name=str(requester.name),
            service_name=str(service.name),
            organisation_name=str(wish.organisation.name),
            rejection_reason=reason,
            organisation_team_member_name=str(by.name),
            organisation_team_member_email=str(by.email_address),
        )
    service_api_client.update_service(pk, has_active_go_live_request=False)
    closed = {"has_active_go_live_request": False, "reason": reason}
    _record(service, by, {"has_active_go_live_request": True}, closed)


def _record(
    service: Service, by: User, before: dict[str, Any], after: dict[str, Any]
) -> None:
    record(
        actor=by,
        action="changed",
        object_id=service.pk,
        object_repr=str(service.name),
        before=before,
        after=after,
    )
