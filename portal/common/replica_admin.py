"""The superusers' pages of the replica: any service's rows, searched, summed up, exported."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.admin_columns import mask
from portal.common.admin_export import FORMATS, plain
from portal.common.admin_masks import REVEALED, SECONDS
from portal.common.audit import record
from portal.common.replica_tables import (
    TABLES,
    ReplicaTable,
    bounded,
    group_choices,
    has_replica,
    heading,
)

PER_PAGE = 100


class ReplicaForm(forms.Form):
    """What is sought in a table of the replica."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=AdminDateWidget
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=AdminDateWidget
    )
    group = forms.MultipleChoiceField(
        label=gettext_lazy("Sum up by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, table: ReplicaTable, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in table.filters:
            self.fields[name] = forms.ChoiceField(
                label=table.label(name),
                choices=[("", _("All")), *table.choices(name)],
                required=False,
            )
        self.fields["group"].choices = group_choices(table)  # type: ignore[attr-defined]
        if not table.search:
            del self.fields["q"]
        self.order_fields(["q", "since", "until", *table.filters, "group"])


class Sheet:
    """Columns and rows as they are shown: names for codes, hidden personal data."""

    def __init__(
        self,
        table: ReplicaTable,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        *,
        is_masked: bool,
    ) -> None:
        self.head = [table.label(name) for name in columns]
        self.rows = rows
        self.hidden = {
            at for at, name in enumerate(columns) if is_masked and name in table.masked
        }
        fields = {one.name: one for one in table.model._meta.concrete_fields}
        self.names = [
            dict(getattr(fields.get(name), "flatchoices", None) or ())
            for name in columns
        ]

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self.rows:
            yield [self._shown(at, value) for at, value in enumerate(row)]

    def _shown(self, at: int, value: Any) -> Any:
        if at in self.hidden:
            return mask(value)
        return plain(self.names[at].get(value, value))


def urls(site: Any) -> list[URLPattern]:
    """Give the addresses; there is nothing at them without a replica."""
    return [
        path(
            f"replica/<slug:slug>/{end}",
            site.admin_view(lambda request, slug, view=view: view(site, request, slug)),
            name=name,
        )
        for end, view, name in (
            ("", table_view, "replica_table"),
            ("export/", export_view, "replica_export"),
            ("reveal/", reveal_view, "replica_reveal"),
        )
    ]


def table_view(site: Any, request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of rows or sums."""
    table = _table(slug)
    form = ReplicaForm(table, request.GET)
    page = max(
        1, int(number) if (number := request.GET.get("p", "")).isdecimal() else 1
    )
    found: dict[str, Any] = {}
    status = 200
    if form.is_valid():
        try:
            found = _page(table, form.cleaned_data, page, _is_masked(request, table))
        except DatabaseError:
            # Down, or the query takes longer than a page may.
            found, status = {"is_away": True}, 503
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        **site.each_context(request),
        **found,
        "title": heading(table),
        "table": table,
        "form": form,
        "media": form.media,
        "page": page,
        "query": query.urlencode(),
        "now": now(),
        "can_be_revealed": bool(table.masked),
        "is_masked": _is_masked(request, table),
    }
    return render(request, "admin/portal/replica.html", context, status=status)


def export_view(site: Any, request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send all rows or sums of the filter as a file, and record who took them."""
    table = _table(slug)
    form = ReplicaForm(table, request.GET)
    send = FORMATS.get(request.GET.get("format", "csv"))
    if send is None or not form.is_valid():
        raise Http404
    wanted = form.cleaned_data
    kept = {name: value for name, value in wanted.items() if value and name != "q"}
    if wanted.get("q"):
        # What was sought may be somebody's number or address.
        kept["search"] = True
    _record(request, "exported", table, kept)
    columns, rows = _rows(table, wanted)
    sheet = Sheet(
        table,
        columns,
        rows.iterator(chunk_size=1000),
        is_masked=_is_masked(request, table),
    )
    return send(sheet, f"replica-{table.slug}")


def reveal_view(site: Any, request: HttpRequest, slug: str) -> HttpResponse:
    """Show the hidden columns of a table to this person for five minutes."""
    table = _table(slug)
    if request.method == "POST":
        shown_until = dict(request.session.get(REVEALED, {}))
        shown_until[_key(table)] = time.time() + SECONDS
        request.session[REVEALED] = shown_until
        _record(request, "revealed", table, {"fields": list(table.masked)})
    query = request.GET.urlencode()
    return redirect(f"{reverse('admin:replica_table', args=[slug])}?{query}")


def _page(
    table: ReplicaTable, wanted: dict[str, Any], page: int, is_masked: bool
) -> dict[str, Any]:
    columns, rows = _rows(table, wanted)
    first = (page - 1) * PER_PAGE
    with bounded():
        # One more tells whether there is a next page; a count could take minutes.
        found = list(rows[first : first + PER_PAGE + 1])
    sheet = Sheet(table, columns, found[:PER_PAGE], is_masked=is_masked)
    return {"sheet": sheet, "has_next": len(found) > PER_PAGE, "has_rows": bool(found)}


def _rows(table: ReplicaTable, wanted: dict[str, Any]) -> tuple[Sequence[str], Any]:
    rows = table.selected(wanted)
    if groups := wanted.get("group"):
        return table.summed(rows, groups)
    return table.columns, table.listed(rows)


def _table(slug: str) -> ReplicaTable:
    if not has_replica() or slug not in TABLES:
        raise Http404
    return TABLES[slug]


def _key(table: ReplicaTable) -> str:
    return f"replica.{table.slug}"


def _is_masked(request: HttpRequest, table: ReplicaTable) -> bool:
    until = request.session.get(REVEALED, {}).get(_key(table), 0)
    return bool(table.masked) and time.time() > until


def _record(
    request: HttpRequest, action: str, table: ReplicaTable, after: dict[str, Any]
) -> None:
    record(
        actor=request.user,
        action=action,
        model=table.model._meta.label_lower,
        object_id="",
        object_repr=heading(table),
        after=after,
    )
