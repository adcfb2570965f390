"""Endpoints with pages answer what they understand as SQL does, and refuse the rest."""

from __future__ import annotations

import pytest
from django.db import NotSupportedError
from django.db.models import Q

from portal.jobs.models import Job
from portal.notifications.models import Complaint, Notification
from portal.remote.plan import ScopeRequired
from tests.managers.sql import SQL

pytestmark = pytest.mark.xdist_group("mirrored")


def keys(queryset):
    return [obj.pk for obj in queryset]


QUESTIONS = {
    "newest first": lambda q: keys(q.order_by("-created_at")),
    "first page": lambda q: keys(q.order_by("-created_at")[:50]),
    "a few": lambda q: keys(q.order_by("-created_at")[:3]),
    "in the middle": lambda q: keys(q.order_by("-created_at")[4:9]),
    "over two pages": lambda q: keys(q.order_by("-created_at")[45:60]),
    "beyond": lambda q: keys(q.order_by("-created_at")[100_000:100_005]),
    "first": lambda q: q.order_by("-created_at").first().pk,
    "exists": lambda q: q.exists(),
    "iterator": lambda q: keys(q.order_by("-created_at").iterator(chunk_size=20)),
    "values": lambda q: list(
        q.order_by("-created_at").values_list("created_at", flat=True)[:10]
    ),
    "none": lambda q: keys(q.none()),
    "in no list": lambda q: keys(q.filter(pk__in=[])),
}
OF_SERVICE = {
    "by its key": lambda q: q.get(pk=q.order_by("-created_at")[0].pk).pk,
    "in bulk": lambda q: set(
        q.in_bulk([obj.pk for obj in q.order_by("-created_at")[:4]])
    ),
    "only": lambda q: [
        obj.created_at for obj in q.only("created_at").order_by("-created_at")[:5]
    ],
}
OF_NOTIFICATIONS = {
    "by type": lambda q: keys(
        q.filter(notification_type="sms").order_by("-created_at")
    ),
    "by statuses": lambda q: keys(
        q.filter(status__in=["delivered", "permanent-failure"]).order_by("-created_at")
    ),
    "by type and status": lambda q: keys(
        q.filter(notification_type="email", status="delivered").order_by("-created_at")
    ),
    "with their jobs": lambda q: [
        obj.job and obj.job.original_file_name
        for obj in q.select_related("job").order_by("-created_at")[:9]
    ],
}
OF_JOBS = {
    "count": lambda q: q.count(),
    "by status": lambda q: keys(
        q.filter(job_status="finished").order_by("-created_at")
    ),
    "by statuses": lambda q: keys(
        q.filter(job_status__in=["finished", "scheduled"]).order_by("-created_at")
    ),
}
CASES = [
    (model, name, ask)
    for model, questions in (
        (Notification, QUESTIONS | OF_SERVICE | OF_NOTIFICATIONS),
        (Job, QUESTIONS | OF_SERVICE | OF_JOBS),
        (Complaint, QUESTIONS | {"count": lambda q: q.count()}),
    )
    for name, ask in questions.items()
]
REFUSED = {
    "other column": lambda q: list(q.filter(created_at__year=2026)),
    "exclude": lambda q: list(q.exclude(pk=None)),
    "or": lambda q: list(q.filter(Q(pk=None) | ~Q(pk=None))),
    "order": lambda q: list(q.order_by("created_at")),
    "last": lambda q: q.order_by("-created_at").last(),
    "other order": lambda q: list(q.order_by("service")),
}


def asked(model, service, alias):
    queryset = model.objects.using(alias)
    return queryset if model is Complaint else queryset.filter(service=service.pk)


@pytest.mark.parametrize(
    ("model", "name", "ask"),
    [pytest.param(*case, id=f"{case[0].__name__}: {case[1]}") for case in CASES],
)
def test_pages_answer_as_sql_does(model, name, ask, service):
    by_api = ask(asked(model, service, "notify_api"))

    assert by_api == ask(asked(model, service, SQL))


@pytest.mark.parametrize("model", [Notification, Job, Complaint])
@pytest.mark.parametrize("name", REFUSED)
def test_what_pages_cannot_answer_is_refused(model, name, service):
    with pytest.raises(NotSupportedError):
        REFUSED[name](asked(model, service, "notify_api"))


def test_the_messages_of_a_service_are_not_counted(service):
    with pytest.raises(NotSupportedError, match="does not tell how many"):
        service.notifications.count()


@pytest.mark.parametrize("model", [Notification, Job])
def test_pages_are_of_one_service(model, mirrored):
    with pytest.raises(ScopeRequired):
        list(model.objects.all())
