"""What a query wants of an endpoint, and what the endpoint gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db import NotSupportedError, models

from portal.remote.errors import InvalidResponse

Row = dict[str, Any]
Load = Callable[[str], Mapping[str, Any] | None]


class ScopeRequired(NotSupportedError):
    """The endpoint answers for one owner only, and the query names none."""


@dataclass(frozen=True)
class Plan:
    """What the caller wants; a source may use any part of it to fetch less.

    ``terms`` are the AND-ed comparisons of own columns with constants, as
    ``{(field name, lookup): value}``; ``rest`` describes what else the query asks.
    """

    model: type[models.Model]
    terms: dict[tuple[str, str], Any]
    rest: tuple[str, ...] = ()
    order_by: tuple[str, ...] = ()
    start: int = 0
    stop: int | None = None

    @property
    def exact(self) -> bool:
        """Whether ``terms`` is all that the query asks."""
        return not self.rest

    def equal(self, *names: str) -> dict[str, Any]:
        """Give the values of those fields that must equal a constant."""
        return {n: self.terms[n, "exact"] for n in names if (n, "exact") in self.terms}

    def one_of(self, name: str) -> list[Any] | None:
        """Give the values that a field may have, from ``=`` or ``__in``."""
        if (name, "exact") in self.terms:
            return [self.terms[name, "exact"]]
        found = self.terms.get((name, "in"))
        return None if found is None else list(found)

    def require(self, name: str) -> Any:
        """Give the value of the owner's field, without which the endpoint has no address."""
        if (name, "exact") in self.terms:
            return self.terms[name, "exact"]
        raise ScopeRequired(
            f"The Notify API lists {self.plural} of one {name} only: add .filter({name}=…)."
        )

    def only(self, *understood: str, order: Iterable[str] = ()) -> dict[str, Any]:
        """Give the terms by name, and refuse a query that asks anything else.

        Names are as in ``filter()``: "service", "status__in". An endpoint that
        pages must understand the whole query, or its pages would be wrong.
        """
        given = {
            name if lookup == "exact" else f"{name}__{lookup}": value
            for (name, lookup), value in self.terms.items()
        }
        for name in (*given, *self.rest):
            if name not in understood:
                raise NotSupportedError(
                    f"The Notify API pages through {self.plural} and cannot filter by {name}; "
                    f"it can by {', '.join(understood)}. "
                    'Use .using("notify_replica") where a replica is configured.'
                )
        # The admin adds the key to every ordering, to tell equal rows apart.
        asked = [
            *self.order_by[:1],
            *(o for o in self.order_by[1:] if o not in {"pk", "-pk"}),
        ]
        if len(asked) > 1 or any(name not in order for name in asked):
            raise NotSupportedError(
                f"The Notify API pages through {self.plural} and cannot order by "
                f"{', '.join(asked)}; it can by {', '.join(order) or 'nothing'}."
            )
        return given

    @property
    def plural(self) -> str:
        """The model's name in the plural, for sentences."""
        return str(self.model._meta.verbose_name_plural)


@dataclass(frozen=True)
class Rows:
    """A source's answer, as ``{column: value}`` each.

    ``complete`` promises that filter, order and slice are done; ``total`` is then
    the number of rows without the slice, None when the source cannot tell.
    """

    items: list[Row]
    complete: bool = False
    total: int | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any] | None) -> Rows:
        """Give the one row of a detail endpoint, or none."""
        return cls([cast("Row", row)] if row else [])

    def checked(self) -> Rows:
        """Give the same rows; raises InvalidResponse when they are none."""
        is_list = isinstance(self.items, list)
        if not is_list or not all(isinstance(item, dict) for item in self.items):
            raise InvalidResponse
        return self
