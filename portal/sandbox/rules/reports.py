"""Reports of messages that people ask for, written to the folder of files."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Iterator
from typing import Any

from portal.notifications.models import ReportRequest
from portal.sandbox import files
from portal.sandbox.rules.notification_lists import FAILED, SENDING, Filters, listed
from portal.sandbox.shapes.notifications import Page

logger = logging.getLogger(__name__)

BUCKET = "report_requests_download"
CHUNK = 2000
DELIVERED = ["delivered", "returned-letter", "sent"]
STATUSES = {
    "sending": SENDING,
    "delivered": DELIVERED,
    "failed": ["failed", *(status for status in FAILED if status not in DELIVERED)],
}
STATUSES["all"] = [status for group in STATUSES.values() for status in group]
COLUMNS = {
    "Recipient": "recipient",
    "Reference": "client_reference",
    "Template": "template_name",
    "Type": "template_type",
    "Sent by": "created_by_name",
    "Sent by email": "created_by_email_address",
    "Job": "job_name",
    "Status": "status",
    "Time": "created_at",
    "API key name": "api_key_name",
}


def file_key(report: ReportRequest) -> str:
    """Where a report lies."""
    return f"notifications_report/{report.pk}.csv"


def process_next() -> bool:
    """Write the report that has waited longest; say whether there was one."""
    report = (
        ReportRequest.objects.filter(status__in=("pending", "in progress"))
        .order_by("created_at")
        .first()
    )
    if report is None:
        return False
    report.status = "in progress"
    report.save()
    try:
        write(report)
    except OSError:
        logger.exception("A report could not be written.")
        report.status = "failed"
        report.save()
    return True


def write(report: ReportRequest) -> None:
    """Write a report and note that it can be fetched."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in _lines(report):
        writer.writerow([line[name] or "" for name in COLUMNS.values()])
    files.write(BUCKET, file_key(report), text.getvalue().encode("utf-8-sig"), {})
    report.status = "stored"
    report.save()


def _lines(report: ReportRequest) -> Iterator[dict[str, Any]]:
    wanted = report.parameter
    kind = wanted.get("notification_type")
    filters = {
        "template_type": [kind] if kind else None,
        "status": STATUSES[wanted.get("notification_status") or "all"],
    }
    older_than = None
    while True:
        chosen = Filters(filters | {"older_than": older_than})
        rows = list(listed(report.service_id, chosen)[:CHUNK])
        yield from Page(rows).report_lines()
        if len(rows) < CHUNK:
            return
        older_than = rows[-1].pk
