"""The figures of all of a person's services on one page."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone

from portal.remote.errors import Unavailable
from portal.reports.models import ServiceFigures, ServiceHints
from tests.builders import new_id, service
from tests.services.conftest import NOTHING
from tests.users.personas import (
    ORGANISATION_ID,
    USER_ID,
    person,
    sign_in,
    staff,
    superuser,
)

URL = "/your-services/figures"
HTMX = {"HX-Request": "true"}


def brief(name, **overrides):
    return {
        "id": new_id(),
        "name": name,
        "restricted": False,
        "organisation": None,
        **overrides,
    }


@pytest.fixture
def browser(db, client, api):
    """Sign somebody in who belongs to services: `browser([brief("A")])`."""

    def come(services, *, person=None, organisations=(), may=("view_activity",)):
        api.assert_all_requests_are_fired = False
        who = person
        if who is None:
            stored = staff(*may)["permissions"].popitem()[1]
            ids = [row["id"] for row in services]
            who = staff(services=ids, permissions=dict.fromkeys(ids, stored))
        api.get(
            f"/user/{who['id']}/organisations-and-services",
            json={"services": services, "organisations": list(organisations)},
        )
        api.get(
            "/organisations",
            json=[{"id": ORGANISATION_ID, "name": "Riverside council"}],
        )
        return sign_in(client, who, api)

    return come


def known(row, *, hints=None, **channels):
    """Let the background have learned a service's figures."""
    sent = {
        kind: {"requested": count, "delivered": count - failed, "failed": failed}
        for kind, (count, failed) in channels.items()
    }
    now = timezone.now()
    ServiceFigures.objects.create(
        service_id=row["id"], limit_days=7, channels=sent, as_of=now
    )
    if hints is not None:
        told = {
            "scheduled": {"count": 0, "soonest_scheduled_for": None},
            "sent_today": {},
            "limits": {},
            **hints,
        }
        ServiceHints.objects.create(service_id=row["id"], told=told, as_of=now)


def names(page):
    rows = page.content.decode().split('id="service-')[1:]
    return [row.split(">")[1].split("<")[0] for row in rows]


def row_of(page, name):
    rows = page.content.decode().split('id="service-')[1:]
    return " ".join(next(row for row in rows if f">{name}<" in row).split())


def test_each_service_is_shown_with_what_the_background_knows(browser):
    permits = brief("Permits")
    come = browser([permits])
    known(
        permits,
        email=(1200, 12),
        sms=(300, 30),
        hints={
            "scheduled": {"count": 2, "soonest_scheduled_for": None},
            "received": {"count": 45, "most_recent": None},
        },
    )

    row = row_of(come.get(URL), "Permits")

    assert 'data-label="Emails">1,200<' in row
    assert 'data-label="Text messages">300<' in row
    assert 'data-label="Letters">0<' in row
    assert 'data-label="Failed">42 – 2.8%<' in row
    assert 'data-label="Files waiting">2<' in row
    assert 'data-label="Received">45<' in row
    assert "High failure rate of text messages." in row
    assert "As of today" in row


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_costs_the_same_for_any_number_of_services(browser, api_calls, count):
    services = [brief(f"Service {n}") for n in range(count)]
    come = browser(services)
    for row in services[1:]:
        known(row, sms=(1, 0))

    come.get(URL)

    assert sorted(call.route for call in api_calls) == [
        "/organisations",
        "/user/<id>",
        "/user/<id>/organisations-and-services",
    ]


@pytest.fixture
def telling(api):
    """Let the API tell the figures of a service."""

    def tell(row, **options):
        base = f"/service/{row['id']}"
        told = dict.fromkeys(("email", "sms", "letter"), NOTHING)
        told["sms"] = {"requested": 7, "delivered": 7, "failed": 0}
        api.get(base, json={"data": service(id=row["id"], permissions=["sms"])})
        api.get(f"{base}/statistics", **(options or {"json": {"data": told}}))
        api.get(f"{base}/template-statistics", json={"data": []})
        stats = {"count": 3, "soonest_scheduled_for": None}
        api.get(f"{base}/job/scheduled-job-stats", json=stats)

    return tell


def test_what_is_not_yet_known_says_so_and_is_read_by_a_poll(browser, telling):
    permits = brief("Permits")
    come = browser([permits])
    telling(permits)

    page = come.get(URL)
    poll = come.get(URL, headers=HTMX)

    assert "Figures not yet known." in row_of(page, "Permits")
    assert 'data-label="Emails">–<' in row_of(page, "Permits")
    assert f'hx-get="{URL}"' in page.content.decode()
    assert 'data-label="Text messages">7<' in row_of(poll, "Permits")
    assert 'data-label="Files waiting">3<' in row_of(poll, "Permits")
    assert poll.status_code == 286
    assert "hx-get" not in come.get(URL).content.decode()


def test_a_poll_reads_few_services_and_the_next_one_others(browser, telling, api_calls):
    services = [brief(f"Service {n}") for n in range(5)]
    come = browser(services)
    for row in services:
        telling(row)

    first = come.get(URL, headers=HTMX)
    asked = [call.route for call in api_calls].count(
        "/service/<id>/template-statistics"
    )
    second = come.get(URL, headers=HTMX)

    assert (first.status_code, second.status_code) == (200, 286)
    assert asked == 3
    assert ServiceFigures.objects.count() == 5


