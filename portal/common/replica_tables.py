"""Tables of the replica that superusers may search and sum up, across all services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connections, models, transaction
from django.db.models import Count, DateField, DateTimeField, Q, Sum
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import TruncDate
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REPLICA = "notify_replica"
DAY = "day"
ROWS = "rows"
# Longer than this nobody looks at an empty page; a file may take as long as the alias lets it.
PAGE_MILLISECONDS = 8_000


def has_replica() -> bool:
    """Whether a replica is configured."""
    return REPLICA in connections.databases


@dataclass(frozen=True)
class ReplicaTable:
    """What can be seen of one table: columns, filters, and what it is summed up by.

    Columns are paths as in ``values()``; ``date`` is the column that a span of days is of.
    """

    slug: str
    title: Any
    model: type[models.Model]
    date: str
    columns: tuple[str, ...]
    search: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    labels: dict[str, Any] = field(default_factory=dict)

    def label(self, path: str) -> str:
        """Name a column for people."""
        known: dict[str, Any] = {
            DAY: gettext_lazy("day"),
            ROWS: gettext_lazy("rows"),
            **self.labels,
        }
        if path in known:
            return str(capfirst(known[path]))
        name = path.removeprefix("sum_")
        first, _sep, rest = name.partition(LOOKUP_SEP)
        shown = first if rest else name
        return str(capfirst(self.model._meta.get_field(shown).verbose_name))  # type: ignore[union-attr]

    def choices(self, name: str) -> Sequence[tuple[Any, Any]]:
        """Give the values that a filter offers."""
        found: Any = self.model._meta.get_field(name)
        return list(found.flatchoices)

    def selected(self, wanted: dict[str, Any]) -> Any:
        """Give the rows of a cleaned form of filters."""
        rows: Any = self.model._default_manager.using(REPLICA)
        day = self._day
        if wanted.get("since"):
            rows = rows.filter(**{f"{day}__gte": wanted["since"]})
        if wanted.get("until"):
            rows = rows.filter(**{f"{day}__lte": wanted["until"]})
        for name in self.filters:
            if value := wanted.get(name):
                rows = rows.filter(**{name: value})
        if term := wanted.get("q"):
            found = Q()
            for path in self.search:
                found |= Q(**{path: term})
            rows = rows.filter(found)
        return rows

    @property
    def _day(self) -> str:
        is_time = isinstance(self.model._meta.get_field(self.date), DateTimeField)
        return f"{self.date}__date" if is_time else self.date

    def listed(self, rows: Any) -> Any:
        """Give the columns of each row, the newest first."""
        return rows.order_by(f"-{self.date}").values_list(*self.columns)

    def summed(self, rows: Any, groups: Sequence[str]) -> tuple[tuple[str, ...], Any]:
        """Give the columns and rows of sums by what is wanted, the biggest first."""
        # The table's own ordering would make a group of each row.
        rows = rows.order_by()
        if DAY in groups:
            is_time = isinstance(self.model._meta.get_field(self.date), DateTimeField)
            day: Any = TruncDate(self.date) if is_time else models.F(self.date)
            rows = rows.annotate(**{DAY: models.ExpressionWrapper(day, DateField())})
        sums = {f"sum_{name}": Sum(name) for name in self.sums}
        found = rows.values(*groups).annotate(**{ROWS: Count("*")}, **sums)
        columns = (*groups, ROWS, *sums)
        order = (f"-{DAY}", f"-{ROWS}") if DAY in groups else (f"-{ROWS}",)
        return columns, found.order_by(*order).values_list(*columns)


TABLES: dict[str, ReplicaTable] = {}


def register(table: ReplicaTable) -> None:
    """Offer a table in the admin where there is a replica."""
    TABLES[table.slug] = table


@contextmanager
def bounded() -> Iterator[None]:
    """Let no query of a page take long."""
    with transaction.atomic(using=REPLICA):
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {PAGE_MILLISECONDS}")
        yield


def group_choices(table: ReplicaTable) -> list[tuple[str, str]]:
    """Give what a table can be summed up by."""
    return [(name, table.label(name)) for name in (*table.groups, DAY)] if table else []


def heading(table: ReplicaTable) -> str:
    """Say where the rows are from."""
    return _("%(table)s, from the replica") % {"table": table.title}
