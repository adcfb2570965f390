"""Endpoints that give their rows page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, ClassVar, TypeVar

from django.db import NotSupportedError
from django.db.models import Model

from portal.remote.errors import NotFound
from portal.remote.parallel import together
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page:
    """One page of an endpoint; ``more`` tells whether another one follows."""

    items: list[Row]
    more: bool = False
    total: int | None = None


class PagedQuerySet(RemoteQuerySet[M]):
    """A QuerySet over an endpoint with pages, which must understand the whole query.

    A domain declares what the endpoint understands and loads one page; a query
    that asks anything else is refused, as its pages would be wrong.
    """

    page_size: ClassVar[int] = 50
    # Filters as in filter(): "service", "status__in"; and the only ordering.
    understood: ClassVar[tuple[str, ...]] = ()
    newest_first: ClassVar[str] = "-created_at"

    def load_page(self, terms: dict[str, Any], number: int, *, counted: bool) -> Page:
        """Load one page, the first being 1; with its total if ``counted``."""
        raise NotImplementedError

    def load_total(self, terms: dict[str, Any]) -> int | None:
        """Load how many rows there are in all; None when the API does not tell."""
        return self._page(terms, 1, counted=True).total

    def load_one(self, plan: Plan) -> Rows | None:
        """Answer a query for one key from a detail endpoint; None: from the pages."""
        return None

    def fetch(self, plan: Plan) -> Rows:
        """Load the pages that the slice touches."""
        if (one := self.load_one(plan)) is not None:
            return one
        terms = plan.only(*self.understood, order=(self.newest_first,))
        if plan.stop == 0:
            return Rows([], True, self.load_total(terms))
        if plan.stop is None:
            rows = self._pages(terms, 1 + plan.start // self.page_size)
            return Rows(list(islice(rows, plan.start % self.page_size, None)), True)
        return self._slice(terms, plan.start, plan.stop)

    def stream(self, plan: Plan) -> Iterator[Row] | None:
        """Load page after page, as far as the caller reads."""
        if plan.stop is not None or plan.one_of(self.model._meta.pk.name) is not None:
            return None
        terms = plan.only(*self.understood, order=(self.newest_first,))
        rows = self._pages(terms, 1 + plan.start // self.page_size)
        return islice(rows, plan.start % self.page_size, None)

    def with_total(self) -> tuple[list[M], int | None]:
        """Give the objects of this slice and how many there are without it, in one reading.

        None where the API does not tell how many.
        """
        plan = self._plan()
        knows_apart = type(self).load_total is not PagedQuerySet.load_total
        count = partial(self._rows, replace(plan, start=0, stop=0))
        rows, *counted = together(
            partial(self._rows, plan), *([count] if knows_apart else [])
        )
        objects = self._objects(rows)
        self._select_related(objects)
        return objects, counted[0].total if counted else rows.total

    def _slice(self, terms: dict[str, Any], start: int, stop: int) -> Rows:
        size = self.page_size
        first, last = start // size, (stop - 1) // size
        pages = together(
            *(
                partial(self._page, terms, number + 1, counted=number == first)
                for number in range(first, last + 1)
            )
        )
        items = [row for page in pages for row in page.items]
        return Rows(
            items[start - first * size : stop - first * size], True, pages[0].total
        )

    def _pages(self, terms: dict[str, Any], number: int) -> Iterator[Row]:
        more = True
        while more:
            page = self._page(terms, number, counted=False)
            yield from page.items
            more, number = page.more, number + 1

    def _page(self, terms: dict[str, Any], number: int, *, counted: bool) -> Page:
        try:
            page = self.load_page(terms, number, counted=counted)
        except NotFound:
            # The API's answer to a page after the last.
            if number == 1:
                raise
            return Page([])
        if page.more and len(page.items) != self.page_size:
            raise NotSupportedError(
                f"A page of {self.model._meta.verbose_name_plural} has {len(page.items)} rows "
                f"instead of {self.page_size}, so later pages cannot be found."
            )
        return page
