"""The rows of a file whose messages failed, as a new file for the same template."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import Any, Final

from django.utils.translation import gettext as _

from portal.clients import notification_api_client
from portal.jobs.progress import JobProgress
from portal.jobs.report import original_rows
from portal.jobs.uploads import save_upload
from portal.messages.spreadsheet import Spreadsheet, csv_of
from portal.notifications import statuses
from portal.remote.answers import reading
from portal.remote.parallel import together
from portal.services.models import Service

ROWS_A_PAGE: Final = 1_000
MOST_ROWS: Final = 5_000


class CannotResend(Exception):
    """The rows cannot be taken from the file; says why in a sentence."""


def resend_failed(*, service: Service, job: JobProgress) -> str:
    """Store the rows that failed as a file that was not sent yet; gives its id.

    Raises CannotResend with a sentence, and NotFound.
    """
    service_id = str(service.pk)
    failed = set(_failed_rows(service_id, job))
    rows = original_rows(service_id, job.id)
    headings = next(rows, None)
    if headings is None:
        raise CannotResend(_("The file is not kept any longer: upload it again."))
    chosen = [row for number, row in enumerate(rows, start=1) if number in failed]
    if not chosen:
        raise CannotResend(_("None of the messages in this file has failed."))
    name = PurePath(job.name)
    return save_upload(
        service_id=service.pk,
        template_id=job.template_id,
        name=_("%(name)s, failed.csv") % {"name": name.stem},
        sheet=Spreadsheet(csv_of([headings, *chosen]), "UTF-8"),
    )


def _failed_rows(service_id: str, job: JobProgress) -> list[int]:
    """Read the numbers of the rows; the first page tells how many there are."""

    def read(page: int) -> dict[str, Any]:
        answer: dict[str, Any] = (
            notification_api_client.get_notifications_for_service_for_csv(
                service_id,
                job_id=job.id,
                status=statuses.chosen("failed"),
                page=page,
                page_size=ROWS_A_PAGE,
            )
        )
        return answer

    first = read(1)
    with reading():
        total = int(first.get("total") or len(first["notifications"]))
    if total > MOST_ROWS:
        raise CannotResend(
            _(
                "More than %(most)s messages failed: download the rows that failed and "
                "upload them in parts."
            )
            % {"most": f"{MOST_ROWS:,}"}
        )
    pages = range(2, -(-total // ROWS_A_PAGE) + 1)
    answers = [first, *together(*(partial(read, page) for page in pages))]
    with reading():
        return [
            int(row["row_number"])
            for answer in answers
            for row in answer["notifications"]
        ]
