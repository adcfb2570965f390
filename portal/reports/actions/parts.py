"""The parts of a report that is being made: stored as they are read, and forgotten at the end."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage, storages

from portal.reports.models import Report
from portal.reports.rows import Row

FILES = "report_requests_download"


def report_files() -> Storage:
    """Return where the files of reports lie."""
    return storages[FILES]


class Part:
    """Rows that wait to be stored together, on disk."""

    def __init__(self) -> None:
        self.rows = self.read = 0
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  closed by store
        self._text = io.TextIOWrapper(self._file, encoding="utf-8", newline="")
        self._writer = csv.writer(self._text)

    def add(self, rows: Iterator[Row], read: int) -> None:
        """Add the rows that were kept of so many that were read."""
        self.read += read
        for row in rows:
            self._writer.writerow(row)
            self.rows += 1

    def store(self, report: Report) -> str:
        """Store it under a name that no other run of the report uses; return the key."""
        self._text.flush()
        self._file.seek(0)
        number = len(report.part_keys) + 1
        wanted = f"{report.service_id}/{report.pk}-{report.claim}-part-{number}.csv"
        key = report_files().save(wanted, File(self._file))
        self._text.close()
        return key


def read_parts(report: Report) -> Iterator[Row]:
    """Yield the rows of all parts, one after the other."""
    for key in report.part_keys:
        with report_files().open(key) as file:
            yield from csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""))


def delete_parts(report: Report) -> None:
    """Delete what is stored of the parts."""
    for key in report.part_keys:
        report_files().delete(key)
