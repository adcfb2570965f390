"""Asking to join a service, and deciding who may."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from portal.clients import service_api_client
from portal.common import audit
from portal.invites.join_requests import JoinRequest
from portal.services.models import Service
from portal.users.identity import SHOWN_PERMISSIONS
from portal.users.models import User

record = partial(audit.record, model="invites.servicejoinrequest")


def ask_to_join(
    *, service: Service, user: User, manager_ids: Collection[str], reason: str
) -> str:
    """Ask some of a service's managers to let somebody in; gives the request's id.

    POST /service/<id>/service-join-request. Raises Rejected.
    """
    made = service_api_client.create_service_join_request(
        str(user.pk),
        service_id=str(service.pk),
        service_managers_ids=list(manager_ids),
        reason=reason,
    )
    pk = str(made["service_join_request_id"])
    record(actor=user, action="added", object_id=pk, object_repr=str(service.name))
    return pk


def get_join_request(*, service: Service, request_id: UUID) -> JoinRequest:
    """Read a request to join a service. Raises NotFound."""
    row = service_api_client.get_service_join_request(str(request_id), str(service.pk))
    return JoinRequest.read(row)


def approve_join_request(
    *,
    wish: JoinRequest,
    by: User,
    permissions: Collection[str],
    folder_ids: Collection[str],
    auth_type: str | None = None,
) -> None:
    """Let somebody into the service with these permissions, as pages show them.

    Raises Rejected, for instance when they are in it by now.
    """
    stored = {one for name in permissions for one in SHOWN_PERMISSIONS[name]}
    more: dict[str, Any] = {"auth_type": auth_type} if auth_type else {}
    _decide(
        wish,
        by,
        "approved",
        permissions=sorted(stored),
        folder_permissions=list(folder_ids),
        **more,
    )


def refuse_join_request(*, wish: JoinRequest, by: User) -> None:
    """Say no to somebody who wants to join."""
    _decide(wish, by, "rejected")


def _decide(wish: JoinRequest, by: User, status: str, **what: Any) -> None:
    service_api_client.update_service_join_requests(
        wish.id,
        wish.requester_id,
        wish.service_id,
        status=status,
        status_changed_by_id=str(by.pk),
        **what,
    )
    record(
        actor=by,
        action="approved" if status == "approved" else "refused",
        object_id=wish.id,
        object_repr=wish.name,
        after={"permissions": what.get("permissions", [])},
    )
