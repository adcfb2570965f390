"""Measure 10,000 rows as model instances: `python -m tests.benchmarks.model_instances`.

The API's rows, parsed JSON as a client gives them, against the same rows from SQLite by
Django's own ORM; the API's may take twice as long.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import uuid
from unittest.mock import patch

from tests.benchmarks.measuring import medians_ms, say, set_up

ROWS, ROUNDS, MOST = 10_000, 7, 2.0
SERVICE = uuid.uuid4()
SQL = "rows"


def main() -> int:
    """Print both times and their ratio for each model; fail beyond the ratio."""
    set_up()
    from django.db import connections

    connections.settings[SQL] = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {},
    }
    ratios = [measured(*case) for case in cases()]
    return int(max(ratios) > MOST)


def cases():
    """A model, its filter, the values of its rows, and the client's method that gives them."""
    from portal.clients import admin_api_client, service_api_client
    from portal.inbound.models import InboundSms
    from portal.services.models import Service, ServiceSmsSender
    from portal.users.models import User

    of_service = {"service": SERVICE}
    owned = {"service_id": SERVICE}
    return (
        (InboundSms, of_service, owned, service_api_client, "get_inbound_sms"),
        (ServiceSmsSender, of_service, owned, service_api_client, "get_sms_senders"),
        (User, {"state": "active"}, {}, admin_api_client, "fetch_users_list"),
        (Service, {}, {}, service_api_client, "get_services"),
    )


def measured(model, filters, known, client, method) -> float:
    """Measure one model, and give the ratio of the times."""
    from portal.remote.schema import create_schema

    create_schema(SQL, [model])
    model.objects.using(SQL).bulk_create(
        (made(model, number, known) for number in range(ROWS)), batch_size=500
    )
    rows = [as_json(row) for row in model.objects.using(SQL).values()]
    answer = rows if method == "get_sms_senders" else {"data": rows}
    with patch.object(client, method, lambda *args, **kwargs: answer):
        times = medians_ms(
            {
                "api": lambda: list(model.objects.filter(**filters)),
                "sql": lambda: list(model.objects.using(SQL).filter(**filters)),
            },
            ROUNDS,
        )
    ratio = times["api"] / times["sql"]
    say(
        f"{model.__name__}: {times['api']:.0f} ms from the API's rows, "
        f"{times['sql']:.0f} ms from SQLite: {ratio:.2f} (goal {MOST})"
    )
    return ratio


def made(model, number, known):
    """Make an instance with something in every column."""
    values = {
        field.attname: value(field, number) for field in model._meta.concrete_fields
    }
    return model(**{**values, **known})


def value(field, number):
    """Make a value for a column."""
    from django.db import models

    target = field.target_field if field.is_relation else field
    if field.choices:
        values = [one for one, _label in field.choices]
        return "active" if "active" in values else values[0]
    if isinstance(target, models.UUIDField):
        return uuid.uuid4()
    if isinstance(target, models.DateTimeField):
        return dt.datetime(2026, 1, 5, 9, 30, number % 60, number, dt.UTC)
    if isinstance(target, models.BooleanField):
        return bool(number % 2)
    if isinstance(target, models.IntegerField):
        return number
    return f"{field.name} {number}"[: field.max_length]


def as_json(row):
    """Give a row as it comes out of the API's JSON."""
    return json.loads(json.dumps(row, default=str))


if __name__ == "__main__":
    sys.exit(main())
