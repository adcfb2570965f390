"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.remote import choices
from portal.remote.fields import EncryptedField, EnumField, MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel
from portal.remote.versions import Versioned
from portal.services.managers import (
    ServiceCallbackApiQuerySet,
    ServiceDataRetentionQuerySet,
    ServiceGuestListQuerySet,
)


class ServiceCallbackType(RemoteModel):
    """The API's table `service_callback_type`."""

    name = models.CharField(primary_key=True)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_callback_type"
        verbose_name = _("service callback type")
        verbose_name_plural = _("service callback types")

    def __str__(self) -> str:
        return str(self.name)


class ServiceGuestList(RemoteModel):
    """The API's table `service_whitelist`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="guest_list",
    )
    recipient_type = EnumField(
        "recipient_type", _("kind"), choices=choices.RECIPIENT_TYPE
    )
    recipient = models.CharField(_("recipient"), max_length=255)
    created_at = models.DateTimeField(
        null=True, blank=True, default=timezone.now, editable=False
    )

    objects: ClassVar[ServiceGuestListQuerySet] = manager_of(ServiceGuestListQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_whitelist"
        verbose_name = _("guest")
        verbose_name_plural = _("guest list")
        indexes = [
            Index(fields=["service"], name="ix_service_whitelist_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.get_recipient_type_display())


class ServiceDataRetention(RemoteModel):
    """The API's table `service_data_retention`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="data_retention",
    )
    notification_type = EnumField(
        "notification_type", _("channel"), choices=choices.NOTIFICATION_TYPE
    )
    days_of_retention = models.IntegerField(_("days"))
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    updated_at = UpdatedAtField(_("changed"), null=True)

    objects: ClassVar[ServiceDataRetentionQuerySet] = manager_of(
        ServiceDataRetentionQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_data_retention"
        verbose_name = _("data retention")
        verbose_name_plural = _("data retention")
        indexes = [
            Index(fields=["service"], name="ix_service_data_retention_service_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "notification_type"],
                name="uix_service_data_retention",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_notification_type_display())


class ServiceCallbackApi(Versioned, RemoteModel):
    """The API's table `service_callback_api`."""

    history = "services.ServiceCallbackApiHistory"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="callback_apis",
    )
    url = models.CharField(_("address"))
    callback_type = models.CharField(
        _("what it tells of"),
        choices=choices.SERVICE_CALLBACK_TYPE,
        null=True,
        blank=True,
    )
    bearer_token = EncryptedField(_("bearer token"))
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), null=True, blank=True)
    updated_by = MirrorKey(
        "users.User",
        verbose_name=_("changed by"),
        related_name="+",
    )
    version = models.IntegerField(default=1)

    secret_fields = frozenset({"bearer_token"})
    foreign_keys = (References("service_callback_type", callback_type="name"),)

    objects: ClassVar[ServiceCallbackApiQuerySet] = manager_of(
        ServiceCallbackApiQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_callback_api"
        verbose_name = _("callback")
        verbose_name_plural = _("callbacks")
        indexes = [
            Index(fields=["service"], name="ix_service_callback_api_service_id"),
            Index(fields=["updated_by"], name="ix_service_callback_api_updated_by_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "callback_type"], name="uix_service_callback_type"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_callback_type_display())


class ServiceCallbackApiHistory(RemoteModel):
    """The API's table `service_callback_api_history`: the versions of `service_callback_api`."""

    pk = models.CompositePrimaryKey("id", "version")
    id = models.UUIDField(default=uuid.uuid4)
    service = MirrorKey(
        "services.Service",
        constrained=False,
        related_name="+",
    )
    url = models.CharField()
    callback_type = models.CharField(null=True, blank=True)
    bearer_token = EncryptedField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by_id = models.UUIDField()
    version = models.IntegerField()

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_callback_api_history"
        verbose_name = _("service callback API history")
        verbose_name_plural = _("service callback API histories")
        indexes = [
            Index(
                fields=["service"], name="ix_service_callback_api_history_service_id"
            ),
            Index(
                fields=["updated_by_id"],
                name="ix_service_callback_api_history_updated_by_id",
            ),
        ]
