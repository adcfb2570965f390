"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notifications.managers import (
    ComplaintQuerySet,
    UnsubscribeRequestQuerySet,
    UnsubscribeRequestReportQuerySet,
)
from portal.remote.fields import MirrorKey
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel, Statistics


class Complaint(RemoteModel):
    """The API's table `complaints`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notification = MirrorKey(
        "notifications.Notification",
        constrained=False,
        verbose_name=_("message"),
        related_name="complaints",
    )
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="complaints",
    )
    ses_feedback_id = models.TextField(_("provider’s reference"), null=True, blank=True)
    complaint_type = models.TextField(_("kind"), null=True, blank=True)
    complaint_date = models.DateTimeField(_("complained"), null=True, blank=True)
    created_at = models.DateTimeField(
        _("arrived"), default=timezone.now, editable=False
    )

    objects: ClassVar[ComplaintQuerySet] = manager_of(ComplaintQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "complaints"
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = [
            Index(fields=["notification"], name="ix_complaints_notification_id"),
            Index(fields=["service"], name="ix_complaints_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class UnsubscribeRequestReport(RemoteModel):
    """The API's table `unsubscribe_request_report`."""

    id = models.UUIDField(primary_key=True, editable=False)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="unsubscribe_request_reports",
    )
    created_at = models.DateTimeField(
        _("taken"), null=True, blank=True, default=timezone.now, editable=False
    )
    earliest_timestamp = models.DateTimeField(_("first request"), default=timezone.now)
    latest_timestamp = models.DateTimeField(_("last request"), default=timezone.now)
    processed_by_service_at = models.DateTimeField(_("seen to"), null=True, blank=True)
    count = models.BigIntegerField(_("requests"))

    objects: ClassVar[UnsubscribeRequestReportQuerySet] = manager_of(
        UnsubscribeRequestReportQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "unsubscribe_request_report"
        verbose_name = _("batch of unsubscribe requests")
        verbose_name_plural = _("batches of unsubscribe requests")

    def __str__(self) -> str:
        return str(self.pk)


class UnsubscribeRequest(RemoteModel):
    """The API's table `unsubscribe_request`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notification = MirrorKey(
        "notifications.Notification",
        constrained=False,
        related_name="unsubscribe_requests",
    )
    service = MirrorKey(
        "services.Service",
        related_name="unsubscribe_requests",
    )
    template = MirrorKey(
        "message_templates.Template",
        constrained=False,
        related_name="unsubscribe_requests",
    )
    template_version = models.IntegerField()
    email_address = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    unsubscribe_request_report = MirrorKey(
        "notifications.UnsubscribeRequestReport",
        related_name="unsubscribe_requests",
        null=True,
        blank=True,
    )

    objects: ClassVar[UnsubscribeRequestQuerySet] = manager_of(
        UnsubscribeRequestQuerySet
    )

    foreign_keys = (
        References("templates_history", template="id", template_version="version"),
    )

    statistics = (
        Statistics(
            "st_dep_unsub_req_service_id_tpt_id_ntfcn_id",
            ("service", "template", "notification"),
        ),
        Statistics(
            "st_dep_unsub_req_service_id_unsub_req_rpt_id",
            ("service", "unsubscribe_request_report"),
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "unsubscribe_request"
        verbose_name = _("unsubscribe request")
        verbose_name_plural = _("unsubscribe requests")
        indexes = [
            Index(
                fields=["notification"], name="ix_unsubscribe_request_notification_id"
            ),
            Index(
                fields=["unsubscribe_request_report"],
                name="ix_unsubscribe_request_unsubscribe_request_report_id",
            ),
        ]

    def __str__(self) -> str:
        return str(self.email_address)


class UnsubscribeRequestHistory(RemoteModel):
    """The API's table `unsubscribe_request_history`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notification = MirrorKey(
        "notifications.Notification",
        constrained=False,
        related_name="+",
    )
    service = MirrorKey(
        "services.Service",
        related_name="+",
    )
    template = MirrorKey(
        "message_templates.Template",
        constrained=False,
        related_name="+",
    )
    template_version = models.IntegerField()
    created_at = models.DateTimeField(editable=False)
    unsubscribe_request_report_id = models.UUIDField(null=True, blank=True)

    statistics = (
        Statistics(
            "st_dep_unsub_req_history_service_id_tpt_id_ntfcn_id",
            ("service", "template", "notification"),
        ),
        Statistics(
            "st_dep_unsub_req_history_service_id_unsub_req_rpt_id",
            ("service", "unsubscribe_request_report_id"),
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "unsubscribe_request_history"
        verbose_name = _("unsubscribe request history")
        verbose_name_plural = _("unsubscribe request histories")
        indexes = [
            Index(
                fields=["notification"],
                name="ix_unsubscribe_request_history_notification_id",
            ),
            Index(
                fields=["unsubscribe_request_report_id"],
                name="ix_unsubscribe_request_history_unsubscribe_request_report_id",
            ),
        ]
