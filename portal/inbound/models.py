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
from portal.remote.fields import MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel, Statistics


class InboundNumber(RemoteModel):
    """The API's table `inbound_numbers`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=11, unique=True)
    provider = models.CharField()
    service = models.OneToOneField(
        "services.Service",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="inbound_number",
        null=True,
        blank=True,
    )
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)

    objects: ClassVar[InboundNumberQuerySet] = manager_of(InboundNumberQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "inbound_numbers"
        verbose_name = _("inbound number")
        verbose_name_plural = _("inbound numbers")


class InboundSms(RemoteModel):
    """The API's table `inbound_sms`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    service = MirrorKey(
        "services.Service",
        related_name="inbound_sms",
    )
    notify_number = models.CharField()
    user_number = models.CharField()
    provider_date = models.DateTimeField(null=True, blank=True)
    provider_reference = models.CharField(null=True, blank=True)
    provider = models.CharField()
    content = models.CharField()

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
        verbose_name = _("inbound SMS")
        verbose_name_plural = _("inbound SMSs")
        indexes = [
            Index(fields=["service"], name="ix_inbound_sms_service_id"),
            Index(fields=["user_number"], name="ix_inbound_sms_user_number"),
        ]


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
