"""The same questions over the API and over SQL on the same data have the same answers."""

from __future__ import annotations

import pytest
from django.db import NotSupportedError
from django.db.models import Avg, Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Lower

from tests.managers.cases import CASES
from tests.managers.operations import for_case
from tests.managers.sql import SQL

pytestmark = pytest.mark.xdist_group("mirrored")


def asked(case, service, alias):
    return case.model.objects.using(alias).filter(**case.scope(service))


def middle(case, service):
    """A row out of the middle."""
    found = list(asked(case, service, SQL).order_by("pk"))
    assert found, f"The demo has no {case.name}."
    return found[len(found) // 2]


def plain(answer):
    """Instances as their keys, so that those of two sources compare."""
    return getattr(answer, "pk", answer)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answers_are_the_same(case, service):
    one = middle(case, service)
    by_api, by_sql = {}, {}

    for name, ask in for_case(case).items():
        by_api[name] = plain(ask(asked(case, service, "notify_api"), case, one))
        by_sql[name] = plain(ask(asked(case, service, SQL), case, one))

    assert by_api == by_sql


REFUSED = {
    "annotate": lambda q, case: q.annotate(n=Count("pk")),
    "alias": lambda q, case: q.alias(n=Value(1)),
    "values with an expression": lambda q, case: q.values(low=Lower(case.text)),
    "union": lambda q, case: q.union(q),
    "intersection": lambda q, case: q.intersection(q),
    "difference": lambda q, case: q.difference(q),
    "extra": lambda q, case: q.extra(where=["1 = 1"]),
    "raw": lambda q, case: q.raw("SELECT 1"),
    "select_for_update": lambda q, case: q.select_for_update(),
    "explain": lambda q, case: q.explain(),
    "distinct on a field": lambda q, case: list(q.distinct(case.text)),
    "random order": lambda q, case: list(q.order_by("?")),
    "order by an expression": lambda q, case: list(q.order_by(Lower(case.text))),
    "Exists": lambda q, case: list(
        q.filter(Exists(case.model.objects.filter(pk=OuterRef("pk"))))
    ),
    "filter by an expression": lambda q, case: list(
        q.filter(Q(**{case.text: Lower(F(case.text))}))
    ),
    "average": lambda q, case: q.aggregate(Avg("pk")),
    "filtered aggregate": lambda q, case: q.aggregate(
        n=Count("pk", filter=Q(**{case.text: "x"}))
    ),
    "update by an expression": lambda q, case: q.update(**{case.text: F(case.text)}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_rest_is_refused(name, service):
    for case in CASES:
        with pytest.raises(NotSupportedError, match="Notify API"):
            REFUSED[name](asked(case, service, "notify_api"), case)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.moment], ids=lambda case: case.name
)
def test_days_are_refused_as_well(case, service):
    for method in ("dates", "datetimes"):
        with pytest.raises(NotSupportedError, match=f"{method}"):
            getattr(asked(case, service, "notify_api"), method)(case.moment, "year")
