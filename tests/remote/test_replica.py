"""The whole mirror on a read replica: a real PostgreSQL, connected to as NOTIFY_REPLICA_URL says."""

from __future__ import annotations

import datetime as dt
import logging
import pickle
import uuid

import pytest
from django.db import InternalError, NotSupportedError, connections
from django.db.models import Count
from environ import Env

from portal.api_keys.models import ApiKey, ApiKeyHistory
from portal.notifications.models import Notification, NotificationAllTimeView
from portal.remote.fields import OPAQUE
from portal.remote.replica import replica
from portal.remote.schema import mirror_models
from portal.services.models import Service, ServiceCallbackApi
from portal.users.models import User

pytestmark = pytest.mark.postgres

MODELS = [
    model
    for model in mirror_models()
    if model._meta.app_label not in {"sandbox", "staffing"}
]
SECRETS = ("the-secret-of-a-key", "what-was-filled-in", "the-token-of-a-callback")
NOON = dt.datetime(2031, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def filled_database(api_database, django_db_blocker):
    """The database with a key of two versions, a callback and a message in it."""
    config = dict(Env.db_url_config(api_database))
    config["ENGINE"] = "portal.remote.backends.notify_postgresql"
    alias = "filling"
    chosen = connections.configure_settings({"default": config})
    connections.databases[alias] = chosen["default"]
    with django_db_blocker.unblock():
        fill(alias)
        connections[alias].close()
    del connections[alias], connections.databases[alias]
    return api_database


def fill(alias):
    service = Service.objects.using(alias).first()
    user = User.objects.using(alias).first()
    by = {"service_id": service.pk, "created_by_id": user.pk}
    key = {"id": uuid.uuid4(), "secret": SECRETS[0], "key_type": "normal", **by}
    for version, name, ended in ((1, "Old name", None), (2, "A key", NOON)):
        ApiKeyHistory(
            **key, version=version, name=name, expiry_date=ended, created_at=NOON
        ).save(using=alias)
    ApiKey(**key, name="A key", version=2, expiry_date=NOON).save(using=alias)
    ServiceCallbackApi(
        service_id=service.pk,
        url="https://bins.example/told",
        bearer_token=SECRETS[2],
        callback_type="complaint",
        updated_by_id=user.pk,
    ).save(using=alias)
    template = service.templates.first()
    Notification(
        id=uuid.uuid4(),
        service_id=service.pk,
        template_id=template.pk,
        template_version=template.version,
        key_type="normal",
        notification_type=template.template_type,
        created_at=NOON,
        to="ada@example.com",
        normalised_to="ada@example.com",
        personalisation=SECRETS[1],
    ).save(using=alias)


@pytest.fixture
def copy(filled_database, alias):
    """The alias of the replica, with something in it."""
    return alias


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_is_read_by_sql(copy, model):
    rows = model.objects.using(copy)

    assert len(rows[:3]) <= rows.count()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_model_is_written(copy, model):
    with pytest.raises(NotSupportedError, match="read-only"):
        model.objects.using(copy).all().delete()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE services SET name = 'x'",
        "INSERT INTO key_types VALUES ('x')",
        "CREATE TABLE x ()",
        "DROP TABLE rates",
    ],
)
def test_the_server_refuses_writes_by_itself(copy, sql):
    with (
        connections[copy].cursor() as cursor,
        pytest.raises(InternalError, match="read-only"),
    ):
        cursor.execute(sql)


def test_connections_have_limits_and_a_pool(copy):
    def setting(name):
        with connections[copy].cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            return cursor.fetchone()[0]

    assert setting("statement_timeout") == "20min"
    assert setting("default_transaction_read_only") == "on"
    assert connections[copy].pool.max_size == 10
    assert connections[copy].settings_dict["OPTIONS"]["connect_timeout"] == 5


def test_a_replica_that_is_away_is_not_waited_for():
    options = replica("postgres://nobody@127.0.0.1:9/nothing?sslmode=disable")[
        "OPTIONS"
    ]

    assert options["sslmode"] == "disable"
    assert options["pool"]["timeout"] == options["connect_timeout"] == 5


def test_the_orm_is_all_there(copy):
    notifications = Notification.objects.using(copy)
    by_service = notifications.values("service__name").annotate(n=Count("id"))
    view = NotificationAllTimeView.objects.using(copy)

    assert by_service.get()["n"] == 1
    assert notifications.select_related("service", "template").get().template.name
    assert notifications.filter(
        notification_type__in=["email", "sms", "letter"]
    ).exists()
    assert notifications.get(created_at__date=dt.date(2031, 6, 1)).created_at == NOON
    assert view.get().pk == notifications.get().pk


READS = {
    "a key": lambda db: ApiKey.objects.using(db).get().secret,
    "a key's version": lambda db: ApiKeyHistory.objects.using(db).first().secret,
    "a key's values": lambda db: (
        ApiKey.objects.using(db).values_list("secret").get()[0]
    ),
    "a callback": lambda db: ServiceCallbackApi.objects.using(db).get().bearer_token,
    "a message": lambda db: Notification.objects.using(db).get().personalisation,
    "a password": lambda db: User.objects.using(db).first().password,
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_what_is_encrypted_is_opaque(copy, read):
    assert read(copy) is OPAQUE
    assert str(OPAQUE) == "(hidden)"


def test_no_secret_is_in_a_log_or_a_pickle(copy, caplog):
    with caplog.at_level(logging.DEBUG):
        read = [
            ApiKey.objects.using(copy).get(),
            ServiceCallbackApi.objects.using(copy).get(),
            Notification.objects.using(copy).get(),
        ]

    kept = (
        pickle.dumps(read).decode("latin-1") + caplog.text + repr(list(map(vars, read)))
    )
    assert [secret for secret in SECRETS if secret in kept] == []


def test_versions_come_in_order_with_what_changed(copy):
    key = ApiKey.objects.using(copy).get()

    first, second = key.versions

    assert (first.number, second.number) == (1, 2)
    assert first.row._state.db == copy
    assert second.changes_since(first) == {
        "name": ("Old name", "A key"),
        "expiry_date": (None, NOON),
    }
    assert first.changes_since(second)["name"] == ("A key", "Old name")
