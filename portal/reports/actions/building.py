"""Make a report: whole or not at all, and once, however often its task runs."""

from __future__ import annotations

import io
import logging
import tempfile
import uuid
from typing import IO

from django.core.files import File
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.remote.errors import HTTPError, RateLimited, Unavailable
from portal.reports.actions.notifications import (
    NotificationFilters,
    count_notifications,
    read_notifications,
)
from portal.reports.actions.reports import report_files
from portal.reports.models import Report
from portal.reports.rows import NotificationsCSV, count_rows

logger = logging.getLogger(__name__)

MOST_RUNS = 8
Status = Report.Status


class Superseded(Exception):
    """Another run has taken the report over, or it is gone."""


class Incomplete(Exception):
    """The file does not hold what was read."""


def build_report(*, report_id: uuid.UUID | str) -> None:
    """Make the file of a report that has none yet.

    Raises Unavailable and RateLimited for the task to try again.
    """
    report = _claimed(report_id)
    if report is None:
        return
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
            rows = _write(file, report)
            if count_rows(file) != rows:
                raise Incomplete
            _publish(file, report, rows)
    except Superseded:
        logger.info("Another run makes the report %s.", report.pk)
    except (Unavailable, RateLimited):
        raise
    except (HTTPError, Incomplete) as error:
        logger.warning("The report %s failed: %s", report.pk, type(error).__name__)
        fail_report(report_id=report.pk)


def fail_report(*, report_id: uuid.UUID | str) -> None:
    """Say that a report will not be made."""
    Report.objects.filter(
        pk=report_id, status__in=(Status.WAITING, Status.BUILDING)
    ).update(
        status=Status.FAILED,
        claim=None,
        finished_at=timezone.now(),
        error=_("The report could not be made. Try again later."),
    )


def _claimed(report_id: uuid.UUID | str) -> Report | None:
    """Take a report over from whoever had it; None when nothing is left to do."""
    open_report = Report.objects.filter(
        pk=report_id, status__in=(Status.WAITING, Status.BUILDING)
    )
    if open_report.filter(runs__gte=MOST_RUNS).exists():
        fail_report(report_id=report_id)
        return None
    claim = uuid.uuid4()
    open_report.update(
        claim=claim,
        status=Status.BUILDING,
        runs=F("runs") + 1,
        rows_done=0,
        heartbeat_at=timezone.now(),
    )
    return Report.objects.filter(pk=report_id, claim=claim).first()


def _update(report: Report, **changes: object) -> None:
    """Change the row if this run still has the claim."""
    mine = Report.objects.filter(pk=report.pk, claim=report.claim)
    if not mine.update(heartbeat_at=timezone.now(), **changes):
        raise Superseded


def _write(file: IO[str], report: Report) -> int:
    filters = NotificationFilters(**report.parameters)
    most = count_notifications(service_id=report.service_id, filters=filters)
    _update(report, rows_total=None if filters.status else most)
    writer = NotificationsCSV(file)
    for page in read_notifications(service_id=report.service_id, filters=filters):
        writer.write(page)
        _update(report, rows_done=writer.rows)
    return writer.rows


def _publish(file: IO[str], report: Report, rows: int) -> None:
    """Store the file under a name of this run's own, then let the row name it."""
    files = report_files()
    file.flush()
    file.seek(0)
    assert isinstance(file, io.TextIOWrapper)  # noqa: S101 - what TemporaryFile opens
    wanted = f"{report.service_id}/{report.pk}-{report.claim}.csv"
    key = files.save(wanted, File(file.buffer))
    try:
        _update(
            report,
            status=Status.FINISHED,
            file_key=key,
            rows_done=rows,
            rows_total=rows,
            finished_at=timezone.now(),
        )
    except Superseded:
        files.delete(key)
        raise
