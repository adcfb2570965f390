"""Local tables of figures and reports; this app mirrors no table of the API."""

from __future__ import annotations

import datetime
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reports.names import file_name

# Files of reports hold personal data.
KEPT_FOR = datetime.timedelta(days=7)


class ServiceFigures(models.Model):
    """What a service sent in the last days, as the background last saw it.

    ``channels`` is ``{"email": {"requested", "delivered", "failed"}, …}``, ``templates``
    a list of ``{"template_id", "template_name", "template_type", "status", "count"}``.
    """

    service_id = models.UUIDField()
    limit_days = models.PositiveSmallIntegerField()
    channels = models.JSONField(default=dict)
    templates = models.JSONField(default=list)
    as_of = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("figures of a service")
        verbose_name_plural = _("figures of services")
        constraints = (
            models.UniqueConstraint(
                fields=("service_id", "limit_days"), name="one_row_of_figures"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_id} ({self.limit_days})"


class ServiceHints(models.Model):
    """What waits for people at a service, and what it sent today, as last seen.

    ``told`` is ``{"sent_today": {"email": number or None, …}, "limits": {"email": number, …},
    "scheduled": {"count", "soonest_scheduled_for"}, "received": {"count", "most_recent"},
    "returned_letters": {"returned_letter_count", "most_recent_report"},
    "unsubscribe_requests": {"unsubscribe_requests_count",
    "datetime_of_latest_unsubscribe_request"}}``; what a service cannot do is None.
    """

    service_id = models.UUIDField(unique=True)
    told = models.JSONField(default=dict)
    as_of = models.DateTimeField()

    class Meta:
        verbose_name = _("hints of a service")
        verbose_name_plural = _("hints of services")

    def __str__(self) -> str:
        return str(self.service_id)


class PlatformFigures(models.Model):
    """What the whole platform sent on one day, and how many were live at its end.

    ``channels`` is ``{"email": number, "sms": number, "letter": number}``.
    """

    day = models.DateField(unique=True)
    live_services = models.PositiveIntegerField(null=True)
    live_organisations = models.PositiveIntegerField(null=True)
    channels = models.JSONField(default=dict)
    as_of = models.DateTimeField()

    class Meta:
        verbose_name = _("figures of the platform")
        verbose_name_plural = _("figures of the platform")
        ordering = ("-day",)

    def __str__(self) -> str:
        return str(self.day)


class Report(models.Model):
    """A file that somebody asked for and the background makes.

    ``parameters`` say which messages it holds, ``layout`` what it tells of each.
    ``checkpoint`` is how far it is, for another worker to go on from:
    ``{"cursor", "read", "parts": [[key of a stored part, its rows], …]}``.
    ``claim`` belongs to the one run that may finish it: a later run takes it over, and
    the earlier one, if it is still alive, finds out and stops.
    """

    class Status(models.TextChoices):
        """How far a report is."""

        WAITING = "waiting", _("Waiting")
        BUILDING = "building", _("Being made")
        FINISHED = "finished", _("Ready")
        FAILED = "failed", _("Failed")

    class FileType(models.TextChoices):
        """What kind of file a report is."""

        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel spreadsheet (XLSX)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service_id = models.UUIDField()
    created_by_id = models.UUIDField()
    kind = models.CharField(max_length=40, default="notifications")
    parameters = models.JSONField(default=dict)
    layout = models.JSONField(default=dict)
    file_type = models.CharField(
        max_length=4, choices=FileType.choices, default=FileType.CSV
    )
    checkpoint = models.JSONField(default=dict)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.WAITING
    )
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(null=True)
    file_key = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=300, blank=True)
    claim = models.UUIDField(null=True)
    runs = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = (
            models.Index(fields=("status", "heartbeat_at"), name="report_alive"),
            models.Index(fields=("service_id", "created_at"), name="report_of_service"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_running(self) -> bool:
        """Whether anything about it can still change by itself."""
        return self.status in (self.Status.WAITING, self.Status.BUILDING)

    @property
    def is_finished(self) -> bool:
        """Whether there is a file."""
        return self.status == self.Status.FINISHED

    @property
    def file_name(self) -> str:
        """What the file is called when it is downloaded."""
        return file_name(self.parameters, self.created_at, self.file_type)

    @property
    def expires_at(self) -> datetime.datetime:
        """Until when it can be downloaded."""
        return self.created_at + KEPT_FOR

    @property
    def part_keys(self) -> list[str]:
        """Where the parts lie that have been read so far."""
        return [key for key, _rows in self.checkpoint.get("parts", ())]
