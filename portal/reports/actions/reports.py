"""Reports from being asked for to being thrown away."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import Storage
from django.db.models import Q
from django.utils import timezone

from portal.common.background import send_task
from portal.reports.actions.notifications import NotificationFilters
from portal.reports.actions.parts import delete_parts, report_files
from portal.reports.models import KEPT_FOR, Report
from portal.reports.rows import Layout

BUILD_TASK = "portal.reports.tasks.build_notifications_report"
SILENT_AFTER = datetime.timedelta(minutes=2)
FRESH_FOR = datetime.timedelta(minutes=2)
MOST_LISTED = 100
Status = Report.Status


def create_report(
    *,
    service_id: UUID,
    created_by_id: UUID,
    filters: NotificationFilters,
    layout: Layout | None = None,
    file_type: str = Report.FileType.CSV,
) -> Report:
    """Ask for a report of notifications, unless the same person just did."""
    now = timezone.now()
    wanted = {
        "service_id": service_id,
        "created_by_id": created_by_id,
        "parameters": filters.as_parameters(),
        "layout": (layout or Layout()).as_kept(),
        "file_type": file_type,
    }
    running = Q(status__in=(Status.WAITING, Status.BUILDING))
    same = Report.objects.filter(running, created_at__gt=now - FRESH_FOR, **wanted)
    if report := same.first():
        return report
    report = Report.objects.create(created_at=now, heartbeat_at=now, **wanted)
    send_task(BUILD_TASK, str(report.pk))
    return report


def repeat_report(*, report: Report, created_by_id: UUID) -> Report:
    """Ask for a report like another one."""
    return create_report(
        service_id=report.service_id,
        created_by_id=created_by_id,
        filters=NotificationFilters(**report.parameters),
        layout=Layout.of(report.layout, secret=""),
        file_type=report.file_type,
    )


def list_reports(*, service_id: UUID) -> list[Report]:
    """Return a service's reports that are still kept, the newest first."""
    kept = Report.objects.filter(
        service_id=service_id, created_at__gt=timezone.now() - KEPT_FOR
    )
    return list(kept.order_by("-created_at")[:MOST_LISTED])


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
    for report in old:
        delete_parts(report)
        if report.file_key:
            files.delete(report.file_key)
    deleted, _ = old.delete()
    known = {key for report in Report.objects.all() for key in known_files(report)}
    for key in _stored_keys(files):
        is_new = files.get_modified_time(key) > timezone.now() - KEPT_FOR
        if key not in known and not is_new:
            files.delete(key)
    return deleted


def known_files(report: Report) -> list[str]:
    """Where a report's file and parts lie."""
    return [report.file_key, *report.part_keys]


def _stored_keys(files: Storage) -> Iterator[str]:
    try:
        folders, _ = files.listdir("")
    except FileNotFoundError:
        return
    for folder in folders:
        for name in files.listdir(folder)[1]:
            yield str(PurePosixPath(folder, name))
