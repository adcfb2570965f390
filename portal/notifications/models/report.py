"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notifications.managers import (
    ReportRequestQuerySet,
)
from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import RemoteModel, Statistics


class ReportRequest(RemoteModel):
    """The API's table `report_requests`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = MirrorKey(
        "users.User",
        related_name="report_requests",
    )
    service = MirrorKey(
        "services.Service",
        related_name="report_requests",
    )
    report_type = EnumField(
        "report_request_report_type", choices=choices.REPORT_REQUEST_REPORT_TYPE
    )
    status = EnumField(
        "report_request_status_type",
        choices=choices.REPORT_REQUEST_STATUS_TYPE,
        default="pending",
    )
    parameter = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)

    objects: ClassVar[ReportRequestQuerySet] = manager_of(ReportRequestQuerySet)

    statistics = (
        Statistics("st_dep_report_requests_service_id_user_id", ("service", "user")),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "report_requests"
        verbose_name = _("report request")
        verbose_name_plural = _("report requests")
