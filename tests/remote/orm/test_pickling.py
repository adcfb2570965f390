"""Objects and querysets survive pickling and copying."""

from __future__ import annotations

import copy
import pickle

from tests.remote.orm.staffing.models import Person


def again_of(pickled):
    return pickle.loads(pickled)  # noqa: S301 - pickled three lines above


def test_objects_keep_what_was_loaded_and_their_extra():
    people = list(Person.objects.all()[:2])

    again = again_of(pickle.dumps(people))

    assert again == people
    assert again[0].changed_fields() == set()
    assert again[0].extra == {"nickname": "P0"}
    assert again[0].get_deferred_fields() == {"notes"}


def test_a_queryset_keeps_its_alias_and_rows(calls):
    again = again_of(
        pickle.dumps(Person.objects.using("notify_api").filter(email=None))
    )
    calls.clear()

    assert again.db == "notify_api"
    assert len(again) == 5
    assert calls == {}


def test_a_query_can_be_pickled():
    people = Person.objects.filter(name="Person 01")
    other = Person.objects.all()

    other.query = again_of(pickle.dumps(people.query))

    assert other.get().name == "Person 01"


def test_a_copied_queryset_asks_for_itself(calls):
    again = copy.deepcopy(Person.objects.filter(email=None))

    assert len(again) == 5
    assert calls == {"list people": 1}
