"""Correcting a few cells of an uploaded file: the corrected rows are a file of their own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from portal.common.once import make_once
from portal.jobs.actions.checking import limits_for
from portal.jobs.actions.unsent import keep_unsent
from portal.jobs.corrections import Changes, WrongRow, changed, wrong_rows
from portal.jobs.uploads import Upload, save_corrected
from portal.jobs.verdicts import verdict_on
from portal.messages.check import RecipientTable
from portal.messages.templates import MessageTemplate
from portal.services.models import Service
from portal.users.models import User

_LOOKS: Final = 10
_WAIT_SECONDS: Final = 0.2


@dataclass(frozen=True)
class WrongFile:
    """A file whose wrong rows can be corrected, and how many rows it has in all."""

    upload: Upload
    table: RecipientTable
    rows: list[WrongRow]
    row_count: int


def load_wrong_file(
    *, service: Service, message: MessageTemplate, upload: Upload
) -> WrongFile | None:
    """Read the wrong rows of a file; None where there are none to correct on a page.

    The verdict is the one that is kept: only as much is read as there is to the last of them.
    """
    limits = limits_for(service, message.kind)
    verdict = verdict_on(upload, message, limits)
    if not verdict.to_correct:
        return None
    table = RecipientTable(upload.content(), message, limits)
    rows = wrong_rows(table, table.rows(verdict.shown["errors"]))
    return WrongFile(upload, table, rows, verdict.row_count)


def correct_upload(
    *,
    service: Service,
    user: User,
    file: WrongFile,
    template_name: str,
    changes: Changes,
    form_id: UUID | None,
) -> str:
    """Store a file's rows with changes as a file that was not sent yet; gives its id.

    The file itself stays as it is. A second click waits for the first, and has its file;
    empty if that takes too long. Other changes from the same page are another file.
    """

    def make() -> str:
        made = save_corrected(file.upload, changed(file.table.content, changes))
        keep_unsent(
            service=service, user=user, upload_id=made, template_name=template_name
        )
        return made

    once = form_id and uuid5(form_id, repr(sorted(changes.items())))
    for _look in range(_LOOKS):
        if made := make_once(once, make, by=user.pk):
            return made
        time.sleep(_WAIT_SECONDS)
    return ""
