"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.inbound.managers import (
    InboundNumberQuerySet,
    InboundSmsQuerySet,
)
from portal.remote.fields import (
    EncryptedField,
    MirrorKey,
    MirrorOneToOne,
    UpdatedAtField,
)
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel, Statistics, UniqueIndex


class InboundNumber(RemoteModel):
    """The API's table `inbound_numbers`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=11, unique=True)
    provider = models.CharField(_("provider"))
    service = MirrorOneToOne(
        "services.Service",
        verbose_name=_("service"),
        related_name="inbound_number",
        null=True,
        blank=True,
    )
    active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    updated_at = UpdatedAtField(_("changed"), null=True)

    objects: ClassVar[InboundNumberQuerySet] = manager_of(InboundNumberQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "inbound_numbers"
        verbose_name = _("inbound number")
        verbose_name_plural = _("inbound numbers")
        indexes = [
            UniqueIndex(fields=["service"], name="ix_inbound_numbers_service_id")
        ]

    def __str__(self) -> str:
        return str(self.number)


class InboundSms(RemoteModel):
    """The API's table `inbound_sms`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(
        _("received"), default=timezone.now, editable=False
    )
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="inbound_sms",
    )
    notify_number = models.CharField(_("sent to"))
    user_number = models.CharField(_("from"))
    provider_date = models.DateTimeField(null=True, blank=True)
    provider_reference = models.CharField(null=True, blank=True)
    provider = models.CharField(_("provider"))
    content = EncryptedField(_("message"), told=True)

    objects: ClassVar[InboundSmsQuerySet] = manager_of(InboundSmsQuerySet)

    statistics = (
        Statistics(
            "st_dep_inb_sms_service_id_ntfy_num_provider",
            ("service", "notify_number", "provider"),
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "inbound_sms"
        verbose_name = _("received text message")
        verbose_name_plural = _("received text messages")
        indexes = [
            Index(fields=["service"], name="ix_inbound_sms_service_id"),
            Index(fields=["user_number"], name="ix_inbound_sms_user_number"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class InboundSmsHistory(RemoteModel):
    """The API's table `inbound_sms_history`."""

    id = models.UUIDField(primary_key=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    service = MirrorKey(
        "services.Service",
        related_name="+",
        null=True,
        blank=True,
    )
    notify_number = models.CharField()
    provider_date = models.DateTimeField(null=True, blank=True)
    provider_reference = models.CharField(null=True, blank=True)
    provider = models.CharField()

    statistics = (
        Statistics(
            "st_dep_inb_sms_hist_service_id_ntfy_num_provider",
            ("service", "notify_number", "provider"),
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "inbound_sms_history"
        verbose_name = _("inbound SMS history")
        verbose_name_plural = _("inbound SMS histories")
        indexes = [
            Index(fields=["service"], name="ix_inbound_sms_history_service_id"),
        ]
