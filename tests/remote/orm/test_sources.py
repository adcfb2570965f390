"""One mirror, three sources: the API, a replica, and the aliases between."""

from __future__ import annotations

import datetime as dt
import io
import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import (
    NotSupportedError,
    close_old_connections,
    connection,
    connections,
    models,
    transaction,
)
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.db.models.functions import TruncDate
from django.test import TestCase

from tests.remote.orm.staffing import source
from tests.remote.orm.staffing.models import Badge, Person, Shift, Team


@pytest.mark.postgres
def test_the_same_class_is_answered_by_sql(replica, calls):
    people = Person.objects.using(replica)

    assert people.filter(team__name="Ops").count() == 9
    assert people.annotate(n=Count("name")).aggregate(Count("id")) == {"id__count": 25}
    assert people.select_related("team").get(name="R Person 01").team.name == "Data"
    assert people.filter(Exists(Team.objects.filter(pk=OuterRef("team")))).count() == 25
    assert people.filter(team__in=Team.objects.filter(live=True)).count() == 17
    assert people.union(people).count() == 25
    assert len(list(people.iterator(chunk_size=2))) == 25
    assert people.explain()
    assert list(people.dates("joined", "year")) == [dt.date(2024, 1, 1)]
    assert calls == {}


@pytest.mark.postgres
def test_using_comes_before_annotate(replica):
    with pytest.raises(NotSupportedError):
        Person.objects.annotate(n=Count("name")).using(replica)

    assert Person.objects.order_by("-name").using(replica)[0].name == "R Person 24"


@pytest.mark.postgres
def test_relations_stay_on_the_source_of_their_object(replica, calls):
    person = Person.objects.using(replica).only("name").first()

    assert person.team._state.db == replica
    assert person.team.people.first()._state.db == replica
    assert person.email is None
    assert calls == {}


@pytest.mark.postgres
def test_prefetch_across_sources(replica):
    by_sql = Prefetch("people", Person.objects.using(replica), to_attr="by_sql")

    teams = list(Team.objects.prefetch_related(by_sql))

    assert {person.name[0] for team in teams for person in team.by_sql} == {"R"}
    assert teams[0].by_sql[0].team is teams[0]


@pytest.mark.postgres
def test_objects_of_different_sources_may_be_related(replica):
    person = Person.objects.using(replica).first()

    person.team = Team.objects.first()

    assert person.team._state.db == "notify_api"


@pytest.mark.postgres
def test_a_subquery_of_the_replica_serves_the_api(replica):
    ops = Team.objects.using(replica).filter(name="Ops")

    assert Person.objects.filter(team__in=ops).count() == 9


@pytest.mark.postgres
def test_what_was_read_from_the_replica_is_saved_through_the_api(replica, calls):
    person = Person.objects.using(replica).get(name="R Person 01")
    person.name = "Changed"

    person.save()

    assert source.sent == [{"name": "Changed"}]
    assert person._state.db == "notify_api"
    assert not Person.objects.using(replica).filter(name="Changed").exists()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "write",
    [
        lambda db: Team.objects.using(db).update(name="x"),
        lambda db: Team.objects.using(db).all().delete(),
        lambda db: Team.objects.using(db).create(name="x"),
        lambda db: Team.objects.using(db).bulk_create([Team(name="x")]),
        lambda db: Team.objects.using(db).bulk_update([Team(pk=1)], ["name"]),
        lambda db: Team.objects.using(db).get_or_create(name="nope"),
        lambda db: Team.objects.using(db).update_or_create(name="nope"),
        lambda db: Team.objects.using(db).first().save(using=db),
        lambda db: Team.objects.using(db).first().delete(using=db),
    ],
)
def test_the_replica_is_never_written_to(replica, write):
    with pytest.raises(NotSupportedError, match="read-only"):
        write(replica)


@pytest.mark.postgres
def test_refresh_from_the_replica_moves_the_object_there(replica):
    person = Person.objects.get(name="Person 01")

    person.refresh_from_db(using=replica)

    assert person.name == "R Person 01"
    assert person._state.db == replica


