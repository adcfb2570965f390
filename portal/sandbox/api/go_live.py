"""What is sent while a service asks its organisation to go live."""

from __future__ import annotations

import uuid

from django.http import HttpRequest

from portal.sandbox import outbox
from portal.sandbox.api.organisations import BAD_REQUEST
from portal.sandbox.http import body, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import go_live
from portal.sandbox.validation import check
from portal.services.models import Service


@route("POST", "/organisations/notify-users-of-request-to-go-live/<uuid:service_id>")
def notify_users(request: HttpRequest, service_id: uuid.UUID) -> None:
    """Ask those who can approve, and confirm it to whoever asked."""
    service = asking(service_id)
    go_live.tell_approvers(service, service.go_live_user)
    go_live.tell_requester(service, service.go_live_user)


@route(
    "POST",
    "/organisations/notify-org-member-about-next-steps-of-go-live-request/"
    "<uuid:service_id>",
)
def notify_next_steps(request: HttpRequest, service_id: uuid.UUID) -> None:
    """Tell a member of the organisation what to do about a request."""
    schema = "post_notify_org_member_about_next_steps_of_go_live_request"
    data = check(body(request), schema)
    service = asking(service_id)
    outbox.notify(
        "go_live_next_steps",
        data["to"],
        {"service_name": data["service_name"], "body": data["body"]},
        service=service,
    )


@route(
    "POST",
    "/organisations/notify-service-member-of-rejected-go-live-request/"
    "<uuid:service_id>",
)
def notify_rejection(request: HttpRequest, service_id: uuid.UUID) -> None:
    """Tell whoever asked that the organisation says no."""
    schema = "post_notify_service_member_of_rejected_go_live_request"
    data = check(body(request), schema)
    service = asking(service_id)
    outbox.notify(
        "go_live_rejected",
        service.go_live_user.email_address,
        data,
        service=service,
        reply_to=data["organisation_team_member_email"],
    )


def asking(service_id: uuid.UUID) -> Service:
    """Get a service that asks to go live, or refuse."""
    service = one(Service.objects, pk=service_id)
    asks = service.has_active_go_live_request and service.go_live_user
    if not (asks and service.organisation):
        raise Refusal(BAD_REQUEST, 400)
    return service
