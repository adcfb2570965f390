"""The first page of platform admins."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from portal.reports.models import PlatformFigures, ServiceFigures
from tests import builders
from tests.users import personas

pytestmark = pytest.mark.django_db

SERVICE = personas.SERVICE_ID
OTHER = "11111111-0000-4000-8000-000000000002"


@pytest.fixture
def admin(client, api):
    personas.sign_in(client, personas.superuser(), api)
    return client


def keep_figures(service_id, requested, failed):
    ServiceFigures.objects.create(
        service_id=service_id,
        limit_days=7,
        channels={
            "sms": {"requested": requested, "failed": failed, "delivered": 0},
        },
        as_of=timezone.now(),
    )


def test_the_figures_are_the_last_that_the_background_saw(admin, api_calls):
    today = timezone.localdate()
    for days in range(3):
        PlatformFigures.objects.create(
            day=today - datetime.timedelta(days=days),
            live_services=1200 if days == 0 else None,
            live_organisations=80 if days == 0 else None,
            channels={"email": 1000, "sms": 500, "letter": 0},
            as_of=timezone.now(),
        )

    page = admin.get("/platform-admin").content.decode()

    assert "3,000" in page
    assert "1,200 services are live, of 80 organisations." in page
    assert "As of today at" in page
    assert [call.route for call in api_calls] == ["/user/<id>"]


def test_before_the_first_figures_the_page_says_so(admin):
    page = admin.get("/platform-admin").content.decode()

    assert "The figures have not been counted yet." in page


def test_services_of_which_too_much_fails_are_named(admin, api):
    api.get(
        f"/service/{SERVICE}", json={"data": builders.service(id=SERVICE, name="Bins")}
    )
    keep_figures(SERVICE, 1000, 400)
    keep_figures(OTHER, 1000, 5)

    page = admin.get("/platform-admin").content.decode()

    assert "Services with many failures" in page
    assert "Bins" in page
    assert "40.0%" in page
    assert OTHER not in page


def test_a_search_looks_everywhere_at_once(admin, api):
    api.get(
        "/service/find-services-by-name",
        json={"data": [{"id": SERVICE, "name": "Bins", "active": True}]},
    )
    api.get("/organisations/search", json={"data": []})
    api.post(
        "/user/find-users-by-email",
        json={"data": [personas.person(name="Bina Bins")]},
    )

    page = admin.post("/platform-admin", {"search": "bin"}).content.decode()

    assert "1 service" in page
    assert f"/services/{SERVICE}" in page
    assert "Bina Bins" in page
    assert "1 person" in page


@pytest.mark.parametrize(
    ("kind", "context", "place"),
    [
        ("service", {}, f"/services/{OTHER}"),
        ("template", {"service_id": SERVICE}, f"/services/{SERVICE}/templates/{OTHER}"),
        (
            "notification",
            {"service_id": SERVICE},
            f"/services/{SERVICE}/notification/{OTHER}",
        ),
    ],
)
def test_an_id_leads_to_its_page(admin, api, kind, context, place):
    api.post("/platform-admin/find-by-uuid", json={"type": kind, "context": context})

    answer = admin.post("/platform-admin", {"search": f" {OTHER} "})

    assert answer.headers["Location"] == place


def test_an_unknown_id_is_told_and_kept(admin, api):
    api.post(
        "/platform-admin/find-by-uuid",
        status=404,
        json={"result": "error", "message": "No result found"},
    )

    answer = admin.post("/platform-admin", {"search": OTHER})

    assert answer.status_code == 400
    assert "Nothing that can be shown here has this ID." in answer.content.decode()
    assert OTHER in answer.content.decode()


def test_nobody_else_sees_the_page(client, api):
    personas.sign_in(client, personas.staff("manage_service"), api)

    assert client.get("/platform-admin").status_code == 403
