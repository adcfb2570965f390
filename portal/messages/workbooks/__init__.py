"""Excel and OpenDocument workbooks, read by a process of their own.

What people upload may unpack to gigabytes, claim a billion cells or make the library
that reads it fall over: that process has bounds, and takes its memory with it.
"""

from __future__ import annotations

from typing import NamedTuple

EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


class UnreadableWorkbook(ValueError):
    """A file that is no workbook or that cannot be used, with a code for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Notes(NamedTuple):
    """What reading a workbook left out, and what it had to write in a way of its own.

    Counts of rows, of columns and of cells.
    """

    hidden_rows: int = 0
    hidden_columns: int = 0
    cells_without_result: int = 0
    dates_and_times: int = 0
