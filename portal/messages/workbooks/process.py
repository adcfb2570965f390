"""Starting the process that reads a workbook, and taking what it says."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from portal.messages.workbooks import Notes, UnreadableWorkbook

_PROJECT = Path(__file__).parents[3]
# A file of the largest size allowed takes two seconds.
_SECONDS = 30
_log = logging.getLogger(__name__)


def read_workbook(
    data: bytes, suffix: str, *, max_rows: int, max_columns: int
) -> tuple[bytes, Notes]:
    """Return the first sheet people can see as CSV in UTF-8, or raise UnreadableWorkbook.

    `max_rows` counts the headings too.
    """
    # Without the start of all that is installed it begins in half the time.
    command = [sys.executable, "-S", "-m", "portal.messages.workbooks.reader"]
    try:
        done = subprocess.run(  # noqa: S603  our own module, no words of anybody's
            [*command, suffix, str(max_rows), str(max_columns)],
            input=data,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            # What it needs to start; the portal's secrets are not among it.
            env={"PYTHONPATH": os.pathsep.join(_places())},
        )
        told = json.loads(done.stderr)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        # What the process said may hold people's data.
        _log.warning(
            "A workbook (%s) ended its reader: %s", suffix, type(error).__name__
        )
        raise UnreadableWorkbook("unreadable") from error
    if "error" in told:
        raise UnreadableWorkbook(told["error"])
    return done.stdout, Notes(**told)


@cache
def _places() -> list[str]:
    """Return where the reader's process finds its modules."""
    library = importlib.util.find_spec("python_calamine")
    if library is None or library.origin is None:
        raise OSError("python_calamine is not installed")
    return [str(_PROJECT), str(Path(library.origin).parents[1])]
