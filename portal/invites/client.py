"""The API's routes about invitations to services and organisations."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, _attach_current_user
from portal.users.identity import SHOWN_PERMISSIONS


class InviteApiClient(NotifyAdminAPIClient):
    """Invitations to join a service."""

    def create_invite(
        self,
        invite_from_id: Id,
        service_id: Id,
        email_address: str,
        permissions: Collection[str],
        auth_type: str,
        folder_permissions: Collection[Id],
    ) -> Any:
        """Invite someone, with the permissions as pages show them."""
        data = {
            "service": service_id,
            "email_address": email_address,
            "from_user": invite_from_id,
            "permissions": ",".join(sorted(_stored(permissions))),
            "auth_type": auth_type,
            "invite_link_host": settings.ADMIN_BASE_URL,
            "folder_permissions": folder_permissions,
        }
        return self.post(
            f"/service/{service_id}/invite", data=_attach_current_user(data)
        )["data"]

    def update_invite(self, *, service_id: Id, invite_id: Id, auth_type: str) -> Any:
        """Change how the invited person will sign in."""
        return self.post(
            f"/service/{service_id}/invite/{invite_id}", data={"auth_type": auth_type}
        )["data"]

    def get_invites_for_service(self, service_id: Id) -> Any:
        """Return a service's invitations."""
        return self.get(f"/service/{service_id}/invite")["data"]

    def get_invited_user(self, invited_user_id: Id) -> Any:
        """Return an invitation, whatever its service."""
        return self.get(f"/invite/service/{invited_user_id}")["data"]

    def get_invited_user_for_service(self, service_id: Id, invited_user_id: Id) -> Any:
        """Return an invitation of this service."""
        return self.get(f"/service/{service_id}/invite/{invited_user_id}")["data"]

    def get_count_of_invites_with_permission(
        self, service_id: Id, permission: str
    ) -> int:
        """Count the open invitations that give a permission, as pages show it."""
        needed = _stored([permission])
        return sum(
            needed <= set(invite["permissions"].split(","))
            for invite in self.get_invites_for_service(service_id)
            if invite["status"] == "pending"
        )

    def check_token(self, token: str) -> Any:
        """Return the invitation that a link's token stands for."""
        return self.get(f"/invite/service/check/{token}")["data"]

    def cancel_invited_user(self, service_id: Id, invited_user_id: Id) -> None:
        """Withdraw an invitation."""
        self.post(
            f"/service/{service_id}/invite/{invited_user_id}",
            data=_attach_current_user({"status": "cancelled"}),
        )

    @cache.delete("service-{service_id}", "user-{invited_user_id}", strict=True)
    def accept_invite(self, service_id: Id, invited_user_id: Id) -> None:
        """Mark an invitation as accepted."""
        self.post(
            f"/service/{service_id}/invite/{invited_user_id}",
            data={"status": "accepted"},
        )


class OrgInviteApiClient(NotifyAdminAPIClient):
    """Invitations to join an organisation."""

    def create_invite(
        self,
        invite_from_id: Id,
        org_id: Id,
        email_address: str,
        permissions: Collection[str],
    ) -> Any:
        """Invite someone."""
        data = {
            "email_address": email_address,
            "invited_by": invite_from_id,
            "invite_link_host": settings.ADMIN_BASE_URL,
            "permissions": permissions,
        }
        return self.post(
            f"/organisation/{org_id}/invite", data=_attach_current_user(data)
        )["data"]

    def get_invites_for_organisation(self, org_id: Id) -> Any:
        """Return an organisation's invitations."""
        return self.get(f"/organisation/{org_id}/invite")["data"]

    def get_invited_user_for_org(self, org_id: Id, invited_org_user_id: Id) -> Any:
        """Return an invitation of this organisation."""
        return self.get(f"/organisation/{org_id}/invite/{invited_org_user_id}")["data"]

    def get_invited_user(self, invited_user_id: Id) -> Any:
        """Return an invitation, whatever its organisation."""
        return self.get(f"/invite/organisation/{invited_user_id}")["data"]

    def check_token(self, token: str) -> Any:
        """Return the invitation that a link's token stands for."""
        return self.get(f"/invite/organisation/check/{token}")["data"]

    def cancel_invited_user(self, org_id: Id, invited_user_id: Id) -> None:
        """Withdraw an invitation."""
        self.post(
            f"/organisation/{org_id}/invite/{invited_user_id}",
            data=_attach_current_user({"status": "cancelled"}),
        )

    @cache.delete("user-{invited_user_id}", strict=True)
    def accept_invite(self, org_id: Id, invited_user_id: Id) -> None:
        """Mark an invitation as accepted."""
        self.post(
            f"/organisation/{org_id}/invite/{invited_user_id}",
            data={"status": "accepted"},
        )


def _stored(shown: Collection[str]) -> set[str]:
    return {one for name in shown for one in SHOWN_PERMISSIONS.get(name, (name,))}


invite_api_client = InviteApiClient()
org_invite_api_client = OrgInviteApiClient()
