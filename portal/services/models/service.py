"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.remote import choices
from portal.remote.fields import MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel
from portal.remote.versions import Versioned
from portal.services.contact_details import kind_of
from portal.services.managers import (
    ServiceHistoryQuerySet,
    ServicePermissionQuerySet,
    ServiceQuerySet,
)

if TYPE_CHECKING:
    from portal.users.managers import UserQuerySet


class ServicePermissionTypes(RemoteModel):
    """The API's table `service_permission_types`."""

    name = models.CharField(primary_key=True, max_length=255)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_permission_types"
        verbose_name = _("service permission types")
        verbose_name_plural = _("service permission types")

    def __str__(self) -> str:
        return str(self.name)


class Service(Versioned, RemoteModel):
    """The API's table `services`."""

    history = "services.ServiceHistory"

    id = models.UUIDField(_("ID"), primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=255, unique=True)
    normalised_service_name = models.CharField(unique=True)
    custom_email_sender_name = models.CharField(
        _("email sender name"), max_length=255, null=True, blank=True
    )
    email_sender_local_part = models.CharField(
        _("email sender address"), max_length=255
    )
    confirmed_email_sender_name = models.BooleanField(
        null=True, blank=True, default=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)
    active = models.BooleanField(_("active"), default=True)
    restricted = models.BooleanField(_("trial: sends to its own team only"))
    created_by = MirrorKey(
        "users.User",
        related_name="+",
    )
    prefix_sms = models.BooleanField(
        _("start text messages with the service’s name"), default=False
    )
    organisation_type = models.CharField(
        _("type of organisation"),
        max_length=255,
        choices=choices.ORGANISATION_TYPES,
        null=True,
        blank=True,
    )
    crown = models.BooleanField(null=True, blank=True)
    rate_limit = models.IntegerField(_("API requests a minute"), default=3000)
    contact_link = models.CharField(
        _("contact details of file pages"), max_length=255, null=True, blank=True
    )
    letter_message_limit = models.BigIntegerField(_("letters a day"), default=999999999)
    sms_message_limit = models.BigIntegerField(
        _("text messages a day"), default=999999999
    )
    international_sms_message_limit = models.BigIntegerField(
        _("international text messages a day"), default=250000
    )
    email_message_limit = models.BigIntegerField(_("emails a day"), default=999999999)
    volume_sms = models.IntegerField(null=True, blank=True)
    volume_email = models.IntegerField(null=True, blank=True)
    volume_letter = models.IntegerField(null=True, blank=True)
    consent_to_research = models.BooleanField(null=True, blank=True)
    count_as_live = models.BooleanField(_("counts in the public figures"), default=True)
    go_live_user = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )
    go_live_at = models.DateTimeField(_("live since"), null=True, blank=True)
    has_active_go_live_request = models.BooleanField(
        _("asks to go live"), default=False
    )
    confirmed_unique = models.BooleanField(_("confirmed as unique"), default=False)
    organisation = MirrorKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        related_name="services",
        null=True,
        blank=True,
    )
    notes = models.TextField(_("notes"), null=True, blank=True)
    purchase_order_number = models.CharField(
        _("purchase order number"), max_length=255, null=True, blank=True
    )
    billing_contact_names = models.TextField(
        _("billing contact names"), null=True, blank=True
    )
    billing_contact_email_addresses = models.TextField(
        _("billing contact email addresses"), null=True, blank=True
    )
    billing_reference = models.CharField(
        _("billing reference"), max_length=255, null=True, blank=True
    )
    version = models.IntegerField(default=1)

    foreign_keys = (References("organisation_types", organisation_type="name"),)

    objects: ClassVar[ServiceQuerySet] = manager_of(ServiceQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "services"
        verbose_name = _("service")
        verbose_name_plural = _("services")
        indexes = [
            Index(fields=["created_by"], name="ix_services_created_by_id"),
            Index(fields=["organisation"], name="ix_services_organisation_id"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def permissions(self) -> list[str]:
        """What the service may do, as the API grants it: "sms", "international_sms"…"""
        return list(self.extra.get("permissions") or [])

    def has_permission(self, permission: str) -> bool:
        """Tell whether the API grants the service something."""
        return permission in self.permissions

    @property
    def contact_kind(self) -> str:
        """What `contact_link` is: "url", "email_address", "phone_number", or empty."""
        return kind_of(str(self.contact_link or ""))

    @property
    def users(self) -> UserQuerySet:
        """The members of its team."""
        from portal.users.models import User

        return User.objects.using(self._state.db).for_service(self)

    @property
    def is_live(self) -> bool:
        """Whether it sends to anybody, not just to its team."""
        return bool(self.active and not self.restricted)

    @property
    def email_branding_id(self) -> str | None:
        """The brand of its e-mails; None for the platform's own."""
        return self.extra.get("email_branding")

    @property
    def letter_branding_id(self) -> str | None:
        """The brand of its letters; None for no brand."""
        return self.extra.get("letter_branding")


class ServiceHistory(RemoteModel):
    """The API's table `services_history`: the versions of `services`."""

    pk = models.CompositePrimaryKey("id", "version")
    id = models.UUIDField(default=uuid.uuid4)
    name = models.CharField(max_length=255)
    normalised_service_name = models.CharField()
    custom_email_sender_name = models.CharField(max_length=255, null=True, blank=True)
    email_sender_local_part = models.CharField(max_length=255)
    confirmed_email_sender_name = models.BooleanField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)
    active = models.BooleanField(default=True)
    restricted = models.BooleanField()
    created_by = MirrorKey(
        "users.User",
        constrained=False,
        related_name="+",
    )
    prefix_sms = models.BooleanField(default=False)
    organisation_type = models.CharField(max_length=255, null=True, blank=True)
    crown = models.BooleanField(null=True, blank=True)
    rate_limit = models.IntegerField(default=3000)
    contact_link = models.CharField(max_length=255, null=True, blank=True)
    letter_message_limit = models.BigIntegerField(default=999999999)
    sms_message_limit = models.BigIntegerField(default=999999999)
    international_sms_message_limit = models.BigIntegerField(default=250000)
    email_message_limit = models.BigIntegerField(default=999999999)
    volume_sms = models.IntegerField(null=True, blank=True)
    volume_email = models.IntegerField(null=True, blank=True)
    volume_letter = models.IntegerField(null=True, blank=True)
    consent_to_research = models.BooleanField(null=True, blank=True)
    count_as_live = models.BooleanField(default=True)
    go_live_user_id = models.UUIDField(null=True, blank=True)
    go_live_at = models.DateTimeField(null=True, blank=True)
    has_active_go_live_request = models.BooleanField(default=False)
    confirmed_unique = models.BooleanField(default=False)
    organisation = MirrorKey(
        "organisations.Organisation",
        constrained=False,
        related_name="+",
        null=True,
        blank=True,
    )
    notes = models.TextField(null=True, blank=True)
    purchase_order_number = models.CharField(max_length=255, null=True, blank=True)
    billing_contact_names = models.TextField(null=True, blank=True)
    billing_contact_email_addresses = models.TextField(null=True, blank=True)
    billing_reference = models.CharField(max_length=255, null=True, blank=True)
    version = models.IntegerField()

    objects: ClassVar[ServiceHistoryQuerySet] = manager_of(ServiceHistoryQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "services_history"
        verbose_name = _("service history")
        verbose_name_plural = _("service histories")
        indexes = [
            Index(fields=["created_by"], name="ix_services_history_created_by_id"),
            Index(fields=["organisation"], name="ix_services_history_organisation_id"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ServicePermission(RemoteModel):
    """The API's table `service_permissions`."""

    pk = models.CompositePrimaryKey("service_id", "permission")
    service = MirrorKey(
        "services.Service",
        related_name="service_permissions",
    )
    permission = models.CharField(
        max_length=255, choices=choices.SERVICE_PERMISSION_TYPES
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    foreign_keys = (References("service_permission_types", permission="name"),)

    objects: ClassVar[ServicePermissionQuerySet] = manager_of(ServicePermissionQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_permissions"
        verbose_name = _("service permission")
        verbose_name_plural = _("service permissions")
        indexes = [
            Index(fields=["permission"], name="ix_service_permissions_permission"),
            Index(fields=["service"], name="ix_service_permissions_service_id"),
        ]
