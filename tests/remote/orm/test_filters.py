"""Filters: lookups, Q, NULLs, relations, sub-queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import NotSupportedError
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from tests.remote.orm.staffing import source
from tests.remote.orm.staffing.models import Person, Team

JUNE = dt.datetime(2024, 6, 1, 10, tzinfo=dt.UTC)
LOOKUPS = [
    ({"name": "Person 03"}, 1),
    ({"name__exact": "Person 03"}, 1),
    ({"name__iexact": "person 03"}, 1),
    ({"name__contains": "n 1"}, 10),
    ({"name__icontains": "PERSON 1"}, 10),
    ({"name__startswith": "Person 2"}, 5),
    ({"name__istartswith": "person 2"}, 5),
    ({"name__endswith": "4"}, 3),
    ({"email__iendswith": "X.GOV.UK"}, 20),
    ({"joined__gt": JUNE}, 12),
    ({"joined__gte": JUNE}, 14),
    ({"joined__lt": JUNE}, 11),
    ({"joined__lte": JUNE}, 13),
    ({"joined__range": (JUNE, JUNE + dt.timedelta(days=31))}, 4),
    ({"name__in": ["Person 03", "Person 04", "nobody"]}, 2),
    ({"email__isnull": True}, 5),
    ({"email": None}, 5),
    ({"name__regex": r"^Person \d2$"}, 3),
    ({"name__iregex": r"^person \d2$"}, 3),
    ({"joined__date": dt.date(2024, 6, 1)}, 2),
    ({"joined__year": 2024, "joined__month": 3}, 2),
    ({"joined__day": 1, "joined__month__gte": 12}, 2),
    ({"joined__hour": 11, "joined__month": 6}, 2),  # ten in UTC, eleven in London
    ({"skills": ["first aid"]}, 12),
]


@pytest.mark.parametrize(("lookup", "found"), LOOKUPS, ids=str)
def test_a_lookup_finds_what_sql_would(lookup, found):
    assert Person.objects.filter(**lookup).count() == found


def test_a_year_is_that_of_the_current_time_zone():
    person = Person.objects.get(name="Person 00")
    source.stores["people"][str(person.pk)]["joined"] = "2024-12-31T23:30:00.000000Z"

    with timezone.override("Asia/Tokyo"):
        assert Person.objects.filter(joined__year=2025).get() == person


def test_exclude_keeps_rows_without_a_value():
    assert Person.objects.exclude(email="p1@x.gov.uk").count() == 24
    assert Person.objects.filter(~Q(email__contains="p1")).count() == 16


def test_a_comparison_with_null_is_neither_true_nor_false():
    assert Person.objects.filter(email__gt=F("email")).count() == 0
    assert Person.objects.filter(~Q(email__gt=F("email"))).count() == 25
    assert Person.objects.filter(Q(email__gt="") ^ Q(name="nobody")).count() == 20


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Q(name="Person 01") | Q(name="Person 02"), 2),
        (Q(name="Person 01") | Q(email=None), 6),
        (Q(name__startswith="Person 0") & ~Q(email=None), 8),
        (Q(name__startswith="Person 0") ^ Q(name__endswith="1"), 11),
        (~(Q(name="Person 01") | Q(name="Person 02")), 23),
    ],
    ids=str,
)
def test_q_objects_combine(condition, found):
    assert Person.objects.filter(condition).count() == found


def test_querysets_combine_by_or_and_and():
    one, two = (Person.objects.filter(name=f"Person 0{n}") for n in (1, 2))

    assert (one | two).count() == 2
    assert (one & two).count() == 0


def test_a_field_compares_with_another_field():
    assert Person.objects.filter(email=F("email")).count() == 20


def test_a_filter_across_a_relation_reads_the_other_list_once(calls):
    assert Person.objects.filter(team__name="Ops").count() == 9
    assert Person.objects.filter(team__live=False).count() == 8
    assert sum(calls.values()) <= 2 * (1 + 3)


def test_a_filter_by_an_object_is_pushed_to_the_endpoint(calls):
    ops = Team.objects.get(name="Ops")
    calls.clear()

    assert Person.objects.filter(team=ops).count() == 9
    assert Person.objects.filter(team__id=ops.pk).count() == 9
    assert calls == {"list people": 2}


def test_a_subquery_is_evaluated_once(calls):
    live = Team.objects.filter(live=True)

    assert Person.objects.filter(team__in=live).count() == 17
    assert calls == {"list people": 1, "list teams": 1}


def test_a_subquery_of_one_row_is_a_value():
    ops = Team.objects.filter(name="Ops").values("pk")[:1]

    assert Person.objects.filter(team=ops).count() == 9


def test_filtering_across_a_reverse_relation_is_refused():
    with pytest.raises(
        NotSupportedError, match="reverse relation 'person'|'people'|team"
    ):
        list(Team.objects.filter(people__name="Person 01"))


def test_a_reverse_relation_is_refused_even_when_nothing_was_found():
    source.stores["teams"].clear()

    with pytest.raises(NotSupportedError, match="pk__in"):
        list(Team.objects.filter(people__name="Person 01"))


def test_nothing_is_asked_for_when_nothing_can_be_found(calls):
    assert list(Person.objects.none()) == []
    assert Person.objects.none().count() == 0
    assert Person.objects.filter(pk__in=[]).exists() is False
    assert Person.objects.filter(team__in=[]).count() == 0
    assert calls == {}


def test_one_key_asks_the_detail_endpoint(calls):
    assert Person.objects.get(pk=source.key("p3")).name == "Person 03"
    assert calls == {"detail people": 1}


def test_a_few_keys_ask_details_and_many_ask_the_list(calls):
    keys = [source.key(f"p{n}") for n in range(12)]

    assert len(Person.objects.filter(pk__in=keys[:3])) == 3
    assert calls == {"detail people": 3}
    assert len(Person.objects.filter(pk__in=keys)) == 12
    assert calls == {"detail people": 3, "list people": 1}


def test_an_unknown_key_among_others_is_left_out():
    keys = [source.key("p1"), source.key("nobody")]

    assert [p.name for p in Person.objects.filter(pk__in=keys)] == ["Person 01"]


def test_not_found_is_does_not_exist():
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get(pk=source.key("nobody"))


def test_the_other_filters_of_a_key_still_hold():
    assert not Person.objects.filter(pk=source.key("p3"), name="other").exists()


def test_a_filter_on_a_column_that_the_list_leaves_out_reads_the_details(calls):
    assert Person.objects.get(notes="note 7").name == "Person 07"
    assert calls == {"list people": 1, "detail people": 25}


def test_too_many_details_are_refused():
    for n in range(100):
        row = dict(source.stores["people"][source.key("p0")], id=source.key(f"q{n}"))
        source.stores["people"][row["id"]] = row

    with pytest.raises(NotSupportedError, match="narrow the query first"):
        Person.objects.get(notes="note 7")


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Person.objects.filter(skills__contains=["first aid"]),
        lambda: Person.objects.filter(skills__0="first aid"),
        lambda: Person.objects.filter(joined__week_day=2),
        lambda: Person.objects.filter(name=Lower("name")),
    ],
)
def test_a_lookup_that_cannot_be_computed_is_refused(refused):
    with pytest.raises(NotSupportedError):
        list(refused())


def test_filtering_by_an_annotation_is_refused():
    with pytest.raises(NotSupportedError, match="annotate"):
        Team.objects.alias(n=Count("people")).filter(n=1)
