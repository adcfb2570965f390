"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.remote import choices
from portal.remote.fields import EncryptedField, EnumField, MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel, UniqueIndex
from portal.users.identity import Identity
from portal.users.managers import (
    UserQuerySet,
    WebauthnCredentialQuerySet,
)

if TYPE_CHECKING:
    from portal.organisations.managers import OrganisationQuerySet
    from portal.services.managers import ServiceQuerySet


class AuthType(RemoteModel):
    """The API's table `auth_type`."""

    name = models.CharField(primary_key=True)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "auth_type"
        verbose_name = _("auth type")
        verbose_name_plural = _("auth types")

    def __str__(self) -> str:
        return str(self.name)


class User(Identity, RemoteModel):
    """The API's table `users`."""

    id = models.UUIDField(_("ID"), primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"))
    email_address = models.CharField(_("email address"), max_length=255, unique=True)
    created_at = models.DateTimeField(
        _("registered"), default=timezone.now, editable=False
    )
    updated_at = UpdatedAtField(null=True)
    password = EncryptedField(db_column="_password")
    mobile_number = models.CharField(_("mobile number"), null=True, blank=True)
    password_changed_at = models.DateTimeField(
        _("password changed"), default=timezone.now
    )
    logged_in_at = models.DateTimeField(_("last signed in"), null=True, blank=True)
    failed_login_count = models.IntegerField(_("wrong sign-ins in a row"), default=0)
    state = models.CharField(_("state"), choices=choices.USER_STATE, default="pending")
    platform_admin = models.BooleanField(_("platform admin"), default=False)
    current_session_id = models.UUIDField(null=True, blank=True)
    auth_type = models.CharField(
        _("signs in with"), choices=choices.AUTH_TYPE, default="sms_auth"
    )
    email_access_validated_at = models.DateTimeField(
        _("email address confirmed"), default=timezone.now
    )
    take_part_in_research = models.BooleanField(
        _("takes part in research"), default=True
    )
    receives_new_features_email = models.BooleanField(
        _("gets news of new features"), default=True
    )

    secret_fields = frozenset({"password"})
    foreign_keys = (References("auth_type", auth_type="name"),)

    objects: ClassVar[UserQuerySet] = manager_of(UserQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "users"
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [UniqueIndex(fields=["email_address"], name="ix_users_email_address")]
        constraints = [
            models.CheckConstraint(
                condition=Q(auth_type__in=["email_auth", "webauthn_auth"])
                | Q(mobile_number__isnull=False),
                name="ck_user_has_mobile_or_other_auth",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def turn_admin_view_off(self) -> None:
        """Take this instance for somebody who is no platform admin; the API is not told."""
        self.admin_view_is_off = True
        self.platform_admin = False
        self._remember()

    @property
    def services(self) -> ServiceQuerySet:
        """The services that the person is a member of."""
        from portal.services.models import Service

        return Service.objects.using(self._state.db).for_user(self)

    @property
    def organisations(self) -> OrganisationQuerySet:
        """The organisations that the person is a member of."""
        from portal.organisations.models import Organisation

        return Organisation.objects.using(self._state.db).for_user(self)


class VerifyCode(RemoteModel):
    """The API's table `verify_codes`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = MirrorKey(
        "users.User",
        related_name="verify_codes",
    )
    code = EncryptedField(db_column="_code")
    code_type = EnumField("verify_code_types", choices=choices.VERIFY_CODE_TYPES)
    expiry_datetime = models.DateTimeField()
    code_used = models.BooleanField(null=True, blank=True, default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "verify_codes"
        verbose_name = _("verify code")
        verbose_name_plural = _("verify codes")
        indexes = [
            Index(fields=["user"], name="ix_verify_codes_user_id"),
        ]


class WebauthnCredential(RemoteModel):
    """The API's table `webauthn_credential`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = MirrorKey(
        "users.User",
        verbose_name=_("user"),
        related_name="webauthn_credentials",
    )
    name = models.CharField(_("name"))
    credential_data = models.CharField()
    registration_response = models.CharField()
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)
    logged_in_at = models.DateTimeField(_("last used"), null=True, blank=True)

    secret_fields = frozenset({"credential_data", "registration_response"})

    objects: ClassVar[WebauthnCredentialQuerySet] = manager_of(
        WebauthnCredentialQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "webauthn_credential"
        verbose_name = _("security key")
        verbose_name_plural = _("security keys")

    def __str__(self) -> str:
        return str(self.name)
