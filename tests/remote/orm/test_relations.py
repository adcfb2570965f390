"""Relations: descriptors, select_related, prefetch_related, deferred columns."""

from __future__ import annotations

import pytest
from django.db import NotSupportedError
from django.db.models import Prefetch

from portal.remote.errors import InvalidResponse
from tests.remote.orm.staffing import source
from tests.remote.orm.staffing.models import Person, Team


def test_a_foreign_key_is_read_once(calls):
    person = Person.objects.get(name="Person 01")
    calls.clear()

    assert person.team.name == "Data"
    assert person.team.live is True
    assert calls == {"detail teams": 1}


@pytest.mark.parametrize("method", ["select_related", "prefetch_related"])
def test_related_objects_are_read_in_bulk(calls, method):
    people = list(getattr(Person.objects, method)("team"))

    assert {person.team.name for person in people} == {"Ops", "Data", "Design"}
    assert calls == {"list people": 1, "detail teams": 3}


def test_many_related_objects_are_read_from_their_list(calls):
    for n in range(20):
        team = {"id": source.key(f"t{n}"), "name": f"Team {n}", "live": True}
        source.stores["teams"][team["id"]] = team
        source.stores["people"][source.key(f"p{n}")]["team"] = team["id"]

    people = list(Person.objects.select_related("team"))

    assert len({person.team.name for person in people}) > 5
    assert calls == {"list people": 1, "list teams": 1}


def test_select_related_without_names_takes_those_that_are_never_empty(calls):
    person = Person.objects.select_related().get(pk=source.key("p1"))
    calls.clear()

    assert person.team.name == "Data"
    assert calls == {}


def test_a_reverse_relation_is_prefetched_in_bulk(calls):
    teams = list(Team.objects.prefetch_related("people"))

    assert [len(team.people.all()) for team in teams] == [8, 8, 9]
    assert calls == {"list teams": 1, "list people": 1}


def test_prefetch_with_a_queryset_and_an_attribute():
    silent = Prefetch("people", Person.objects.filter(email=None), to_attr="silent")

    teams = Team.objects.prefetch_related(silent)

    assert sum(len(team.silent) for team in teams) == 5


def test_a_reverse_manager_filters_and_knows_its_owner(calls):
    team = Team.objects.get(name="Ops")
    calls.clear()

    assert team.people.count() == 9
    assert team.people.all()[0].team is team
    assert calls == {"list people": 2}


def test_a_reverse_manager_creates():
    team = Team.objects.get(name="Ops")

    made = team.people.create(name="Zed")

    assert made.team_id == team.pk
    assert made.pk


def test_a_column_that_the_list_leaves_out_is_loaded_on_first_use(calls):
    person = Person.objects.all()[4]
    calls.clear()

    assert person.get_deferred_fields() == {"notes"}
    assert person.notes == person.notes == "note 4"
    assert calls == {"detail people": 1}


def test_a_change_survives_the_loading_of_another_column():
    person = Person.objects.all()[4]
    person.name = "Changed"

    assert person.notes == "note 4"
    assert person.name == "Changed"
    assert person.changed_fields() == {"name"}


def test_one_call_loads_all_deferred_columns(calls):
    person = Person.objects.only("name").get(pk=source.key("p4"))
    assert person.get_deferred_fields() == {
        "email",
        "team_id",
        "joined",
        "notes",
        "skills",
    }
    calls.clear()

    assert (person.email, person.notes) == ("p4@x.gov.uk", "note 4")
    assert calls == {"detail people": 1}


def test_only_does_not_cost_a_call_per_row_in_filters(calls):
    found = Person.objects.only("name").filter(email="p1@x.gov.uk").order_by("joined")

    assert [p.name for p in found] == ["Person 01"]
    assert calls == {"list people": 1}


def test_defer_leaves_columns_out():
    person = Person.objects.defer("email").get(name="Person 01")

    assert person.get_deferred_fields() == {"email", "notes"}


def test_a_column_that_no_endpoint_shows_is_refused():
    person = Person.objects.get(pk=source.key("p1"))
    del source.stores["people"][source.key("p1")]["notes"]
    del person.notes

    with pytest.raises(NotSupportedError, match="does not show notes of people"):
        _ = person.notes


def test_refresh_reads_again():
    person = Person.objects.get(pk=source.key("p4"))
    person.name = person.email = "x"

    person.refresh_from_db(fields=["email"])
    assert (person.name, person.email) == ("x", "p4@x.gov.uk")
    person.refresh_from_db()
    assert person.name == "Person 04"
    assert person.changed_fields() == set()


def test_keys_that_are_no_columns_are_kept_as_extra():
    assert Person.objects.get(name="Person 07").extra == {"nickname": "P7"}
    assert Person(name="new").extra == {}


def test_a_value_that_the_field_cannot_have_is_an_invalid_answer():
    source.stores["people"][source.key("p1")]["joined"] = "yesterday"

    with pytest.raises(InvalidResponse, match=r"staffing.Person.joined"):
        list(Person.objects.all())


def test_refresh_takes_what_is_beyond_the_columns_too():
    person = Person.objects.get(pk=source.key("p4"))
    source.stores["people"][source.key("p4")]["nickname"] = "Pi"

    person.refresh_from_db()

    assert person.extra == {"nickname": "Pi"}


def test_refresh_forgets_related_objects():
    person = Person.objects.select_related("team").get(pk=source.key("p1"))
    source.stores["people"][source.key("p1")]["team"] = source.key("Ops")

    person.refresh_from_db()

    assert person.team.name == "Ops"
