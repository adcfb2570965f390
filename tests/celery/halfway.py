"""Settings of a worker that stops in the middle of the first workbook that it writes."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from notify_admin.settings import *  # noqa: F403

HALFWAY = Path(os.environ["PORTAL_DATA_DIR"], "halfway")
MIDDLE = 1250
_write = Worksheet.write_string


def write_string(self, row, *args, **kwargs):
    """Write a cell; in the middle of the first workbook, say so and wait to be killed."""
    if row == MIDDLE and not HALFWAY.exists():
        HALFWAY.touch()
        threading.Event().wait(60)
    return _write(self, row, *args, **kwargs)


Worksheet.write_string = write_string
