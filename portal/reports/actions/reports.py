"""Reports from being asked for to being thrown away."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db.models import Q
from django.utils import timezone

from portal.common.background import send_task
from portal.reports.actions.notifications import NotificationFilters
from portal.reports.models import Report

BUILD_TASK = "portal.reports.tasks.build_notifications_report"
FILES = "report_requests_download"
SILENT_AFTER = datetime.timedelta(minutes=2)
FRESH_FOR = datetime.timedelta(minutes=2)
KEPT_FOR = datetime.timedelta(days=7)
Status = Report.Status


def report_files() -> Storage:
    """Return where the files of reports lie."""
    return storages[FILES]


def create_report(
    *, service_id: UUID, created_by_id: UUID, filters: NotificationFilters
) -> Report:
    """Ask for a report of notifications, unless the same person just did."""
    now = timezone.now()
    wanted = {
        "service_id": service_id,
        "created_by_id": created_by_id,
        "parameters": filters.as_parameters(),
    }
    running = Q(status__in=(Status.WAITING, Status.BUILDING))
    same = Report.objects.filter(running, created_at__gt=now - FRESH_FOR, **wanted)
    if report := same.first():
        return report
    report = Report.objects.create(created_at=now, heartbeat_at=now, **wanted)
    send_task(BUILD_TASK, str(report.pk))
    return report


def open_report_file(*, report: Report) -> File[Any]:
    """Open a finished report's file for reading."""
    return report_files().open(report.file_key)


def list_reports_to_resume() -> list[Report]:
    """Return reports that nobody is making: their worker died, or the message was lost."""
    silent = Report.objects.filter(
        status__in=(Status.WAITING, Status.BUILDING),
        heartbeat_at__lt=timezone.now() - SILENT_AFTER,
    )
    return list(silent.order_by("created_at")[:20])


def purge_old_reports() -> int:
    """Delete reports that are too old, and files that no report knows."""
    old = Report.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    files = report_files()
    for key in old.exclude(file_key="").values_list("file_key", flat=True):
        files.delete(key)
    deleted, _ = old.delete()
    known = set(Report.objects.values_list("file_key", flat=True))
    for key in _stored_keys(files):
        is_new = files.get_modified_time(key) > timezone.now() - KEPT_FOR
        if key not in known and not is_new:
            files.delete(key)
    return deleted


def _stored_keys(files: Storage) -> Iterator[str]:
    try:
        folders, _ = files.listdir("")
    except FileNotFoundError:
        return
    for folder in folders:
        for name in files.listdir(folder)[1]:
            yield str(PurePosixPath(folder, name))
