"""What an admin's list shows, as a file: all rows of the filter, the columns of the list."""

from __future__ import annotations

import csv
import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any

import xlsxwriter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ALL_VAR, PAGE_VAR
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, models
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.common.admin_links import list_address
from portal.common.audit import record
from portal.common.csv_files import BYTE_ORDER_MARK, cell
from portal.messages.formats import dates
from portal.remote import context
from portal.remote.errors import HTTPError
from portal.remote.models import RemoteModel
from portal.remote.untold import settle

FORMAT_VAR = "format"
SEARCH_VAR = "q"
STREAM_SECONDS = 120
Cells = list[Any]


class ExportsList:
    """Gives an admin's list as CSV and XLSX."""

    model: type[models.Model]
    opts: Any
    admin_site: Any

    def get_urls(self) -> list[URLPattern]:
        """Put the export before the page of one thing, whose pattern takes anything."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Send every row that the list's filter and search leave, and record who took it."""
        if not self.has_view_or_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        wanted = request.GET.copy()
        send = FORMATS.get(wanted.pop(FORMAT_VAR, ["csv"])[-1])
        if send is None:
            raise Http404
        request.GET = _whole_list(wanted)  # type: ignore[assignment]
        back = f"{list_address(self.opts)}?{wanted.urlencode()}"
        try:
            listed: Any = self.get_changelist_instance(request)  # type: ignore[attr-defined]
        except IncorrectLookupParameters:
            return redirect(back)
        if getattr(listed, "refusal", ""):
            # The list itself tells why.
            return redirect(back)
        self._record_export(request, wanted)
        columns = [name for name in listed.list_display if name != "action_checkbox"]
        table = Table(self, columns, _rows(listed.queryset))
        return send(table, f"{self.opts.model_name}-{datetime.date.today()}")  # noqa: DTZ011 - a name

    def _record_export(self, request: HttpRequest, wanted: QueryDict) -> None:
        filters: dict[str, Any] = {
            k: v for k, v in wanted.items() if k not in {SEARCH_VAR, "o"}
        }
        if wanted.get(SEARCH_VAR):
            # What was sought may be somebody's number or address.
            filters["search"] = True
        record(
            actor=request.user,
            action="exported",
            model=self.opts.label_lower,
            object_id="",
            object_repr=str(self.opts.verbose_name_plural),
            after=filters,
        )


class Table:
    """A head and rows of plain values: text, numbers, nothing."""

    def __init__(
        self, admin: Any, columns: Sequence[Any], rows: Iterable[models.Model]
    ) -> None:
        self.admin, self.columns, self.rows = admin, columns, rows

    @property
    def head(self) -> Cells:
        """Name the columns as the list does; the key comes first."""
        labels = (
            label_for_field(column, self.admin.model, self.admin)
            for column in self.columns
        )
        names = [str(capfirst(str(label))) for label in labels]
        return names if self._has_key else [_("ID"), *names]

    @property
    def _has_key(self) -> bool:
        return self.admin.model._meta.pk.name in self.columns

    def __iter__(self) -> Iterator[Cells]:
        for obj in self.rows:
            cells = [self._value(column, obj) for column in self.columns]
            yield cells if self._has_key else [str(obj.pk), *cells]

    def _value(self, column: Any, obj: models.Model) -> Any:
        try:
            field, _attribute, value = lookup_field(column, obj, self.admin)
        except ObjectDoesNotExist:
            return None
        named = dict(getattr(field, "flatchoices", None) or ())
        return plain(named.get(value, value) if named else value)


def send_csv(table: Table, name: str) -> HttpResponseBase:
    """Stream a CSV file."""
    response = StreamingHttpResponse(
        _csv_lines(table), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def send_xlsx(table: Table, name: str) -> HttpResponseBase:
    """Write a workbook row by row into a temporary file, then send it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    _write_workbook(table, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


FORMATS: dict[str, Callable[[Any, str], HttpResponseBase]] = {
    "csv": send_csv,
    "xlsx": send_xlsx,
}


class _Line:
    """What ``csv`` writes to: it hands each line on."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(table: Table) -> Iterator[str]:
    writer: Any = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(table.head)
    # The page's own context has ended when the lines are asked for.
    with context.scope(seconds=STREAM_SECONDS):
        try:
            for cells in table:
                yield writer.writerow([cell(value) for value in cells])
        except (HTTPError, DatabaseError):
            told = _(
                "The Notify API stopped answering: the rows after this are missing."
            )
            yield writer.writerow([told])


def _write_workbook(table: Table, file: IO[bytes]) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for number, label in enumerate(table.head):
            sheet.write_string(0, number, label, bold)
        for row, cells in enumerate(table, start=1):
            for number, value in enumerate(cells):
                if isinstance(value, int | float):
                    sheet.write_number(row, number, value)
                elif value is not None:
                    sheet.write_string(row, number, str(value))


def _whole_list(wanted: QueryDict) -> QueryDict:
    """Leave the filter and the search, not the page."""
    kept = wanted.copy()
    for name in (PAGE_VAR, ALL_VAR):
        kept.pop(name, None)
    return kept


def _rows(queryset: Any) -> Iterator[models.Model]:
    is_read = queryset._result_cache is not None
    for row in queryset if is_read else queryset.iterator(chunk_size=500):
        if isinstance(row, RemoteModel):
            settle(row)
        yield row


def plain(value: Any) -> Any:
    """Give a value as a file holds it: text, a number or nothing."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.datetime):
        return dates.iso_second(value)
    if value is None or isinstance(value, int | float):
        return value
    return strip_tags(value) if isinstance(value, SafeString) else str(value)