@pytest.mark.postgres
def test_a_composite_key_works_by_sql(replica):
    connections[replica].settings_dict["READ_ONLY"] = False
    person = Person.objects.using(replica).first()
    for version in (1, 2):
        Badge(person=person, version=version, colour="red").save(using=replica)
    badges = Badge.objects.using(replica)

    assert badges.get(pk=(person.pk, 2)).version == 2
    assert badges.filter(pk__in=[(person.pk, 1), (person.pk, 2)]).count() == 2


def test_a_composite_key_works_over_the_api(monkeypatch):
    from portal.remote.query import RemoteQuerySet, Rows

    pk = source.key("p1")
    rows = [{"person_id": pk, "version": v, "colour": f"c{v}"} for v in (1, 2, 3)]
    plans = []
    monkeypatch.setattr(
        RemoteQuerySet, "fetch", lambda self, plan: plans.append(plan) or Rows(rows)
    )

    newest = Badge.objects.filter(person_id=pk).order_by("-version").first()

    assert newest.version == 3
    assert Badge.objects.get(pk=(pk, 2)).colour == "c2"
    assert plans[-1].exact
    assert Badge.objects.filter(pk__in=[(pk, 1), (pk, 2)]).count() == 2
    newest.refresh_from_db()
    assert newest.colour == "c3"


@pytest.mark.postgres
def test_the_replicas_own_column_types_are_read_right(replica):
    with connections[replica].cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "alter table staffing_person alter skills type json using skills::json"
        )
        cursor.execute(
            "update staffing_person set joined = '2025-05-31 23:30', skills = '[\"x\"]'"
        )
    people = Person.objects.using(replica)
    june = dt.date(2025, 6, 1)

    one = people.first()

    assert one.joined == dt.datetime(2025, 5, 31, 23, 30, tzinfo=dt.UTC)
    assert one.skills == ["x"]
    assert people.filter(joined__date=june, joined__hour=0).count() == 25
    assert people.annotate(day=TruncDate("joined")).first().day == june


@pytest.mark.postgres
def test_the_schema_has_indexes_and_statistics(replica):
    with connections[replica].cursor() as cursor:
        cursor.execute(
            "select indexname from pg_indexes where tablename = 'staffing_person'"
        )
        indexes = {name for (name,) in cursor.fetchall()}
        cursor.execute("select stxname from pg_statistic_ext")
        statistics = {name for (name,) in cursor.fetchall()}

    assert "ix_staffing_person_joined_under_a_name_that_is_rather_long" in indexes
    assert "ix_staffing_person_notes_trigrams" in indexes
    assert statistics == {"st_staffing_person_team_joined"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda: connections["notify_api"].cursor(),
        lambda: connections["notify_api"].schema_editor(),
        lambda: models.QuerySet(Team, using="notify_api").count(),
        lambda: models.QuerySet(Team).exists(),
    ],
)
def test_the_api_takes_no_sql(ask):
    with pytest.raises(NotSupportedError, match="takes no SQL"):
        ask()


def test_reads_and_saves_need_no_database_mark():
    team = Team.objects.first()
    team.name = "Renamed"
    team.save()

    assert Team.objects.filter(name="Renamed").exists()


def test_connections_are_closed_as_often_as_one_likes():
    thread = threading.Thread(
        target=lambda: (close_old_connections(), connections.close_all())
    )
    thread.start()
    thread.join()
    connections["notify_api"].close()

    assert connections["notify_api"].is_usable()
    assert Team.objects.count() == 3


@pytest.mark.django_db
def test_migrations_and_dumps_leave_the_mirror_alone(calls):
    out = io.StringIO()
    call_command("dumpdata", "staffing", stdout=out)

    assert out.getvalue().strip() == "[]"
    assert "staffing_person" not in connection.introspection.table_names()
    assert "django_admin_log" not in connection.introspection.table_names()
    assert calls == {}


@pytest.mark.django_db
def test_content_types_exist_for_mirror_models():
    kind = ContentType.objects.get_for_model(Team)

    assert kind.get_object_for_this_type(name="Ops").name == "Ops"


class TestWithDjangosTestCase(TestCase):
    databases = {"default", "notify_api"}

    def test_on_commit_callbacks_are_captured(self):
        with self.captureOnCommitCallbacks(
            using="notify_api", execute=True
        ) as callbacks:
            transaction.on_commit(lambda: None, using="notify_api")

        assert len(callbacks) == 1
        assert Shift.objects.exists()
