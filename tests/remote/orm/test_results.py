"""Ordering, slices, single objects, values, aggregates."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.db import NotSupportedError
from django.db.models import Avg, Count, F, Max, Min, Q, Sum
from django.db.models.functions import Length

from tests.remote.orm.staffing import source
from tests.remote.orm.staffing.models import Person, Shift, Team


def names(queryset):
    return [obj.name for obj in queryset]


def test_the_models_own_ordering_is_the_default():
    assert names(Person.objects.all()[:2]) == ["Person 00", "Person 01"]


def test_ordering_by_several_keys_and_directions():
    ordered = Person.objects.order_by("team__name", "-name")

    assert names(ordered[:2]) == ["Person 22", "Person 19"]


def test_ordering_by_a_relation_uses_its_own_ordering():
    assert names(Person.objects.order_by("team", "name")[:1]) == ["Person 01"]
    assert names(Person.objects.order_by("-team", "name")[:1]) == ["Person 00"]


def test_nulls_count_as_largest_as_in_postgresql():
    assert Person.objects.order_by("email").last().email is None
    assert Person.objects.order_by("-email").first().email is None


def test_nulls_go_where_they_are_told():
    assert Person.objects.order_by(F("email").asc(nulls_first=True))[0].email is None
    assert Person.objects.order_by(F("email").desc(nulls_last=True))[0].email


def test_reverse_turns_the_ordering():
    assert names(Person.objects.order_by("name").reverse()[:1]) == ["Person 24"]


def test_case_does_not_decide_the_ordering():
    source.stores["teams"][source.key("Ops")]["name"] = "ops"

    assert names(Team.objects.order_by("name")) == ["Data", "Design", "ops"]


@pytest.mark.parametrize("key", [Length("name"), "?", Length("name").desc()], ids=str)
def test_ordering_by_an_expression_is_refused(key):
    with pytest.raises(NotSupportedError, match="order by"):
        list(Person.objects.order_by(key))


def test_ordering_by_an_unknown_field_is_an_error():
    with pytest.raises(FieldError):
        list(Person.objects.order_by("height"))


def test_slices_are_cut_after_filter_and_order():
    assert names(Person.objects.filter(email=None)[1:3]) == ["Person 05", "Person 10"]
    assert Person.objects.all()[3].name == "Person 03"
    assert names(Person.objects.all()[2:10][1:3]) == ["Person 03", "Person 04"]


def test_count_and_exists_cost_one_call_each(calls):
    assert Person.objects.count() == 25
    assert Person.objects.exists() is True
    assert Person.objects.filter(name="nobody").exists() is False
    assert calls == {"list people": 3}


def test_count_of_a_slice_counts_the_slice():
    assert Person.objects.all()[20:30].count() == 5


def test_a_queryset_asks_once(calls):
    people = Person.objects.all()

    assert len(people) == people.count() == 25
    assert people.exists()
    assert people[0].name == "Person 00"
    assert calls == {"list people": 1}


def test_a_new_queryset_asks_again(calls):
    list(Person.objects.all())
    list(Person.objects.all())

    assert calls == {"list people": 2}


def test_get_first_last_and_latest():
    assert Person.objects.get(name="Person 01").name == "Person 01"
    assert Person.objects.first().name == "Person 00"
    assert Person.objects.last().name == "Person 24"
    assert Person.objects.latest("joined").joined.month == 12
    assert Person.objects.earliest("joined").joined.month == 1
    assert Person.objects.filter(name="nobody").first() is None


def test_get_refuses_more_than_one():
    with pytest.raises(Person.MultipleObjectsReturned):
        Person.objects.get(team__name="Ops")


def test_in_bulk_and_contains():
    person = Person.objects.first()

    assert Person.objects.in_bulk([person.pk]) == {person.pk: person}
    assert Team.objects.in_bulk(["Ops"], field_name="name")["Ops"].live is True
    assert Person.objects.contains(person)


def test_iterator_gives_all_in_order():
    assert names(Person.objects.iterator())[-1] == "Person 24"


def test_iterator_prefetches_by_chunk(calls):
    people = Person.objects.prefetch_related("team").iterator(chunk_size=25)

    assert {person.team.name for person in people} == {"Ops", "Data", "Design"}
    assert calls == {"list people": 1, "detail teams": 3}


def test_values_and_values_list():
    one = Person.objects.filter(name="Person 01")

    assert list(one.values("name", "team__name")) == [
        {"name": "Person 01", "team__name": "Data"}
    ]
    assert list(one.values_list("name", "email")) == [("Person 01", "p1@x.gov.uk")]
    assert list(one.values_list("name", flat=True)) == ["Person 01"]
    assert one.values_list("name", named=True)[0].name == "Person 01"
    assert one.values("team")[0]["team"] == Team.objects.get(name="Data").pk
    assert one.values_list("pk", flat=True)[0] == one[0].pk
    assert set(one.values()[0]) == {
        "id", "name", "email", "team_id", "joined", "notes", "skills",
    }  # fmt: skip


def test_values_of_a_column_that_the_list_leaves_out_read_the_details(calls):
    notes = Person.objects.values_list("notes", flat=True)

    assert sorted(notes)[:2] == ["note 0", "note 1"]
    assert calls == {"list people": 1, "detail people": 25}


def test_distinct_values_are_cut_afterwards():
    teams = Person.objects.order_by("team__name").values_list("team__name", flat=True)

    assert list(teams.distinct()) == ["Data", "Design", "Ops"]
    assert list(teams.distinct()[1:]) == ["Design", "Ops"]
    assert teams.distinct().count() == 3


def test_distinct_objects_are_told_apart_by_key():
    assert Person.objects.distinct().count() == 25


def test_distinct_on_fields_is_refused():
    with pytest.raises(NotSupportedError, match="distinct"):
        list(Person.objects.order_by("email").distinct("email").values("email"))
    with pytest.raises(NotSupportedError, match="distinct"):
        list(Person.objects.order_by("email").distinct("email"))


def test_aggregates_of_plain_fields():
    assert Person.objects.aggregate(Count("id"), last=Max("name")) == {
        "id__count": 25,
        "last": "Person 24",
    }
    assert Person.objects.aggregate(n=Count("*"), few=Count("team", distinct=True)) == {
        "n": 25,
        "few": 3,
    }
    assert Person.objects.aggregate(Count("email"), Min("joined"))["email__count"] == 20
    assert Person.objects.none().aggregate(Max("name")) == {"name__max": None}
    assert Shift.objects.filter(kind="night").aggregate(Sum("number")) == {
        "number__sum": sum(range(3, 121, 3))
    }


@pytest.mark.parametrize(
    "aggregate",
    [Avg("joined"), Count(Length("name")), Count("id", filter=Q(email=None))],
    ids=str,
)
def test_other_aggregates_are_refused(aggregate):
    with pytest.raises(NotSupportedError, match="Count, Min, Max and Sum"):
        Person.objects.aggregate(x=aggregate)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Team.objects.annotate(n=Count("people")),
        lambda: Team.objects.alias(n=Count("people")),
        lambda: Person.objects.values("team").annotate(n=Count("id")),
        lambda: Person.objects.values(upper=Length("name")),
        lambda: Person.objects.union(Person.objects.all()),
        lambda: Person.objects.intersection(Person.objects.all()),
        lambda: Person.objects.difference(Person.objects.all()),
        lambda: Person.objects.extra(where=["1=1"]),
        lambda: Person.objects.raw("select 1"),
        lambda: Person.objects.select_for_update(),
        lambda: Person.objects.explain(),
        lambda: Person.objects.dates("joined", "month"),
        lambda: Person.objects.datetimes("joined", "month"),
    ],
)
def test_what_no_endpoint_can_answer_is_refused_when_called(refused):
    with pytest.raises(NotSupportedError, match="cannot answer .* notify_replica|put"):
        refused()
