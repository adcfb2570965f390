"""The API's routes about people: who they are, how they sign in and what they may do."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, given, refuse_unknown
from portal.remote.errors import Forbidden, NotFound, Rejected
from portal.users.identity import SHOWN_PERMISSIONS
from portal.users.types import UserData

_USER_SECONDS = 300

ALLOWED_ATTRIBUTES = frozenset(
    {
        "auth_type",
        "current_session_id",
        "email_access_validated_at",
        "email_address",
        "mobile_number",
        "name",
        "platform_admin",
        "receives_new_features_email",
        "take_part_in_research",
        "updated_by",
    }
)
# What a sign-in itself notes, which must go on while other readers cannot be told.
SIGN_IN_ATTRIBUTES = frozenset(
    {"current_session_id", "email_access_validated_at", "updated_by"}
)


class UserApiClient(NotifyAdminAPIClient):
    """People. All writes but those of a sign-in are strict: see ``TagCache.writing``."""

    def register_user(
        self,
        name: str,
        email_address: str,
        mobile_number: str | None,
        password: str,
        auth_type: str,
    ) -> Any:
        """Make a user, in state pending."""
        data = {
            "name": name,
            "email_address": email_address,
            "mobile_number": mobile_number,
            "password": password,
            "auth_type": auth_type,
        }
        return self.post("/user", data=data)["data"]

    def get_user(self, user_id: Id) -> UserData:
        """Return a user with services, organisations and permissions."""
        user: UserData = self._get_user(user_id)["data"]
        return user

    @cache.set("user-{user_id}", tags=("users",), ttl=_USER_SECONDS)
    def _get_user(self, user_id: Id) -> Any:
        return self.get(f"/user/{user_id}")

    def get_user_by_email(self, email_address: str) -> Any:
        """Return the user with this address; raises NotFound."""
        return self.post("/user/email", data={"email": email_address})["data"]

    def get_user_by_email_or_none(self, email_address: str) -> Any:
        """Return the user with this address, or None."""
        try:
            return self.get_user_by_email(email_address)
        except NotFound:
            return None

    @cache.delete("user-{user_id}", strict=ALLOWED_ATTRIBUTES - SIGN_IN_ATTRIBUTES)
    def update_user_attribute(self, user_id: Id, **kwargs: Any) -> Any:
        """Change the given attributes; nobody can be made a platform admin, only unmade."""
        refuse_unknown("user", kwargs, ALLOWED_ATTRIBUTES)
        if kwargs.get("platform_admin", False) is not False:
            raise TypeError("A user's platform_admin can only be set to False")
        return self.post(f"/user/{user_id}", data=kwargs)["data"]

    @cache.delete("user-{user_id}", strict=True)
    def archive_user(self, user_id: Id) -> Any:
        """Archive a user."""
        return self.post(f"/user/{user_id}/archive")

    @cache.delete("user-{user_id}")
    def reset_failed_login_count(self, user_id: Id) -> Any:
        """Unlock a user."""
        return self.post(f"/user/{user_id}/reset-failed-login-count", data={})["data"]

    @cache.delete("user-{user_id}", strict=True)
    def update_password(self, user_id: Id, password: str) -> Any:
        """Set a new password."""
        return self.post(
            f"/user/{user_id}/update-password", data={"_password": password}
        )["data"]

    @cache.delete("user-{user_id}")
    def verify_password(self, user_id: Id, password: str) -> bool:
        """Tell whether a password is right.

        Whatever else happens is raised: it must not look like a wrong password.
        """
        try:
            self.post(f"/user/{user_id}/verify/password", data={"password": password})
        except (Rejected, NotFound):
            return False
        return True

    def send_verify_code(
        self,
        user_id: Id,
        code_type: str,
        to: str | None,
        next_string: str | None = None,
    ) -> None:
        """Send a sign-in code by text message, or a sign-in link by e-mail.

        The next page goes into the link; with a code the API refuses it.
        """
        data: dict[str, Any] = {"to": to}
        if code_type == "email":
            data |= given(next=next_string or None)
            data["email_auth_link_host"] = settings.ADMIN_BASE_URL
        self.post(f"/user/{user_id}/{code_type}-code", data=data)

    def send_verify_email(self, user_id: Id, to: str) -> None:
        """Send the link that proves an e-mail address at registration."""
        self.post(
            f"/user/{user_id}/email-verification",
            data={"to": to, "admin_base_url": settings.ADMIN_BASE_URL},
        )

    def send_already_registered_email(self, user_id: Id, to: str) -> None:
        """Tell someone who registers again that they have an account."""
        self.post(f"/user/{user_id}/email-already-registered", data={"email": to})

    @cache.delete("user-{user_id}")
    def check_verify_code(
        self, user_id: Id, code: str, code_type: str
    ) -> tuple[bool, Any]:
        """Return whether a code is right, and else what the API says of it."""
        data = {"code_type": code_type, "code": code}
        try:
            self.post(f"/user/{user_id}/verify/code", data=data)
        except (Rejected, NotFound) as error:
            return False, error.message
        return True, ""

    @cache.delete("user-{user_id}")
    def complete_webauthn_login_attempt(
        self, user_id: Id, is_successful: bool, webauthn_credential_id: Id | None
    ) -> tuple[bool, Any]:
        """Report a sign-in with a security key; false when the user is locked."""
        data = {
            "successful": is_successful,
            "webauthn_credential_id": webauthn_credential_id,
        }
        try:
            self.post(f"/user/{user_id}/complete/webauthn-login", data=data)
        except Forbidden as error:
            return False, error.message
        return True, ""

    def get_users_for_service(self, service_id: Id) -> Any:
        """Return a service's team."""
        return self.get(f"/service/{service_id}/users")["data"]

    def get_users_for_organisation(self, org_id: Id) -> Any:
        """Return an organisation's team."""
        return self.get(f"/organisations/{org_id}/users")["data"]

    @cache.delete(
        "service-{service_id}",
        "service-{service_id}-template-folders",
        "user-{user_id}",
        strict=True,
    )
    def add_user_to_service(
        self,
        service_id: Id,
        user_id: Id,
        permissions: Collection[str],
        folder_permissions: Collection[Id],
    ) -> None:
        """Put someone into a service's team, with the permissions as pages show them."""
        data = {
            "permissions": _stored(permissions),
            "folder_permissions": folder_permissions,
        }
        self.post(f"/service/{service_id}/users/{user_id}", data=data)

    @cache.delete("user-{user_id}", strict=True)
    def add_user_to_organisation(
        self, org_id: Id, user_id: Id, permissions: Collection[str]
    ) -> Any:
        """Put someone into an organisation's team."""
        data = {"permissions": _as_objects(permissions)}
        return self.post(f"/organisations/{org_id}/users/{user_id}", data=data)["data"]

    @cache.delete(
        "service-{service_id}-template-folders", "user-{user_id}", strict=True
    )
    def set_user_permissions(
        self,
        user_id: Id,
        service_id: Id,
        permissions: Collection[str],
        folder_permissions: Collection[Id] | None = None,
    ) -> None:
        """Replace what someone may do in a service, as pages show it."""
        data = {
            "permissions": _stored(permissions),
            **given(folder_permissions=folder_permissions),
        }
        self.post(f"/user/{user_id}/service/{service_id}/permission", data=data)

    @cache.delete("user-{user_id}", strict=True)
    def set_organisation_permissions(
        self, user_id: Id, organisation_id: Id, permissions: Collection[Any]
    ) -> None:
        """Replace what someone may do in an organisation."""
        self.post(
            f"/user/{user_id}/organisation/{organisation_id}/permissions",
            data={"permissions": permissions},
        )

    def send_reset_password_url(
        self, email_address: str, next_string: str | None = None
    ) -> None:
        """Send the link to set a new password."""
        data = {
            "email": email_address,
            "admin_base_url": settings.ADMIN_BASE_URL,
            **given(next=next_string or None),
        }
        self.post("/user/reset-password", data=data)

    def find_users_by_full_or_partial_email(self, email_address: str) -> Any:
        """Return ``{"data": [...]}`` of the users whose address contains this."""
        return self.post("/user/find-users-by-email", data={"email": email_address})

    @cache.delete("user-{user_id}", strict=True)
    def activate_user(self, user_id: Id) -> Any:
        """Make a pending user active."""
        return self.post(f"/user/{user_id}/activate")

    def send_change_email_verification(self, user_id: Id, new_email: str) -> None:
        """Send the link that confirms a new address to that address."""
        self.post(
            f"/user/{user_id}/change-email-verification", data={"email": new_email}
        )

    def get_organisations_and_services_for_user(self, user_id: Id) -> Any:
        """Return ``{"organisations", "services"}`` with their names."""
        return self.get(f"/user/{user_id}/organisations-and-services")

    def get_webauthn_credentials_for_user(self, user_id: Id) -> Any:
        """Return a user's security keys."""
        return self.get(f"/user/{user_id}/webauthn")["data"]

    def create_webauthn_credential_for_user(self, user_id: Id, credential: Any) -> Any:
        """Keep a new security key; ``credential.serialize()`` is what is kept."""
        return self.post(f"/user/{user_id}/webauthn", data=credential.serialize())

    def update_webauthn_credential_name_for_user(
        self, *, user_id: Id, credential_id: Id, new_name_for_credential: str
    ) -> Any:
        """Rename a security key."""
        return self.post(
            f"/user/{user_id}/webauthn/{credential_id}",
            data={"name": new_name_for_credential},
        )

    def delete_webauthn_credential_for_user(
        self, *, user_id: Id, credential_id: Id
    ) -> Any:
        """Delete a security key."""
        return self.delete(f"/user/{user_id}/webauthn/{credential_id}")


def _stored(shown: Collection[str]) -> list[dict[str, str]]:
    return _as_objects(
        {one for name in shown for one in SHOWN_PERMISSIONS.get(name, (name,))}
    )


def _as_objects(permissions: Collection[str]) -> list[dict[str, str]]:
    return [{"permission": name} for name in sorted(permissions)]


user_api_client = UserApiClient()
