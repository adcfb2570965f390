"""How invitations and requests to join are read from the API, made and ended."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import NotSupportedError

from portal.clients import (
    invite_api_client,
    org_invite_api_client,
    service_api_client,
)
from portal.remote.client import Id, current_user_id
from portal.remote.owners import (
    Item,
    Items,
    OfService,
    OwnedListQuerySet,
    ServiceListQuerySet,
)
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.invites.models import (
        InvitedOrganisationUser,
        InvitedUser,
        ServiceJoinRequest,
    )


class InvitedUserQuerySet(ServiceListQuerySet["InvitedUser"]):
    """Invitations to a service, the ended ones too."""

    ended_as = "cancelled"

    def pending(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(status="pending")

    def row(self, item: Row) -> Row:
        row = super().row(item)
        if "from_user" in row:
            row["user_id"] = row.pop("from_user")
        return row

    def load_detail(self, service_id: str, pk: str) -> Item:
        row: Row = invite_api_client.get_invited_user_for_service(service_id, pk)
        return row

    def load_alone(self, pk: str, plan: Plan) -> Item:
        row: Row = invite_api_client.get_invited_user(pk)
        return row

    def load_list(self, service_id: str, plan: Plan) -> Items:
        rows: Items = invite_api_client.get_invites_for_service(service_id)
        return rows

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = invite_api_client.create_invite(
            payload.get("user_id") or current_user_id() or "",
            payload["service_id"],
            payload["email_address"],
            _names(payload["permissions"]),
            payload["auth_type"],
            payload["folder_permissions"],
        )
        return row

    def send_update(self, instance: InvitedUser, payload: dict[str, Any]) -> Row | None:
        """Accept or cancel an invitation, or change how the person will sign in."""
        self.refuse_other(payload, "auth_type", "status")
        service_id, pk = str(instance.service_id), str(instance.pk)
        if auth_type := payload.get("auth_type"):
            invite_api_client.update_invite(
                service_id=service_id, invite_id=pk, auth_type=auth_type
            )
        if payload.get("status") == "accepted":
            invite_api_client.accept_invite(service_id, pk)
        elif "status" in payload:
            _refuse_reopening(payload["status"])
            invite_api_client.cancel_invited_user(service_id, pk)
        return None

    def send_delete(self, instance: InvitedUser) -> None:
        """Cancel an invitation."""
        invite_api_client.cancel_invited_user(
            str(instance.service_id), str(instance.pk)
        )


class InvitedOrganisationUserQuerySet(OwnedListQuerySet["InvitedOrganisationUser"]):
    """Invitations to an organisation, the ended ones too."""

    ended_as = "cancelled"
    owned_by = "organisation"

    def for_organisation(self, organisation: Any) -> Self:
        """Those to an organisation."""
        return self.filter(organisation=getattr(organisation, "pk", organisation))

    def pending(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(status="pending")

    def row(self, item: Row) -> Row:
        row = super().row(item)
        if isinstance(row.get("permissions"), list):
            row["permissions"] = ",".join(row["permissions"])
        return row

    def load_detail(self, owner_id: str, pk: str) -> Item:
        row: Row = org_invite_api_client.get_invited_user_for_org(owner_id, pk)
        return row

    def load_alone(self, pk: str, plan: Plan) -> Item:
        row: Row = org_invite_api_client.get_invited_user(pk)
        return row

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        rows: Items = org_invite_api_client.get_invites_for_organisation(owner_id)
        return rows

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = org_invite_api_client.create_invite(
            payload.get("invited_by_id") or current_user_id() or "",
            payload["organisation_id"],
            payload["email_address"],
            _names(payload["permissions"]),
        )
        return row

    def send_update(
        self, instance: InvitedOrganisationUser, payload: dict[str, Any]
    ) -> Row | None:
        """Accept or cancel an invitation."""
        self.refuse_other(payload, "status")
        if payload["status"] == "accepted":
            org_invite_api_client.accept_invite(
                str(instance.organisation_id), str(instance.pk)
            )
            return None
        _refuse_reopening(payload["status"])
        self.send_delete(instance)
        return None

    def send_delete(self, instance: InvitedOrganisationUser) -> None:
        """Cancel an invitation."""
        org_invite_api_client.cancel_invited_user(
            str(instance.organisation_id), str(instance.pk)
        )


class ServiceJoinRequestQuerySet(OfService, RemoteQuerySet["ServiceJoinRequest"]):
    """Requests of people to join a service: one by its key and service, never a list.

    The people who were asked are in ``extra["contacted_service_users"]``.
    """

    def load_detail(self, owner_id: str, pk: str) -> Item:
        row: Row = service_api_client.get_service_join_request(pk, owner_id)
        return row

    def fetch(self, plan: Plan) -> Rows:
        if (rows := self.one_by_one(plan)) is None:
            raise NotSupportedError(
                "The Notify API does not list requests to join: give the key of one, "
                'or use .using("notify_replica") where a replica is configured.'
            )
        return rows

    def ask(
        self, *, service: Any, requester: Any, managers: Collection[Id], reason: str
    ) -> str:
        """Ask these managers of a service to let someone join; gives the request's key."""
        made = service_api_client.create_service_join_request(
            getattr(requester, "pk", requester),
            service_id=getattr(service, "pk", service),
            service_managers_ids=managers,
            reason=reason,
        )
        return str(made["service_join_request_id"])

    def send_create(self, payload: dict[str, Any]) -> NoReturn:
        raise NotSupportedError(
            "A request to join names whom it asks: use .ask(…) instead of create()."
        )

    def send_update(
        self, instance: ServiceJoinRequest, payload: dict[str, Any]
    ) -> Row | None:
        """Approve or refuse a request; what the person may do is ``approve``'s."""
        self.refuse_other(payload, "status", "status_changed_by_id")
        return self._decide(instance, payload["status"])

    def approve(
        self,
        request: ServiceJoinRequest,
        *,
        permissions: Collection[str],
        folder_permissions: Collection[Id],
        auth_type: str | None = None,
    ) -> None:
        """Let someone join, with the stored permissions, folders and way to sign in."""
        given = {"auth_type": auth_type} if auth_type else {}
        row = self._decide(
            request,
            "approved",
            permissions=permissions,
            folder_permissions=folder_permissions,
            **given,
        )
        before = {"status": request.status}
        request.take(self.row(row))
        request.wrote(before, {"status": "approved", "permissions": list(permissions)})

    def _decide(self, request: ServiceJoinRequest, status: str, **more: Any) -> Row:
        row: Row = service_api_client.update_service_join_requests(
            str(request.pk),
            str(request.requester_id),
            str(request.service_id),
            status=status,
            status_changed_by_id=current_user_id(),
            **more,
        )
        return row


def _names(permissions: str) -> list[str]:
    return [name for name in permissions.split(",") if name]


def _refuse_reopening(status: str) -> None:
    if status != "cancelled":
        raise NotSupportedError(
            "The Notify API accepts and cancels invitations; an ended one stays so."
        )
