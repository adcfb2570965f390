"""What is sent while a service asks its organisation to go live."""

from __future__ import annotations

import uuid

from django.http import HttpRequest

from portal.sandbox import outbox
from portal.sandbox.http import body, one, route
from portal.sandbox.rules import go_live
from portal.sandbox.validation import check
from portal.services.models import Service


@route("POST", "/organisations/notify-users-of-request-to-go-live/<uuid:service_id>")
def notify_users(request: HttpRequest, service_id: uuid.UUID) -> None:
    """Ask those who can approve, and confirm it to whoever asked."""
    wish = go_live.request_of(one(Service.objects, pk=service_id))
    wish.tell_approvers()
    wish.tell_requester()


@route(
    "POST",
    "/organisations/notify-org-member-about-next-steps-of-go-live-request/"
    "<uuid:service_id>",
)
def notify_next_steps(request: HttpRequest, service_id: uuid.UUID) -> None:
    """Tell a member of the organisation what to do about a request."""
    schema = "post_notify_org_member_about_next_steps_of_go_live_request"
    data = check(body(request), schema)
    wish = go_live.request_of(one(Service.objects, pk=service_id))
    outbox.notify(
        "go_live_next_steps",
        data["to"],
        {"service_name": data["service_name"], "body": data["body"]},
        service=wish.service,
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
    wish = go_live.request_of(one(Service.objects, pk=service_id))
    outbox.notify(
        "go_live_rejected",
        wish.requester.email_address,
        data,
        service=wish.service,
        reply_to=data["organisation_team_member_email"],
    )
