"""The API's tables of this domain, mirrored."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey, NumericField, UpdatedAtField
from portal.remote.models import Index, References, RemoteModel, Statistics


class NotificationHistory(RemoteModel):
    """The API's table `notification_history`."""

    id = models.UUIDField(primary_key=True, editable=False)
    job = MirrorKey(
        "jobs.Job",
        related_name="+",
        null=True,
        blank=True,
    )
    job_row_number = models.IntegerField(null=True, blank=True)
    service = MirrorKey(
        "services.Service",
        related_name="+",
        null=True,
        blank=True,
    )
    template = MirrorKey(
        "message_templates.Template",
        constrained=False,
        related_name="+",
        null=True,
        blank=True,
    )
    template_version = models.IntegerField()
    api_key = MirrorKey(
        "api_keys.ApiKey",
        related_name="+",
        null=True,
        blank=True,
    )
    key_type = models.CharField(choices=choices.KEY_TYPES)
    billable_units = models.IntegerField(default=0)
    notification_type = EnumField(
        "notification_type", choices=choices.NOTIFICATION_TYPE
    )
    created_at = models.DateTimeField(editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(null=True, blank=True)
    updated_at = UpdatedAtField(null=True)
    status = models.TextField(
        db_column="notification_status",
        choices=choices.NOTIFICATION_STATUS_TYPES,
        null=True,
        blank=True,
        default="created",
    )
    reference = models.CharField(null=True, blank=True)
    client_reference = models.CharField(null=True, blank=True)
    international = models.BooleanField(null=True, blank=True, default=False)
    phone_prefix = models.CharField(null=True, blank=True)
    rate_multiplier = NumericField(null=True, blank=True)
    created_by = MirrorKey(
        "users.User",
        constrained=False,
        related_name="+",
        null=True,
        blank=True,
    )
    postage = models.CharField(null=True, blank=True)
    document_download_count = models.IntegerField(null=True, blank=True)

    foreign_keys = (
        References("key_types", key_type="name"),
        References("notification_status_types", status="name"),
        References("templates_history", template="id", template_version="version"),
    )

    statistics = (
        Statistics(
            "st_dep_notification_history_service_id_api_key_id", ("service", "api_key")
        ),
        Statistics("st_dep_notification_history_service_id_job_id", ("service", "job")),
        Statistics(
            "st_dep_notification_history_service_id_tpt_id", ("service", "template")
        ),
        Statistics(
            "st_dep_notification_history_service_id_cby_id", ("service", "created_by")
        ),
        Statistics(
            "st_dep_notification_history_job_id_tpt_id_ntfcn_type",
            ("job", "template", "notification_type"),
        ),
        Statistics(
            "st_dep_notification_history_ntfcn_type_postage",
            ("notification_type", "postage"),
        ),
        Statistics(
            "st_dep_notification_history_ntfcn_type_sent_by",
            ("notification_type", "sent_by"),
        ),
        Statistics(
            "st_dep_notification_history_sent_by_postage", ("sent_by", "postage")
        ),
        Statistics(
            "st_dep_notification_history_ntfcn_type_phone_prefix",
            ("notification_type", "phone_prefix"),
        ),
        Statistics(
            "st_dep_notification_history_ntfcn_type_intnl",
            ("notification_type", "international"),
        ),
        Statistics(
            "st_dep_notification_history_phone_prefix_intnl",
            ("phone_prefix", "international"),
        ),
        Statistics(
            "st_dep_notification_history_ntfcn_type_doc_dl",
            ("notification_type", "document_download_count"),
        ),
        Statistics(
            "st_mcv_notification_history_ntfcn_type_status",
            ("notification_type", "status"),
            kinds=("mcv",),
        ),
        Statistics(
            "st_mcv_notification_history_service_id_key_type",
            ("service", "key_type"),
            kinds=("mcv",),
        ),
        Statistics(
            "st_mcv_notification_history_service_id_ntfcn_type",
            ("service", "notification_type"),
            kinds=("mcv",),
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "notification_history"
        verbose_name = _("notification history")
        verbose_name_plural = _("notification histories")
        indexes = [
            Index(fields=["created_at"], name="ix_notification_history_created_at"),
            Index(fields=["job"], name="ix_notification_history_job_id"),
            Index(fields=["reference"], name="ix_notification_history_reference"),
            Index(
                fields=["service", "key_type", "notification_type", "created_at"],
                name="ix_notification_history_service_id_composite",
            ),
        ]


class NotificationAllTimeView(RemoteModel):
    """The API's table `notifications_all_time_view` (a view)."""

    id = models.UUIDField(primary_key=True, editable=False)
    job = MirrorKey(
        "jobs.Job",
        constrained=False,
        related_name="+",
        null=True,
        blank=True,
    )
    job_row_number = models.IntegerField(null=True, blank=True)
    service = MirrorKey(
        "services.Service",
        constrained=False,
        related_name="+",
        null=True,
        blank=True,
    )
    template = MirrorKey(
        "message_templates.Template",
        constrained=False,
        related_name="+",
        null=True,
        blank=True,
    )
    template_version = models.IntegerField(null=True, blank=True)
    api_key = MirrorKey(
        "api_keys.ApiKey",
        constrained=False,
        related_name="+",
        null=True,
        blank=True,
    )
    key_type = models.CharField(null=True, blank=True)
    billable_units = models.IntegerField(null=True, blank=True)
    notification_type = EnumField(
        "notification_type", choices=choices.NOTIFICATION_TYPE, null=True, blank=True
    )
    created_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    notification_status = models.TextField(null=True, blank=True)
    reference = models.CharField(null=True, blank=True)
    client_reference = models.CharField(null=True, blank=True)
    international = models.BooleanField(null=True, blank=True)
    phone_prefix = models.CharField(null=True, blank=True)
    rate_multiplier = NumericField(null=True, blank=True)
    created_by = MirrorKey(
        "users.User",
        constrained=False,
        related_name="+",
        null=True,
        blank=True,
    )
    postage = models.CharField(null=True, blank=True)
    document_download_count = models.IntegerField(null=True, blank=True)

    view_of = ("notifications", "notification_history")

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "notifications_all_time_view"
        verbose_name = _("notification all time view")
        verbose_name_plural = _("notification all time views")
