"""Starting the process that reads a workbook, and taking what it says."""

from __future__ import annotations

import json

from portal.messages.processes import read_in_process
from portal.messages.workbooks import Notes, UnreadableWorkbook

# A file of the largest size allowed takes two seconds.
_SECONDS = 30


def read_workbook(
    data: bytes, suffix: str, *, max_rows: int, max_columns: int
) -> tuple[bytes, Notes]:
    """Return the first sheet people can see as CSV in UTF-8, or raise UnreadableWorkbook.

    `max_rows` counts the headings too.
    """
    try:
        told = read_in_process(
            "portal.messages.workbooks.reader",
            *(suffix, str(max_rows), str(max_columns)),
            data=data,
            library="python_calamine",
            seconds=_SECONDS,
        )
        notes = json.loads(told.errors) if told.is_whole else {"error": "unreadable"}
    except (OSError, ValueError) as error:
        raise UnreadableWorkbook("unreadable") from error
    if "error" in notes:
        raise UnreadableWorkbook(notes["error"])
    return told.output, Notes(**notes)
