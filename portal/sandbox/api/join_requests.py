"""Requests to join a service: made, read, approved, rejected."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.invites.models import ServiceJoinRequest, ServiceJoinRequestContactedUser
from portal.sandbox import clock, outbox, times
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import permissions
from portal.sandbox.rules.loading import key_of
from portal.sandbox.shapes.users import service_ids
from portal.sandbox.validation import check
from portal.services.models import Service
from portal.users.models import User

ADDRESS = "/service/<uuid:service_id>/service-join-request"
ALREADY_MEMBER = "user-already-in-service"


@route("POST", ADDRESS)
def create_join_request(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    """Ask some of a service's people to let somebody in."""
    data = check(body(request), "service_join_request_schema")
    service = one(Service.objects, pk=service_id)
    requester = one(User.objects, pk=key_of(data["requester_id"]))
    refuse_member(requester, service)
    contacted = User.objects.filter(pk__in=set(data["contacted_user_ids"]))
    if not contacted:
        raise Refusal("No result found", 404)
    wish = ServiceJoinRequest.objects.create(
        requester=requester,
        service=service,
        reason=data.get("reason"),
        created_at=clock.now(),
    )
    for user in contacted:
        ServiceJoinRequestContactedUser.objects.create(
            service_join_request_id=wish.pk, user_id=user.pk
        )
    host = data["invite_link_host"]
    tell_contacted(wish, list(contacted), host)
    return created({"service_join_request_id": wish.pk})


@route("GET", f"{ADDRESS}/<uuid:request_id>")
def get_join_request(
    request: HttpRequest, service_id: uuid.UUID, request_id: uuid.UUID
) -> dict[str, Any]:
    """Read a request to join a service."""
    return join_request_shape(find(service_id, request_id))


@route("POST", f"{ADDRESS}/<uuid:request_id>")
def update_join_request(
    request: HttpRequest, service_id: uuid.UUID, request_id: uuid.UUID
) -> dict[str, Any]:
    """Approve or reject a request to join a service."""
    data = check(body(request), "service_join_request_update_schema")
    wish = find(service_id, request_id)
    decider = one(User.objects, pk=key_of(data["status_changed_by_id"]))
    if data["status"] == "approved":
        approve(wish, decider, data)
    wish.status = data["status"]
    wish.status_changed_at = clock.now()
    wish.status_changed_by_id = decider.pk
    if "reason" in data:
        wish.reason = data["reason"]
    wish.save()
    return join_request_shape(find(service_id, request_id))


def find(service_id: uuid.UUID, request_id: uuid.UUID) -> ServiceJoinRequest:
    """Get a request to join this service, or refuse with 404."""
    wishes = ServiceJoinRequest.objects.filter(service_id=service_id)
    people = wishes.select_related("requester", "service", "status_changed_by")
    found: ServiceJoinRequest = one(people, pk=request_id)
    return found


def refuse_member(user: User, service: Service) -> None:
    """Refuse somebody who is in the service already."""
    if permissions.is_member(user, service):
        raise Refusal(ALREADY_MEMBER, 400)


def approve(wish: ServiceJoinRequest, decider: User, data: dict[str, Any]) -> None:
    """Let somebody into the service, and drop what else they asked of it."""
    requester, service = wish.requester, wish.service
    refuse_member(requester, service)
    permissions.add_to_service(
        requester,
        service,
        dict.fromkeys(data.get("permissions") or []),
        data.get("folder_permissions") or [],
    )
    if data.get("auth_type"):
        requester.auth_type = data["auth_type"]
        requester.save()
    others = ServiceJoinRequest.objects.filter(
        requester_id=requester.pk, service_id=service.pk, status="pending"
    )
    others.exclude(pk=wish.pk).update(
        status="cancelled",
        status_changed_at=clock.now(),
        status_changed_by_id=decider.pk,
    )
    outbox.notify(
        "join_request_approved",
        requester.email_address,
        {
            "requester_name": requester.name,
            "approver_name": decider.name,
            "service_name": service.name,
            "url": f"{settings.ADMIN_BASE_URL}/services/{service.pk}",
        },
        service=service,
    )


def tell_contacted(wish: ServiceJoinRequest, contacted: list[User], host: str) -> None:
    """Ask the people who were chosen, and tell whoever asks that they were asked."""
    requester, service = wish.requester, wish.service
    url = f"{host}/services/{service.pk}/join-request/{wish.pk}/approve"
    for user in contacted:
        outbox.notify(
            "join_request",
            user.email_address,
            {
                "approver_name": user.name,
                "requester_name": requester.name,
                "requester_email_address": requester.email_address,
                "service_name": service.name,
                "reason": wish.reason or "",
                "url": url,
            },
            service=service,
            reply_to=requester.email_address,
        )
    outbox.notify(
        "join_request_receipt",
        requester.email_address,
        {
            "requester_name": requester.name,
            "service_name": service.name,
            "approver_names": [user.name for user in contacted],
        },
        service=service,
    )


def join_request_shape(wish: ServiceJoinRequest) -> dict[str, Any]:
    """One request to join a service."""
    contacted = wish.service_join_request_contacted_users.values_list(
        "user_id", flat=True
    )
    requester, decider = wish.requester, wish.status_changed_by
    return {
        "id": wish.pk,
        "service_id": wish.service_id,
        "reason": wish.reason,
        "status": wish.status,
        "created_at": times.iso(wish.created_at),
        "status_changed_at": times.iso(wish.status_changed_at),
        "status_changed_by": decider and {"id": decider.pk, "name": decider.name},
        "contacted_service_users": list(contacted),
        "requester": {
            "id": requester.pk,
            "name": requester.name,
            "email_address": requester.email_address,
            "belongs_to_service": service_ids([requester.pk])[requester.pk],
        },
    }
