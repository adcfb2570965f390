from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone

from portal.remote.errors import InvalidResponse
from portal.reports import actions, tasks
from portal.reports.models import PlatformFigures, ServiceFigures, ServiceHints
from tests.builders import service
from tests.reports.builders import SERVICE_ID

CHANNELS = {
    kind: {"requested": 3, "delivered": 2, "failed": 1}
    for kind in ("email", "sms", "letter")
}
TEMPLATES = [
    {
        "template_id": str(uuid.uuid4()),
        "template_name": "Reminder",
        "template_type": "sms",
        "status": "delivered",
        "count": 3,
    }
]


@pytest.fixture
def statistics(api):
    base = f"/service/{SERVICE_ID}"
    api.get(f"{base}/statistics", json={"data": CHANNELS})
    api.get(f"{base}/template-statistics", json={"data": TEMPLATES})
    api.get(base, json={"data": service(id=SERVICE_ID, permissions=["sms"])})
    stats = {"count": 2, "soonest_scheduled_for": "2026-12-01T08:00:00.000000Z"}
    api.get(f"{base}/job/scheduled-job-stats", json=stats)


def test_figures_of_a_service_are_kept_with_their_time(db, statistics):
    before = timezone.now()

    actions.refresh_service_figures(service_id=SERVICE_ID)

    figures = ServiceFigures.objects.get()
    assert figures.channels == CHANNELS
    assert figures.templates == TEMPLATES
    assert before <= figures.as_of <= timezone.now()


def test_what_waits_is_kept_beside_the_figures(db, statistics):
    actions.refresh_service_figures(service_id=SERVICE_ID)

    told = ServiceHints.objects.get().told
    assert told["scheduled"]["count"] == 2
    assert told["sent_today"]["sms"] == 3
    assert told["sent_today"]["international_sms"] is None
    assert told["limits"]["sms"] > 0
    assert "received" not in told


def test_figures_are_kept_without_what_waits(db, api):
    base = f"/service/{SERVICE_ID}"
    api.get(f"{base}/statistics", json={"data": CHANNELS})
    api.get(f"{base}/template-statistics", json={"data": TEMPLATES})
    api.get(base, status=503)

    actions.refresh_service_figures(service_id=SERVICE_ID)

    assert ServiceFigures.objects.exists()
    assert not ServiceHints.objects.exists()


def test_figures_of_a_wrong_shape_are_not_kept(db, statistics, api):
    url = api.url(f"/service/{SERVICE_ID}/template-statistics")
    api.replace("GET", url, json={"data": [{}]})

    with pytest.raises(InvalidResponse):
        actions.refresh_service_figures(service_id=SERVICE_ID)

    assert not ServiceFigures.objects.exists()


def test_refreshing_twice_leaves_one_row(db, statistics):
    tasks.refresh_figures_of_service(SERVICE_ID)
    tasks.refresh_figures_of_service(SERVICE_ID)

    assert ServiceFigures.objects.count() == ServiceHints.objects.count() == 1


def test_a_service_that_is_gone_is_no_error(db, api):
    api.assert_all_requests_are_fired = False
    api.get(f"/service/{SERVICE_ID}", json={}, status=404)
    api.get(f"/service/{SERVICE_ID}/statistics", json={}, status=404)
    api.get(f"/service/{SERVICE_ID}/template-statistics", json={}, status=404)

    tasks.refresh_figures_of_service(SERVICE_ID)

    assert not ServiceFigures.objects.exists()


def test_the_services_with_the_oldest_figures_come_first(db, api):
    ids = [uuid.uuid4() for _ in range(4)]
    api.get("/service", json={"data": [{"id": str(pk), "active": True} for pk in ids]})
    now = timezone.now()
    for pk, age in zip(ids[:3], (1, 3, 2), strict=True):
        ServiceFigures.objects.create(
            service_id=pk, limit_days=7, as_of=now - datetime.timedelta(hours=age)
        )

    found = actions.list_services_to_refresh(most=3)

    assert found == [ids[3], ids[1], ids[2]]


def test_each_service_is_refreshed_by_a_task_of_its_own(db, api, monkeypatch):
    api.get("/service", json={"data": [{"id": SERVICE_ID, "active": True}]})
    sent = []
    monkeypatch.setattr(tasks.refresh_figures_of_service, "delay", sent.append)

    tasks.refresh_service_figures()

    assert sent == [SERVICE_ID]


@pytest.fixture
def platform(api):
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    api.get(
        "/_status/live-service-and-organisation-counts",
        json={"services": 12, "organisations": 3},
    )
    api.get(
        "/performance-dashboard",
        json={
            "notifications_by_type": [
                {"date": str(yesterday), "emails": 5, "sms": 6, "letters": 7}
            ]
        },
    )
    return today, yesterday


def test_figures_of_the_platform_are_kept_by_day(db, platform):
    today, yesterday = platform

    actions.refresh_platform_figures()

    days = {figures.day: figures for figures in PlatformFigures.objects.all()}
    assert days[yesterday].channels == {"email": 5, "sms": 6, "letter": 7}
    assert days[yesterday].live_services is None
    assert days[today].live_services == 12
    assert days[today].live_organisations == 3


def test_refreshing_the_platform_twice_changes_no_number_of_rows(db, platform):
    actions.refresh_platform_figures()
    actions.refresh_platform_figures()

    assert PlatformFigures.objects.count() == 2


def test_warming_loads_anew_what_is_cached(api):
    from portal.clients import organisations_client

    api.get("/organisations", json=[])
    organisations_client.get_organisations()
    api.replace("GET", api.url("/organisations"), json=[{"id": "1", "domains": []}])
    api.get("/email-branding", json={"email_branding": []})
    api.get("/letter-branding", json=[])
    api.get("/letter-rates/", json=[])
    api.get("/sms-rate/", json={})

    actions.warm_cache()

    assert len(organisations_client.get_organisations()) == 1
