"""The admin's list of a mirror model: one call for rows and count, refusals as sentences."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import NotSupportedError
from django.http import HttpRequest
from django.utils.functional import cached_property

from portal.remote.paging import PagedQuerySet
from portal.remote.query import RemoteQuerySet
from portal.remote.untold import settle


class RemotePaginator(Paginator):  # type: ignore[type-arg]
    """Pages of rows that are read once; Django's own counts first and then asks again."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if isinstance(rows, RemoteQuerySet) and not isinstance(rows, PagedQuerySet):
            # Evaluated here, the page is then cut from the rows.
            return len(rows)
        return super().count


class RemoteChangeList(ChangeList):
    """A list that asks the API once, and shows its refusals as messages."""

    refusal = ""
    # Whether the API did not tell how many there are.
    is_open_ended = False

    def get_results(self, request: HttpRequest) -> None:
        try:
            self._read(request)
        except NotSupportedError as refused:
            # What was sought or filtered is more than the API can answer.
            self.refusal = str(refused)
            messages.error(request, self.refusal)
            self.queryset = self.queryset.none()
            super().get_results(request)
        rows: Any = self.queryset
        if rows._result_cache is not None and (self.show_all or not self.multi_page):
            self.result_list = rows._result_cache
        for obj in self.result_list:
            settle(obj)

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        # Django adds the queryset's own, which the admin has ordered so already.
        return list(dict.fromkeys(super().get_ordering(request, queryset)))

    def _read(self, request: HttpRequest) -> None:
        rows: Any = self.queryset
        if not isinstance(rows, PagedQuerySet) or rows.query.is_empty():
            super().get_results(request)
            return
        first = (self.page_num - 1) * self.list_per_page
        page: Any = rows[first : first + self.list_per_page]
        found, total = page.with_total()
        if total is None:
            # The API does not tell; a full page may have another one after it.
            is_full = len(found) == self.list_per_page
            total = first + len(found) + is_full
            self.is_open_ended = is_full
        paginator = self.model_admin.get_paginator(request, rows, self.list_per_page)
        paginator.count = total
        self.result_list, self.result_count, self.paginator = found, total, paginator
        self.full_result_count = None
        self.can_show_all, self.multi_page = False, total > self.list_per_page
        self.show_admin_actions = True
