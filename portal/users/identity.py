"""What Django and the pages ask of a signed-in person, answered from the API's user."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import uuid
from collections.abc import Iterator
from typing import Any, ClassVar, Final

from django.conf import settings

# The permissions that pages show, and the stored ones that make them up.
SHOWN_PERMISSIONS: Final[dict[str, tuple[str, ...]]] = {
    "send_messages": ("send_texts", "send_emails", "send_letters"),
    "manage_templates": ("manage_templates",),
    "manage_service": ("manage_users", "manage_settings"),
    "manage_api_keys": ("manage_api_keys",),
    "view_activity": ("view_activity",),
}


class Identity:
    """Mixin of ``User``: not Django's AbstractBaseUser, as passwords are the API's."""

    USERNAME_FIELD: ClassVar[str] = "email_address"
    EMAIL_FIELD: ClassVar[str] = "email_address"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_anonymous: ClassVar[bool] = False
    is_authenticated: ClassVar[bool] = True

    pk: Any
    email_address: Any
    state: Any
    platform_admin: Any
    current_session_id: Any
    password_changed_at: Any
    extra: dict[str, Any]
    # A platform admin who looks at the portal as everybody else does.
    admin_view_is_off: bool = False

    @property
    def is_active(self) -> bool:
        """Whether the person may sign in."""
        return bool(self.state == "active")

    @property
    def is_superuser(self) -> bool:
        """Whether the person is a platform admin, who may use the Django admin."""
        return self.is_active and bool(self.platform_admin)

    @property
    def is_staff(self) -> bool:
        """The same as ``is_superuser``, for Django's admin."""
        return self.is_superuser

    def get_username(self) -> str:
        """Give what Django calls the user name."""
        return str(self.email_address)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Grant the Django admin's permissions to platform admins."""
        return self.is_superuser

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        """Grant the Django admin's permissions to platform admins."""
        return self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        """Grant the Django admin's permissions to platform admins."""
        return self.is_superuser

    def get_session_auth_hash(self) -> str:
        """Sign what ends every session: a new password, or a sign-in elsewhere."""
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Sign the same with the keys that are being replaced."""
        yield from map(self._session_hash, settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str) -> str:
        changed = self.password_changed_at
        if isinstance(changed, dt.datetime):
            changed = changed.isoformat()
        text = f"{self.pk}|{self.current_session_id}|{changed}"
        key = f"portal.session{secret}".encode()
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    @property
    def may_use_security_keys(self) -> bool:
        """Whether the platform lets the person sign in with a security key."""
        return bool(self.extra.get("can_use_webauthn"))

    @property
    def service_ids(self) -> list[str]:
        """The services that the person belongs to."""
        return [str(pk) for pk in self.extra.get("services", [])]

    @property
    def organisation_ids(self) -> list[str]:
        """The organisations that the person belongs to."""
        return [str(pk) for pk in self.extra.get("organisations", [])]

    def belongs_to_service(self, service_id: uuid.UUID | str) -> bool:
        """Tell whether the person is a member of the service."""
        return str(service_id) in self.service_ids

    def belongs_to_organisation(self, organisation_id: uuid.UUID | str) -> bool:
        """Tell whether the person is a member of the organisation."""
        return str(organisation_id) in self.organisation_ids

    def stored_permissions_for_service(self, service_id: uuid.UUID | str) -> set[str]:
        """Give the API's own permissions of the person in a service."""
        granted = self.extra.get("permissions") or {}
        return set(granted.get(str(service_id), ()))

    def permissions_for_service(self, service_id: uuid.UUID | str) -> set[str]:
        """Give the permissions as pages show them: one needs all its stored ones."""
        stored = self.stored_permissions_for_service(service_id)
        return {
            shown
            for shown, needed in SHOWN_PERMISSIONS.items()
            if stored.issuperset(needed)
        }

    def has_permission_for_service(
        self, service_id: uuid.UUID | str, permission: str
    ) -> bool:
        """Tell whether a member of the service has one of the shown permissions."""
        return permission in self.permissions_for_service(service_id)

    def has_permission_for_organisation(
        self, organisation_id: uuid.UUID | str, permission: str
    ) -> bool:
        """Tell whether a member of the organisation has a permission there."""
        granted = self.extra.get("organisation_permissions") or {}
        return permission in granted.get(str(organisation_id), ())
