"""The table that says which endpoint answers what, made by asking every manager."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models

from portal.remote.asked import FIND, hearing, route_of
from portal.remote.owners import Owned
from portal.remote.paging import PagedQuerySet
from portal.remote.query import RemoteQuerySet
from portal.remote.schema import mirror_models

HEADER = (
    *("Model", "Answered by", "Pushed to the API", "Finished in Python", "Refused"),
    *("Methods of its own", "Written"),
)
TEXT_LOOKUPS = ("iexact", "contains", "icontains", "startswith", "istartswith")
README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- table -->\n", "<!-- end of table -->"
ALL = "every other filter and order"
Filters = dict[str, Any]


@dataclass
class Description:
    """What was found out about one model."""

    model: type[models.Model]
    answered: list[str] = field(default_factory=list)
    pushed: list[str] = field(default_factory=list)
    python: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    @property
    def is_served(self) -> bool:
        """Whether the API has any endpoint for it."""
        return bool(self.answered or self.methods or self.written)

    @property
    def label(self) -> str:
        """The model's name as code."""
        return f"`{self.model._meta.label}`"

    def line(self) -> str:
        """Write it as a row of the table."""
        cells = (
            *(self.answered, self.pushed, self.python),
            *(self.refused, self.methods, self.written),
        )
        return _row(self.label, *("<br>".join(cell) or "–" for cell in cells))


def with_table(text: str) -> str:
    """Replace the table in a text by one of the present."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}{table()}\n{END}{rest.split(END)[1]}"


def table() -> str:
    """Make the table of the models that the API serves, and a line with the others."""
    package = __name__.partition(".")[0]
    mirrored = [m for m in mirror_models() if m.__module__.startswith(f"{package}.")]
    with hearing():
        found = [described(model) for model in mirrored]
    others = ", ".join(one.label for one in found if not one.is_served)
    lines = [
        _row(*HEADER),
        _row(*("---" for _ in HEADER)),
        *(one.line() for one in found if one.is_served),
        "",
        f"No endpoint of the API serves {others}.",
    ]
    return "\n".join(lines)


def described(model: Any) -> Description:
    """Find out about one model by asking its manager."""
    told = Description(model)
    queryset = model._default_manager.all()
    told.methods = [f"`.{name}()`" for name in sorted(_methods(type(queryset)))]
    told.written = list(_written(type(queryset)))
    columns = model._meta.concrete_fields
    values = {f.name: _value(f, number) for number, f in enumerate(columns, 1)}
    base = _least(queryset, values)
    if base is None:
        return told
    route = str(route_of(queryset.filter(**base), values))
    needed = " and ".join(f"`{name}`" for name in base)
    told.answered = [f"by {needed}: `{route}`" if base else f"`{route}`"]
    for name in values:
        if base:
            told.answered += _alone(queryset, base, name, values)
        if name not in base:
            _ask(told, queryset, base, name, values)
    if isinstance(queryset, PagedQuerySet):
        told.answered.append(
            f"pages of {queryset.page_size}, by `{queryset.newest_first}` only"
        )
        told.python, told.refused = [], [ALL]
    return told


def _least(queryset: Any, values: Filters) -> Filters | None:
    """Give the least filters without which there is no answer; None: there is none."""
    owner = queryset.owned_by
    own = {owner: values[owner]} if owner in values else {}
    singles = [{name: value} for name, value in values.items()]
    pairs = [{**own, **single} for single in singles if own]
    looked_up = None
    for filters in ({}, own, *singles, *pairs):
        route = route_of(queryset.filter(**filters), values)
        if route and not route.startswith(FIND):
            return filters
        looked_up = looked_up or (filters if route else None)
    return looked_up


def _alone(queryset: Any, base: Filters, name: str, values: Filters) -> Iterator[str]:
    """Name the ways to ask by one field without the others."""
    column = queryset.model._meta.get_field(name)
    for lookup, asked, value in _lookups(column, values[name]):
        if list(base) == [name] and lookup == "exact":
            continue
        found = route_of(queryset.filter(**{f"{name}__{lookup}": value}), values)
        if found and found.startswith(FIND):
            yield f"by `{asked}`: the `{queryset.owned_by}` is looked up first"
        elif found:
            yield f"by `{asked}`: `{found}`"


def _ask(
    told: Description, queryset: Any, base: Filters, name: str, values: Filters
) -> None:
    """Ask by one field more, with each lookup that may make a difference."""
    column = told.model._meta.get_field(name)
    usual = route_of(queryset.filter(**base), values)
    for lookup, asked, value in _lookups(column, values[name]):
        found = route_of(
            queryset.filter(**base, **{f"{name}__{lookup}": value}), values
        )
        if found is None:
            told.refused.append(f"`{asked}`")
        elif found != usual:
            told.pushed.append(f"`{asked}`: `{found}`")
    told.python = [ALL]


def _lookups(column: Any, value: Any) -> Iterator[tuple[str, str, Any]]:
    """Give lookups, how one writes them in ``filter()``, and a value for each."""
    name = column.name
    if isinstance(column, models.BooleanField):
        yield from (("exact", f"{name}={truth}", truth) for truth in (True, False))
        return
    yield "exact", f"{name}={value}" if value == "active" else name, value
    yield "in", f"{name}__in", [value]
    if column.null:
        yield "isnull", f"{name}__isnull", True
    more: tuple[str, ...] = ()
    if isinstance(column, (models.CharField, models.TextField)) and not column.choices:
        more = TEXT_LOOKUPS
    elif isinstance(column, (models.DateField, models.IntegerField)):
        more = ("gte", "lt")
    yield from ((lookup, f"{name}__{lookup}", value) for lookup in more)


def _value(column: Any, number: int) -> Any:
    """Make a value that is told apart from those of the model's other fields."""
    target = column.target_field if column.is_relation else column
    if column.choices:
        values = [value for value, _label in column.choices]
        return "active" if "active" in values else values[0]
    if isinstance(target, models.UUIDField):
        return uuid.UUID(int=number, version=4)
    if isinstance(target, models.DateTimeField):
        return dt.datetime(2026, 1, number, 12, tzinfo=dt.UTC)
    if isinstance(target, models.DateField):
        return dt.date(2026, 1, number)
    if isinstance(target, models.BooleanField):
        return True
    if isinstance(target, (models.CharField, models.TextField)):
        return f"some-{column.name}"
    return 2000 + number


def _methods(queryset: type) -> set[str]:
    """Name the queries and writes of a domain's own."""
    plain = set(dir(PagedQuerySet)) | set(dir(Owned))
    return {
        name
        for name in dir(queryset)
        if name not in plain
        and not name.startswith(("_", "load_", "send_"))
        and callable(getattr(queryset, name))
    }


def _written(queryset: Any) -> Iterator[str]:
    ways = (("create", "made"), ("update", "changed"), ("delete", queryset.ended_as))
    for hook, done in ways:
        own = getattr(queryset, f"send_{hook}")
        is_own = own is not getattr(RemoteQuerySet, f"send_{hook}")
        if is_own and own.__annotations__["return"] != "NoReturn":
            yield done


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
