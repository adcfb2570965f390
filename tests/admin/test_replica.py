"""Tables of the replica, across all services: a PostgreSQL database that the sandbox built."""

from __future__ import annotations

import csv
import datetime
import io
import uuid

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from portal.common.models import AuditEvent
from portal.common.replica_tables import REPLICA, TABLES
from portal.remote.replica import replica as replica_settings
from tests.remote.conftest import api_database  # noqa: F401 - a fixture
from tests.users.personas import sign_in, staff

MESSAGES = "/admin/replica/notifications/"
NOON = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC)
SERVICES = {"Parking permits": uuid.UUID(int=1), "Library cards": uuid.UUID(int=2)}


@pytest.fixture(scope="module")
def filled(api_database):  # noqa: F811
    """Some rows of two services, without all that they would belong to."""
    with psycopg.connect(api_database, autocommit=True) as database:
        database.execute("SET session_replication_role = replica")
        database.execute("SET timezone = 'UTC'")
        for name, pk in SERVICES.items():
            _insert(
                database,
                "services",
                id=pk,
                name=name,
                normalised_service_name=name,
                email_sender_local_part=name,
                created_at=NOON,
                active=True,
                restricted=False,
                created_by_id=pk,
                prefix_sms=False,
                rate_limit=3000,
                letter_message_limit=1,
                sms_message_limit=1,
                international_sms_message_limit=1,
                email_message_limit=1,
                count_as_live=True,
                has_active_go_live_request=False,
                confirmed_unique=True,
                version=1,
            )
        for number in range(150):
            is_parking = number < 120
            _insert(
                database,
                "notifications",
                id=uuid.uuid4(),
                to=f"07700900{number:03}",
                normalised_to=f"447700900{number:03}",
                service_id=SERVICES[
                    "Parking permits" if is_parking else "Library cards"
                ],
                template_id=uuid.UUID(int=9),
                template_version=1,
                key_type="normal",
                billable_units=2,
                notification_type="sms",
                created_at=NOON + datetime.timedelta(minutes=number),
                notification_status="delivered" if is_parking else "sending",
                international=False,
            )
    return api_database


def _insert(database, table, **values):
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(sql.Placeholder() * len(values)),
    )
    database.execute(statement, list(values.values()))


@pytest.fixture
def replica(pat, filled, django_db_blocker):
    """That database as the portal's replica."""
    chosen = connections.configure_settings({"default": replica_settings(filled)})
    connections.databases[REPLICA] = chosen["default"]
    with django_db_blocker.unblock():
        yield
        connections[REPLICA].close()
        connections[REPLICA].close_pool()
    del connections[REPLICA], connections.databases[REPLICA]


def rows(page):
    return list(page.context["sheet"])


def lines(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_without_a_replica_there_is_nothing(pat):
    assert pat.get(MESSAGES).status_code == 404
    assert b"From the replica" not in pat.get("/admin/").content


def test_the_first_page_names_its_tables(pat, replica):
    page = pat.get("/admin/").content.decode()

    for slug in TABLES:
        assert f'href="/admin/replica/{slug}/"' in page


@pytest.mark.parametrize("slug", TABLES)
def test_every_table_is_listed_and_summed_up(pat, replica, asked, slug):
    table = TABLES[slug]
    groups = "&".join(f"group={name}" for name in (*table.groups, "day"))

    page = pat.get(f"/admin/replica/{slug}/")
    summed = pat.get(f"/admin/replica/{slug}/?{groups}")
    searched = pat.get(
        f"/admin/replica/{slug}/?q=park&since=01/07/2026&until=02/07/2026"
    )

    assert b"From the replica, across all services, as of" in page.content
    for one in (page, summed, searched):
        assert one.status_code == 200, one.content
    assert asked() == []


def test_rows_are_of_all_services_the_newest_first_page_by_page(pat, replica):
    first = rows(pat.get(MESSAGES))
    second = rows(pat.get(f"{MESSAGES}?p=2"))

    assert (len(first), len(second)) == (100, 50)
    assert {row[1] for row in first} == set(SERVICES)
    assert first[0][:4] == [
        "2026-07-01 15:29:00",
        "Library cards",
        "Text message",
        "Sending",
    ]


def test_rows_are_filtered_by_state_and_day(pat, replica):
    sending = rows(pat.get(f"{MESSAGES}?status=sending"))
    assert len(sending) == 30
    assert rows(pat.get(f"{MESSAGES}?until=30/06/2026")) == []
    assert len(rows(pat.get(f"{MESSAGES}?since=01/07/2026&status=sending"))) == 30


def test_rows_are_summed_up(pat, replica):
    page = pat.get(f"{MESSAGES}?group=service__name&group=status&group=day")

    assert page.context["sheet"].head[:3] == ["Service", "State", "Day"]
    assert rows(page) == [
        ["Parking permits", "Delivered", "2026-07-01", 120, 240],
        ["Library cards", "Sending", "2026-07-01", 30, 60],
    ]


def test_recipients_are_hidden_until_asked_for_and_found_all_the_same(pat, replica):
    search = f"{MESSAGES}?q=900123"
    assert [row[4] for row in rows(pat.get(search))] == ["•••123"]

    assert (
        pat.post("/admin/replica/notifications/reveal/?q=900123")["Location"] == search
    )
    assert [row[4] for row in rows(pat.get(search))] == ["07700900123"]
    event = AuditEvent.objects.get()
    assert (event.action, event.after) == ("revealed", {"fields": ["to"]})


def test_rows_are_a_file(pat, replica):
    response = pat.get(f"{MESSAGES}export/?status=sending&q=0077&format=csv")

    head, *found = lines(response)
    assert head[1] == "Service"
    assert found == []
    event = AuditEvent.objects.get()
    assert event.action == "exported"
    assert event.after == {"status": "sending", "search": True}
    found = lines(pat.get(f"{MESSAGES}export/?format=csv"))
    assert len(found) == 151
    assert {line[4][:3] for line in found[1:]} == {"•••"}


def test_what_is_no_date_is_told_at_its_field(pat, replica):
    page = pat.get(f"{MESSAGES}?since=yesterday")

    assert page.status_code == 200
    assert b"Enter a valid date." in page.content


def test_a_replica_that_is_away_is_told(pat, replica):
    connections[REPLICA].close()
    connections[REPLICA].close_pool()
    connections.databases[REPLICA]["PORT"] = "1"

    page = pat.get(MESSAGES)

    assert page.status_code == 503
    assert b"The replica does not answer, or not in time." in page.content


def test_staff_are_refused(client, api, db):
    sign_in(client, staff("manage_service"), api)

    assert client.get(MESSAGES, follow=True).status_code == 403
