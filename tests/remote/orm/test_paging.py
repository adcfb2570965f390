"""Paged endpoints page, stream, and refuse what they cannot push."""

from __future__ import annotations

from itertools import islice

import pytest
from django.db import NotSupportedError

from portal.remote.paging import Page
from tests.remote.orm.staffing import source
from tests.remote.orm.staffing.models import Shift, ShiftQuerySet


def numbers(queryset):
    return [shift.number for shift in queryset]


def test_a_slice_loads_the_pages_it_touches(calls):
    assert numbers(Shift.objects.all()[20:55]) == list(range(100, 65, -1))
    assert calls == {"page shifts": 3}


def test_a_filter_is_pushed(calls):
    assert numbers(Shift.objects.filter(kind="night")[:3]) == [120, 117, 114]
    assert calls == {"page shifts": 1}


def test_count_asks_for_the_total_only(calls):
    assert Shift.objects.filter(kind="night").count() == 40
    assert calls == {"page shifts": 1}


def test_count_of_an_endpoint_without_totals_is_refused(monkeypatch):
    monkeypatch.setattr(ShiftQuerySet, "load_page", lambda *args, **kwargs: Page([]))

    with pytest.raises(NotSupportedError, match="does not tell how many shifts"):
        Shift.objects.count()


def test_exists_and_first_load_one_page(calls):
    assert Shift.objects.exists()
    assert Shift.objects.first().number == 120
    assert calls == {"page shifts": 2}


def test_all_rows_are_all_pages(calls):
    assert numbers(Shift.objects.all()) == list(range(120, 0, -1))
    assert calls == {"page shifts": 5}


def test_iterator_loads_pages_as_they_are_read(calls):
    shifts = Shift.objects.iterator(chunk_size=10)

    assert numbers(islice(shifts, 30)) == list(range(120, 90, -1))
    assert calls == {"page shifts": 2}


def test_an_offset_without_an_end_starts_on_its_page(calls):
    assert numbers(Shift.objects.all()[110:]) == list(range(10, 0, -1))
    assert calls == {"page shifts": 1}


def test_a_page_after_the_last_is_empty():
    assert numbers(Shift.objects.all()[1000:1010]) == []


def test_one_key_asks_the_detail_endpoint(calls):
    source.stores["shifts"]["7"] = {"number": 7, "kind": "day"}

    assert Shift.objects.get(pk=7).kind == "day"
    assert calls == {"detail shifts": 1}


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Shift.objects.filter(kind__startswith="d"),
        lambda: Shift.objects.filter(kind__in=["day"]),
        lambda: Shift.objects.exclude(kind="day"),
        lambda: Shift.objects.filter(number__gt=3),
        lambda: Shift.objects.filter(kind="day") | Shift.objects.filter(kind="night"),
    ],
)
def test_a_filter_that_cannot_be_pushed_is_refused(refused, calls):
    for ask in (
        list,
        lambda qs: qs.count(),
        lambda qs: qs.exists(),
        lambda qs: list(qs.iterator()),
    ):
        with pytest.raises(
            NotSupportedError,
            match=r"pages through shifts and cannot filter by .*it can by kind",
        ):
            ask(refused())

    assert calls == {}


def test_another_ordering_is_refused():
    with pytest.raises(
        NotSupportedError, match="cannot order by kind; it can by -number"
    ):
        list(Shift.objects.order_by("kind"))
    with pytest.raises(NotSupportedError, match="cannot order by number"):
        list(Shift.objects.reverse())


def test_the_key_as_a_second_ordering_is_no_matter():
    assert numbers(Shift.objects.order_by("-number", "-pk")[:1]) == [120]


def test_a_page_shorter_than_asked_for_is_refused(monkeypatch):
    short = Page([{"number": 1, "kind": "day"}], more=True)
    monkeypatch.setattr(ShiftQuerySet, "load_page", lambda *args, **kwargs: short)

    with pytest.raises(NotSupportedError, match="has 1 rows instead of 25"):
        list(Shift.objects.all()[:3])
