"""CSV files that spreadsheet programs open as they are meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheet programs know UTF-8
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(headings: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """Write a small table as a CSV file."""
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows([cell(value) for value in row] for row in rows)
    return file.getvalue()


def cell(value: object) -> str:
    """Spell a value so that no spreadsheet program takes it for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
