"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.platform.managers import (
    EventQuerySet,
    ProtectedSenderIdQuerySet,
)
from portal.remote.fields import MirrorKey, PlainJSONField, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel, Statistics


class Event(RemoteModel):
    """The API's table `events`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event_type = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    data = PlainJSONField()

    objects: ClassVar[EventQuerySet] = manager_of(EventQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "events"
        verbose_name = _("event")
        verbose_name_plural = _("events")


class FactNotificationStatus(RemoteModel):
    """The API's table `ft_notification_status`."""

    pk = models.CompositePrimaryKey(
        "bst_date",
        "template_id",
        "service_id",
        "job_id",
        "notification_type",
        "key_type",
        "notification_status",
    )
    bst_date = models.DateField()
    template_id = models.UUIDField()
    service = MirrorKey(
        "services.Service",
        constrained=False,
        related_name="+",
    )
    job_id = models.UUIDField()
    notification_type = models.TextField()
    key_type = models.TextField()
    notification_status = models.TextField()
    notification_count = models.IntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)

    statistics = (
        Statistics(
            "st_dep_ft_notification_status_service_id_job_id", ("service", "job_id")
        ),
        Statistics(
            "st_dep_ft_notification_status_service_id_template_id",
            ("service", "template_id"),
        ),
        Statistics(
            "st_dep_ft_notification_status_job_id_template_id_ntfcn_type",
            ("job_id", "template_id", "notification_type"),
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "ft_notification_status"
        verbose_name = _("fact notification status")
        verbose_name_plural = _("fact notification status")
        indexes = [
            Index(fields=["bst_date"], name="ix_ft_notification_status_bst_date"),
            Index(fields=["job_id"], name="ix_ft_notification_status_job_id"),
            Index(fields=["service"], name="ix_ft_notification_status_service_id"),
            Index(fields=["template_id"], name="ix_ft_notification_status_template_id"),
            Index(
                fields=["template_id", "bst_date"],
                name="ix_ft_notification_status_template_id_bst_date",
            ),
        ]


class FactProcessingTime(RemoteModel):
    """The API's table `ft_processing_time`."""

    bst_date = models.DateField(primary_key=True)
    messages_total = models.IntegerField()
    messages_within_10_secs = models.IntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "ft_processing_time"
        verbose_name = _("fact processing time")
        verbose_name_plural = _("fact processing times")
        indexes = [
            Index(fields=["bst_date"], name="ix_ft_processing_time_bst_date"),
        ]


class ProtectedSenderId(RemoteModel):
    """The API's table `protected_sender_ids`."""

    sender_id = models.CharField(_("sender"), primary_key=True)

    objects: ClassVar[ProtectedSenderIdQuerySet] = manager_of(ProtectedSenderIdQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "protected_sender_ids"
        verbose_name = _("protected sender")
        verbose_name_plural = _("protected senders")

    def __str__(self) -> str:
        return str(self.sender_id)
