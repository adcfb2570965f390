"""Make a report: whole or not at all, and once, however often its task runs.

What has been read is stored in parts, with a checkpoint after each: the worker that
takes over from one that was killed goes on from there.
"""

from __future__ import annotations

import logging
import tempfile
import uuid
from collections.abc import Iterator
from typing import Any

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
from portal.reports.actions.parts import Part, delete_parts, read_parts, report_files
from portal.reports.actions.senders import FileSenders
from portal.reports.models import Report
from portal.reports.rows import WRITERS, Layout, Row

logger = logging.getLogger(__name__)

MOST_RUNS = 8
PART_ROWS = 10_000
Status = Report.Status


class Superseded(Exception):
    """Another run has taken the report over, or it is gone."""


class Incomplete(Exception):
    """There are fewer rows than there should be."""


def build_report(*, report_id: uuid.UUID | str) -> None:
    """Make the file of a report that has none yet, from where an earlier run left off.

    Raises Unavailable and RateLimited for the task to try again.
    """
    report = _claimed(report_id)
    if report is None:
        return
    try:
        _read(report)
        _check_number(report)
        _publish(report)
    except Superseded:
        logger.info("Another run makes the report %s.", report.pk)
    except (Unavailable, RateLimited):
        raise
    except (HTTPError, Incomplete, FileNotFoundError) as error:
        logger.warning("The report %s failed: %s", report.pk, type(error).__name__)
        fail_report(report_id=report.pk)


def fail_report(*, report_id: uuid.UUID | str) -> None:
    """Say that a report will not be made."""
    unfinished = Report.objects.filter(
        pk=report_id, status__in=(Status.WAITING, Status.BUILDING)
    )
    for report in unfinished:
        delete_parts(report)
    unfinished.update(
        status=Status.FAILED,
        claim=None,
        checkpoint={},
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
        heartbeat_at=timezone.now(),
    )
    return Report.objects.filter(pk=report_id, claim=claim).first()


def _update(report: Report, **changes: Any) -> None:
    """Change the row if this run still has the claim."""
    mine = Report.objects.filter(pk=report.pk, claim=report.claim)
    if not mine.update(heartbeat_at=timezone.now(), **changes):
        raise Superseded
    for name, value in changes.items():
        setattr(report, name, value)


def _read(report: Report) -> None:
    """Read what is missing yet, and store it part by part."""
    filters = NotificationFilters(**report.parameters)
    layout = Layout.of(report.layout, secret=str(report.pk))
    senders = FileSenders(report.service_id, filters.job_id)
    if report.checkpoint.get("is_read"):
        return
    if not report.checkpoint:
        total = count_notifications(service_id=report.service_id, filters=filters)
        # The API does not count by status.
        _update(report, rows_total=None if filters.status else total)
    cursor, part = report.checkpoint.get("cursor", ""), Part()
    _update(report, rows_done=report.checkpoint.get("read", 0))
    for page, after in read_notifications(
        service_id=report.service_id, filters=filters, cursor=cursor
    ):
        held = map(senders.fill, filter(filters.holds, page))
        part.add(map(layout.row, held), read=len(page))
        cursor = after
        _update(report, rows_done=report.rows_done + len(page))
        if part.read >= PART_ROWS:
            _keep(report, part, cursor)
            part = Part()
    _keep(report, part, cursor, is_read=True)


def _keep(report: Report, part: Part, cursor: str, *, is_read: bool = False) -> None:
    """Store a part, then say in the row how far the report is."""
    key = part.store(report)
    parts = [*report.checkpoint.get("parts", ()), [key, part.rows]]
    kept = {
        "cursor": cursor,
        "read": report.rows_done,
        "parts": parts,
        "is_read": is_read,
    }
    try:
        _update(report, checkpoint=kept)
    except Superseded:
        report_files().delete(key)
        raise


def _check_number(report: Report) -> None:
    """Compare what was read with what the API counts: there and then, and now.

    Messages that arrived meanwhile are not in the report, and those that became too
    old are no longer counted.
    """
    if report.rows_total is None or report.rows_done >= report.rows_total:
        return
    filters = NotificationFilters(**report.parameters)
    now = count_notifications(service_id=report.service_id, filters=filters)
    if report.rows_done < min(now, report.rows_total):
        raise Incomplete


def _publish(report: Report) -> None:
    """Make one file of the parts, and say that it is there."""
    rows = sum(count for _key, count in report.checkpoint["parts"])
    if not report.file_key:
        _store_file(report, rows)
    delete_parts(report)
    _update(
        report,
        status=Status.FINISHED,
        checkpoint={},
        rows_done=rows,
        rows_total=rows,
        finished_at=timezone.now(),
    )


def _store_file(report: Report, rows: int) -> None:
    """Store the file under a name of this run's own, then let the row name it."""
    files = report_files()
    wanted = f"{report.service_id}/{report.pk}-{report.claim}.{report.file_type}"
    columns = Layout.of(report.layout, secret="").columns
    with tempfile.TemporaryFile() as file:
        if WRITERS[report.file_type](file, columns, _rows_of(report)) != rows:
            raise Incomplete
        key = files.save(wanted, File(file))
    try:
        _update(report, file_key=key)
    except Superseded:
        files.delete(key)
        raise


def _rows_of(report: Report) -> Iterator[Row]:
    """Yield what was read, and say meanwhile that this run is alive.

    Raises Superseded when the report is another run's.
    """
    for number, row in enumerate(read_parts(report)):
        if not number % PART_ROWS:
            _update(report)
        yield row
