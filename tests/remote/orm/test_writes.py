"""Writes: one call per object, and only what changed."""

from __future__ import annotations

import uuid

import pytest
from django.db import NotSupportedError, transaction
from django.db.models import F
from django.db.models.signals import post_delete, pre_delete

from portal.remote.errors import Rejected
from tests.remote.orm.staffing import source
from tests.remote.orm.staffing.models import Badge, Person, Shift, Team


@pytest.fixture
def ops():
    return Team.objects.get(name="Ops")


@pytest.fixture
def person():
    return Person.objects.get(pk=source.key("p1"))


def test_create_takes_the_row_as_the_api_made_it(ops):
    person = Person.objects.create(name="New", team=ops)

    assert isinstance(person.pk, uuid.UUID)
    assert person.joined.year == 2025
    assert person._state.adding is False
    assert person.changed_fields() == set()


def test_create_sends_plain_json(ops, monkeypatch):
    sent = []
    monkeypatch.setattr(source, "create", lambda kind, row: sent.append(row) or {})

    Person.objects.create(name="New", team=ops)

    assert sent == [{"name": "New", "team": str(ops.pk), "notes": "", "skills": []}]


def test_save_sends_changed_columns_only(person, calls):
    calls.clear()
    person.name = "Newer"

    person.save()

    assert source.sent == [{"name": "Newer"}]
    assert calls == {"update people": 1}


def test_save_without_a_change_makes_no_call(person, calls):
    calls.clear()

    person.save()

    assert calls == {}


def test_a_list_changed_in_place_is_a_change(person):
    person.skills.append("driving")

    person.save()

    assert source.sent == [{"skills": ["first aid", "driving"]}]


def test_save_with_update_fields_sends_those(person):
    person.name, person.email = "Newer", "e@x"

    person.save(update_fields=["email"])

    assert source.sent == [{"email": "e@x"}]
    assert person.changed_fields() == {"name"}


def test_save_after_loading_a_deferred_column_still_sends_changes_only():
    person = Person.objects.all()[3]
    person.email = "e@x"
    assert person.notes

    person.save()

    assert source.sent == [{"email": "e@x"}]


def test_a_refused_save_raises_what_the_api_said(person):
    person.name = "Taken"

    with pytest.raises(Rejected) as refused:
        person.save()

    assert refused.value.errors == {"name": ["This name is already in use"]}
    assert person.changed_fields() == {"name"}


def test_update_goes_object_by_object(ops, calls):
    calls.clear()

    assert Person.objects.filter(team=ops).update(email="all@x") == 9
    assert calls == {"list people": 1, "update people": 9}


def test_update_takes_objects_for_relations(ops, person):
    Person.objects.filter(pk=person.pk).update(team=ops)

    assert source.sent == [{"team": str(ops.pk)}]


def test_update_of_one_key_reads_it_once(person, calls):
    calls.clear()

    Person.objects.filter(pk=person.pk).update(name="Other")

    assert calls == {"detail people": 1, "update people": 1}


def test_update_by_expressions_is_refused(calls):
    with pytest.raises(NotSupportedError, match="values, not expressions"):
        Person.objects.update(name=F("email"))

    assert calls == {}


def test_a_slice_is_neither_updated_nor_deleted():
    with pytest.raises(TypeError):
        Person.objects.all()[:3].update(name="x")
    with pytest.raises(TypeError):
        Person.objects.all()[:3].delete()


def test_delete_is_one_call_with_its_signals(person, calls):
    heard = []

    def listen(sender, instance, **kwargs):
        heard.append((kwargs["signal"], instance.pk))

    for signal in (pre_delete, post_delete):
        signal.connect(listen, sender=Person)
    calls.clear()

    assert person.delete() == (1, {"staffing.Person": 1})

    for signal in (pre_delete, post_delete):
        signal.disconnect(listen, sender=Person)
    assert calls == {"delete people": 1}
    assert heard == [(pre_delete, person.pk), (post_delete, person.pk)]


def test_deleting_a_queryset_goes_object_by_object(calls):
    deleted = Person.objects.filter(name__startswith="Person 0").delete()

    assert deleted == (10, {"staffing.Person": 10})
    assert calls == {"list people": 1, "delete people": 10}


def test_bulk_create_and_bulk_update(ops):
    made = Person.objects.bulk_create(
        [Person(name="a", team=ops), Person(name="b", team=ops)]
    )
    assert all(person.pk for person in made)

    for person in made:
        person.email = "b@x"
    assert Person.objects.bulk_update(made, ["email"]) == 2
    assert source.sent == [{"email": "b@x"}] * 2


def test_bulk_create_with_conflicts_is_refused(ops):
    with pytest.raises(NotSupportedError, match="create-or-ignore"):
        Person.objects.bulk_create([Person(name="a", team=ops)], ignore_conflicts=True)


def test_get_or_create(ops):
    made, created = Person.objects.get_or_create(name="New", defaults={"team": ops})
    again, created_again = Person.objects.get_or_create(name="New")

    assert (created, created_again) == (True, False)
    assert made == again


def test_update_or_create(ops):
    made, created = Person.objects.update_or_create(
        name="New", defaults={"email": "n@x"}, create_defaults={"team": ops}
    )
    again, created_again = Person.objects.update_or_create(
        name="New", defaults={"email": lambda: "n@x"}
    )

    assert (created, created_again) == (True, False)
    assert (made.email, again.email) == (None, "n@x")
    assert source.sent == [{"email": "n@x"}]


def test_a_model_without_write_endpoints_refuses_with_a_sentence():
    with pytest.raises(
        NotSupportedError, match="no endpoint by which shifts are created"
    ):
        Shift.objects.create(number=1, kind="day")
    shift = Shift.objects.filter(kind="day").first()
    with pytest.raises(NotSupportedError, match="deleted"):
        shift.delete()
    shift.kind = "night"
    with pytest.raises(NotSupportedError, match="changed"):
        shift.save()


def test_a_table_without_an_endpoint_refuses_with_the_alternative():
    with pytest.raises(NotSupportedError, match=r"staffing_badge.*notify_replica"):
        Badge.objects.count()


def test_validation_asks_nothing(person, calls):
    calls.clear()
    person.name = ""

    person.validate_unique()
    person.validate_constraints()

    assert calls == {}


def test_atomic_blocks_are_empty_and_keep_on_commit():
    heard = []
    with transaction.atomic(using="notify_api"):
        transaction.on_commit(lambda: heard.append("commit"), using="notify_api")
        with transaction.atomic(using="notify_api"):
            Team.objects.create(name="Inside")
        assert heard == []

    assert heard == ["commit"]


def test_nothing_is_rolled_back_over_http():
    def fail():
        with transaction.atomic(using="notify_api"):
            Team.objects.create(name="Stays")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert Team.objects.filter(name="Stays").exists()


def test_a_refusal_inside_a_block_poisons_nothing(ops):
    ops.name = "Taken"
    with transaction.atomic(using="notify_api"):
        with pytest.raises(Rejected):
            ops.save()
        assert Team.objects.count() == 3


@pytest.mark.django_db
def test_a_refusal_does_not_poison_the_local_database(ops):
    ops.name = "Taken"
    with transaction.atomic(), transaction.atomic(using="notify_api"):
        with pytest.raises(Rejected):
            ops.save()
        from django.contrib.sessions.models import Session

        assert Session.objects.count() == 0