def test_a_service_that_cannot_be_read_is_not_asked_for_again_at_once(
    browser, telling, api_calls
):
    permits = brief("Permits")
    come = browser([permits])
    telling(permits, body=Unavailable())

    poll = come.get(URL, headers=HTMX)
    api_calls.clear()
    again = come.get(URL, headers=HTMX)

    assert "Figures not yet known." in row_of(poll, "Permits")
    assert (poll.status_code, again.status_code) == (286, 286)
    assert not [call for call in api_calls if "statistics" in call.route]


def test_the_name_is_the_order_until_another_is_chosen(browser):
    services = {name: brief(name) for name in ("Trees", "bins", "Parks")}
    come = browser(list(services.values()))
    known(services["Trees"], sms=(5, 0))
    known(services["bins"], sms=(90, 1))

    page = come.get(URL)

    assert names(page) == ["bins", "Parks", "Trees"]
    # What is not known comes last.
    assert names(come.get(f"{URL}?sort=texts")) == ["bins", "Trees", "Parks"]
    assert names(come.get(f"{URL}?sort=nonsense")) == ["bins", "Parks", "Trees"]
    assert 'aria-sort="ascending"' in page.content.decode()


def test_services_are_looked_for_by_all_words_of_name_and_organisation(browser):
    come = browser(
        [
            brief("Parking permits", organisation=ORGANISATION_ID),
            brief("Parking fines"),
            brief("Trees", organisation=ORGANISATION_ID),
        ]
    )

    page = come.get(f"{URL}?search=riverside+PARK")

    assert names(page) == ["Parking permits"]
    assert "1 service found" in page.content.decode()
    assert "No service matches." in come.get(f"{URL}?search=x").content.decode()


def test_services_can_be_put_under_their_organisations(browser):
    come = browser([brief("Alone"), brief("Permits", organisation=ORGANISATION_ID)])

    page = come.get(f"{URL}?by=organisation")

    html = page.content.decode()
    assert names(page) == ["Permits", "Alone"]
    assert html.index("Riverside council") < html.index("No organisation")


def test_many_services_come_in_pages(browser):
    come = browser([brief(f"Service {n:02}") for n in range(60)])

    first, second = come.get(URL), come.get(f"{URL}?page=2")

    assert len(names(first)) == 50
    assert names(second)[0] == "Service 50"
    assert f'href="{URL}?page=2"' in first.content.decode()


def test_trial_mode_and_a_near_limit_are_told(browser):
    permits = brief("Permits", restricted=True)
    come = browser([permits])
    hints = {"sent_today": {"sms": 45, "email": 0}, "limits": {"sms": 50, "email": 0}}
    known(permits, sms=(45, 0), hints=hints)

    row = row_of(come.get(URL), "Permits")

    assert "Trial mode" in row
    assert "Text messages: Near the limit: 90% is used." in row
    assert "Emails:" not in row


def test_who_may_not_see_the_dashboard_sees_no_figures(browser):
    permits = brief("Permits")
    come = browser([permits], may=("send_messages",))
    known(permits, sms=(1234, 0))

    page = come.get(URL)

    assert "You cannot see its figures." in row_of(page, "Permits")
    assert "1,234" not in page.content.decode()
    assert "1234" not in come.get(f"{URL}.csv").content.decode()
    assert "hx-get" not in page.content.decode()


def test_members_of_an_organisation_see_its_services(browser, api):
    permits = brief("Permits") | {"active": True}
    archived = brief("Old") | {"active": False}
    who = person(organisations=[ORGANISATION_ID])
    organisation = {"id": ORGANISATION_ID, "name": "Riverside council"}
    come = browser([], person=who, organisations=[organisation])
    api.get(f"/organisations/{ORGANISATION_ID}/services", json=[permits, archived])
    known(permits, sms=(1234, 0))

    page = come.get(URL)

    assert names(page) == ["Permits"]
    assert "1,234" in row_of(page, "Permits")
    assert "Riverside council" in row_of(page, "Permits")


def test_a_platform_admin_can_see_all_services(browser, api, api_calls):
    others = service(name="Permits")
    come = browser([], person=superuser())
    api.get("/service", json={"data": [others]})
    known(others, sms=(1234, 0))

    assert names(come.get(URL)) == []
    api_calls.clear()
    for _look in range(2):
        assert "1,234" in row_of(come.get(f"{URL}?scope=all"), "Permits")
    assert [call.route for call in api_calls].count("/service") == 1


def test_nobody_else_can_see_all_services(browser, api_calls):
    come = browser([brief("Permits")])

    assert names(come.get(f"{URL}?scope=all")) == ["Permits"]
    assert "/service" not in [call.route for call in api_calls]


def test_the_figures_can_be_taken_away_as_a_file(browser):
    permits = brief("Permits", organisation=ORGANISATION_ID)
    come = browser([permits, brief("Trees", restricted=True)])
    known(permits, email=(100, 4), hints={})

    file = come.get(f"{URL}.csv?sort=emails")

    head, first, second = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert first[:4] == ["Permits", permits["id"], "Riverside council", "Live"]
    assert first[4:11] == ["100", "0", "0", "4", "4.0", "0", ""]
    assert first[11] == "High failure rate of emails."
    assert second[3:11] == ["Trial mode", "", "", "", "", "", "", ""]
    assert len(head) == len(first)


def test_your_services_lead_here(browser):
    come = browser([brief("Permits")])

    assert f'href="{URL}"' in come.get("/your-services").content.decode()


def test_somebody_without_services_is_told_so(browser):
    come = browser([], person=person(id=USER_ID))

    assert "You are not a member" in come.get(URL).content.decode()
