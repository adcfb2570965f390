"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.notifications.managers import NotificationQuerySet
from portal.remote import choices
from portal.remote.fields import (
    EncryptedField,
    EnumField,
    MirrorKey,
    NumericField,
    UpdatedAtField,
)
from portal.remote.managers import manager_of
from portal.remote.models import GinIndex, Index, References, RemoteModel, Statistics


class NotificationStatusType(RemoteModel):
    """The API's table `notification_status_types`."""

    name = models.CharField(primary_key=True)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "notification_status_types"
        verbose_name = _("notification status type")
        verbose_name_plural = _("notification status types")

    def __str__(self) -> str:
        return str(self.name)


class Notification(RemoteModel):
    """The API's table `notifications`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.CharField(_("recipient"))
    normalised_to = models.CharField(null=True, blank=True)
    job = MirrorKey(
        "jobs.Job",
        verbose_name=_("job"),
        related_name="notifications",
        null=True,
        blank=True,
    )
    job_row_number = models.IntegerField(null=True, blank=True)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="notifications",
        null=True,
        blank=True,
    )
    template = MirrorKey(
        "message_templates.Template",
        constrained=False,
        verbose_name=_("template"),
        related_name="notifications",
        null=True,
        blank=True,
    )
    template_version = models.IntegerField(_("template version"))
    api_key = MirrorKey(
        "api_keys.ApiKey",
        verbose_name=_("API key"),
        related_name="notifications",
        null=True,
        blank=True,
    )
    key_type = models.CharField(_("kind of API key"), choices=choices.KEY_TYPES)
    billable_units = models.IntegerField(_("parts to be paid"), default=0)
    notification_type = EnumField(
        "notification_type", _("channel"), choices=choices.NOTIFICATION_TYPE
    )
    created_at = models.DateTimeField(_("made"), editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.CharField(_("provider"), null=True, blank=True)
    updated_at = UpdatedAtField(_("changed"), null=True)
    status = models.TextField(
        _("state"),
        db_column="notification_status",
        choices=choices.NOTIFICATION_STATUS_TYPES,
        null=True,
        blank=True,
        default="created",
    )
    reference = models.CharField(_("provider’s reference"), null=True, blank=True)
    client_reference = models.CharField(_("reference"), null=True, blank=True)
    personalisation = EncryptedField(
        _("personalisation"),
        db_column="_personalisation",
        told=True,
        null=True,
        blank=True,
    )
    international = models.BooleanField(default=False)
    phone_prefix = models.CharField(null=True, blank=True)
    rate_multiplier = NumericField(null=True, blank=True)
    created_by = MirrorKey(
        "users.User",
        verbose_name=_("sent by"),
        related_name="+",
        null=True,
        blank=True,
    )
    reply_to_text = models.CharField(_("sender or reply-to"), null=True, blank=True)
    document_download_count = models.IntegerField(null=True, blank=True)
    postage = models.CharField(_("postage"), null=True, blank=True)
    unsubscribe_link = models.CharField(null=True, blank=True)

    foreign_keys = (
        References("key_types", key_type="name"),
        References("notification_status_types", status="name"),
        References("templates_history", template="id", template_version="version"),
    )

    statistics = (
        Statistics(
            "st_dep_notifications_service_id_api_key_id", ("service", "api_key")
        ),
        Statistics("st_dep_notifications_service_id_job_id", ("service", "job")),
        Statistics(
            "st_dep_notifications_service_id_template_id", ("service", "template")
        ),
        Statistics("st_dep_notifications_service_id_cby_id", ("service", "created_by")),
        Statistics(
            "st_dep_notifications_job_id_template_id_notification_type",
            ("job", "template", "notification_type"),
        ),
        Statistics(
            "st_dep_notifications_ntfcn_type_postage", ("notification_type", "postage")
        ),
        Statistics(
            "st_dep_notifications_ntfcn_type_sent_by", ("notification_type", "sent_by")
        ),
        Statistics("st_dep_notifications_sent_by_postage", ("sent_by", "postage")),
        Statistics(
            "st_dep_notifications_ntfcn_type_phone_prefix",
            ("notification_type", "phone_prefix"),
        ),
        Statistics(
            "st_dep_notifications_ntfcn_type_intnl",
            ("notification_type", "international"),
        ),
        Statistics(
            "st_dep_notifications_phone_prefix_intnl", ("phone_prefix", "international")
        ),
        Statistics(
            "st_dep_notifications_ntfcn_type_doc_dl",
            ("notification_type", "document_download_count"),
        ),
        Statistics(
            "st_mcv_notifications_notification_type_status",
            ("notification_type", "status"),
            kinds=("mcv",),
        ),
        Statistics(
            "st_mcv_notifications_service_id_key_type",
            ("service", "key_type"),
            kinds=("mcv",),
        ),
        Statistics(
            "st_mcv_notifications_service_id_notification_type",
            ("service", "notification_type"),
            kinds=("mcv",),
        ),
    )

    objects: ClassVar[NotificationQuerySet] = manager_of(NotificationQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "notifications"
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            Index(
                fields=["client_reference"], name="ix_notifications_client_reference"
            ),
            GinIndex(
                fields=["client_reference"],
                name="ix_notifications_client_reference_trgm",
                opclasses=["gin_trgm_ops"],
            ),
            Index(fields=["created_at"], name="ix_notifications_created_at"),
            Index(fields=["job"], name="ix_notifications_job_id"),
            Index(
                fields=["service", "notification_type", "created_at"],
                name="ix_notifications_nondelivered_service_id_composite",
                condition=Q(status__ne="delivered"),
            ),
            GinIndex(
                fields=["normalised_to"],
                name="ix_notifications_normalised_to_trgm",
                opclasses=["gin_trgm_ops"],
            ),
            Index(
                fields=["notification_type", "status", "created_at"],
                name="ix_notifications_notification_type_composite",
            ),
            Index(fields=["reference"], name="ix_notifications_reference"),
            Index(
                fields=["service", "created_at"],
                name="ix_notifications_service_created_at",
            ),
            Index(
                fields=["service", "notification_type", "created_at"],
                name="ix_notifications_service_id_ntype_created_at",
            ),
            Index(fields=["template"], name="ix_notifications_template_id"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(notification_type="email")
                | Q(unsubscribe_link__isnull=True),
                name="ck_unsubscribe_link_is_null_if_notification_not_an_email",
            ),
            models.UniqueConstraint(
                fields=["job", "job_row_number"], name="uq_notifications_job_row_number"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
