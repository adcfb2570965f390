from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from portal.clients import job_api_client
from portal.common import live
from portal.reports.models import ServiceFigures
from tests.builders import job, new_id
from tests.services.conftest import BASE
from tests.users.personas import (
    ORGANISATION_ID,
    SERVICE_ID,
    outsider,
    person,
    staff,
    superuser,
)

HTMX = {"HX-Request": "true"}
SOME = {"requested": 1205, "delivered": 1046, "failed": 159}
MOVING = {"requested": 3, "delivered": 1, "failed": 0}


def use(name, count, kind="sms"):
    return {
        "template_id": new_id(),
        "template_name": name,
        "template_type": kind,
        "status": "delivered",
        "count": count,
    }


def test_the_first_answer_has_the_numbers(viewer, figures):
    figures(email=SOME)

    page = viewer.get(BASE).content.decode()

    assert "1,205" in page
    assert "High failure rate: 159 failed – 13.2%" in page
    assert f'href="{BASE}/notifications/email?status=failed"' in page


def test_a_channel_without_failures_or_messages_says_so(viewer, figures):
    figures(email={"requested": 1, "delivered": 1, "failed": 0})

    page = viewer.get(BASE).content.decode()

    assert "No failures" in page
    assert page.count("Nothing sent") == 2


def test_templates_are_shown_by_use(viewer, figures):
    figures(uses=[use("Ready", 2), use("Due", 10, "email")])

    page = viewer.get(BASE).content.decode()

    assert page.index("Due") < page.index("Ready")
    assert '<rect class="portal-bar__sent" x="0" width="200"' in page


def test_uploaded_letters_lead_to_no_template(viewer, figures):
    letters = use("Pre-compiled PDF", 3, "letter") | {"is_precompiled_letter": True}
    figures(uses=[letters])

    page = viewer.get(BASE).content.decode()

    assert "Uploaded letters" in page
    assert "Pre-compiled PDF" not in page
    assert f"/templates/{letters['template_id']}" not in page


def test_files_are_shown_with_how_far_they_are(viewer, figures):
    figures(jobs=[job(original_file_name="people.csv")])

    page = viewer.get(BASE).content.decode()

    assert "people.csv" in page


def test_files_that_wait_are_announced(viewer, figures):
    soon = timezone.localtime() + datetime.timedelta(days=1)
    figures(scheduled=2, next_at=soon.replace(hour=8, minute=0).isoformat())

    page = viewer.get(BASE).content.decode()

    assert "2 files waiting to send" in page
    assert "sending starts tomorrow at 8:00am" in page


PERIODS = ("today", "week", "month", "year")


def asked(api_calls, begin=0):
    routes = [call.route for call in api_calls[begin:]]
    assert len(routes) == len(set(routes))
    return sorted(routes)


@pytest.mark.parametrize("period", PERIODS)
def test_a_page_costs_five_calls_cold_and_at_most_one_warm(
    viewer, figures, known_service, api_calls, period
):
    known_service(permissions=["email", "sms", "letter", "inbound_sms"])
    figures(email=SOME, used=[])
    by_day, by_month = (
        ["statistics", "template-statistics"],
        ["notifications/monthly", "notifications/templates_usage/monthly"],
    )
    figures_of_period = by_day if period in ("today", "week") else by_month

    viewer.get(f"{BASE}?period={period}")
    cold = asked(api_calls)
    viewer.get(f"{BASE}?period={period}")
    warm = asked(api_calls, len(cold))

    assert cold == sorted(
        [
            "/service/<id>",
            "/service/<id>/job",
            "/user/<id>",
            *(f"/service/<id>/{path}" for path in figures_of_period),
        ]
    )
    assert warm == (["/service/<id>/statistics"] if figures_of_period == by_day else [])


@pytest.mark.parametrize("period", PERIODS)
def test_polls_of_many_cost_one_set_of_calls(
    viewer, figures, known_service, api_calls, period
):
    known_service(permissions=["email", "sms", "letter", "inbound_sms"])
    figures(sms=MOVING)
    viewer.get(f"{BASE}?period={period}")
    api_calls.clear()

    for _viewer in range(3):
        viewer.get(f"{BASE}?period={period}", headers=HTMX)

    hints = {
        "/service/<id>/inbound-sms/summary",
        "/service/<id>/returned-letter-statistics",
        "/service/<id>/unsubscribe-request-statistics",
    }
    # Today's statistics are known where they are shown.
    more = set() if period == "today" else {"/service/<id>/statistics"}
    assert set(asked(api_calls)) == hints | more


def test_numbers_that_moved_bring_their_templates_along(viewer, figures):
    figures(sms=MOVING, uses=[use("Ready", 1)])
    viewer.get(BASE)
    figures(sms=SOME, uses=[use("Ready", 1205)])

    page = viewer.get(BASE).content.decode()

    assert page.count(">1,205<") == 2


def test_a_file_that_was_sent_here_is_shown_at_once(viewer, figures, api):
    figures()
    viewer.get(BASE)
    figures(jobs=[job(original_file_name="new.csv")])
    api.post(f"/service/{SERVICE_ID}/job", json={"data": {}}, status=201)
    job_api_client.create_job(new_id(), SERVICE_ID)

    assert "new.csv" in viewer.get(BASE).content.decode()


def test_who_opens_the_page_gets_figures_of_now(viewer, figures):
    figures(sms=MOVING)
    viewer.get(BASE)
    figures(sms=SOME)

    assert "1,205" in viewer.get(BASE).content.decode()


def test_the_page_polls_while_something_is_under_way(viewer, figures):
    figures(sms=MOVING)

    page = viewer.get(BASE).content.decode()
    poll = viewer.get(BASE, headers=HTMX)

    assert f'hx-get="{BASE}"' in page
    assert poll.status_code == 200
    assert b"<html" not in poll.content


def test_an_unchanged_poll_has_no_body(viewer, figures):
    figures(sms=MOVING)
    first = viewer.get(BASE, headers=HTMX)

    second = viewer.get(BASE, headers=HTMX | {"If-None-Match": first["ETag"]})

    assert second.status_code == 304
    assert second.content == b""


def test_a_poll_that_has_something_new_to_tell_tells_it(viewer, figures):
    figures(sms=MOVING)
    first = viewer.get(BASE, headers=HTMX)
    figures(sms=MOVING | {"delivered": 2})
    viewer.get(BASE)

    second = viewer.get(BASE, headers=HTMX | {"If-None-Match": first["ETag"]})

    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]


def test_an_unchanged_poll_is_not_even_rendered(viewer, figures, monkeypatch):
    figures(sms=MOVING)
    first = viewer.get(BASE, headers=HTMX)
    monkeypatch.setattr(live, "render", None)

    second = viewer.get(BASE, headers=HTMX | {"If-None-Match": first["ETag"]})

    assert second.status_code == 304


def test_page_and_part_are_kept_apart(viewer, figures):
    figures(sms=MOVING)

    for headers in ({}, HTMX):
        response = viewer.get(BASE, headers=headers)
        assert "HX-Request" in response["Vary"]
        assert "no-cache" in response["Cache-Control"]


def test_polling_ends_when_nothing_is_under_way(viewer, figures):
    figures(sms={"requested": 1, "delivered": 1, "failed": 0})

    poll = viewer.get(BASE, headers=HTMX)
    again = viewer.get(BASE, headers=HTMX | {"If-None-Match": "*"})
    page = viewer.get(BASE).content.decode()

    assert (poll.status_code, again.status_code) == (286, 286)
    assert "hx-get" not in page


def test_what_came_back_is_asked_for_by_one_poll_after_the_page(viewer, figures):
    figures()

    page = viewer.get(BASE).content.decode()
    poll = viewer.get(BASE, headers=HTMX)

    assert f'hx-get="{BASE}"' in page
    assert ">Returned letters<" in page
    assert "0 returned letters" in poll.content.decode()
    assert poll.status_code == 286
    assert "0 returned letters" in viewer.get(BASE).content.decode()


def test_what_came_back_that_cannot_be_read_stops_no_poll(viewer, figures, api):
    figures(sms=MOVING)
    api.replace(
        "GET",
        api.url(f"/service/{SERVICE_ID}/returned-letter-statistics"),
        status=503,
    )
    viewer.get(BASE)

    poll = viewer.get(BASE, headers=HTMX)

    assert poll.status_code == 200
    assert ">Returned letters<" in poll.content.decode()


def known_figures(as_of):
    ServiceFigures.objects.create(
        service_id=SERVICE_ID,
        limit_days=7,
        channels={"email": SOME},
        templates=[use("Ready", 7)],
        as_of=as_of,
    )


def test_without_the_api_the_last_figures_are_shown_and_marked(viewer, api_away):
    known_figures(timezone.localtime().replace(hour=0, minute=5))
    api_away()

    response = viewer.get(BASE)

    page = response.content.decode()
    assert response.status_code == 503
    assert (
        "The service is unavailable. These figures are from today at 12:05am." in page
    )
    assert "1,205" in page
    assert "Ready" in page
    assert f'hx-get="{BASE}"' in page
    assert viewer.get(BASE, headers=HTMX).status_code == 200


def test_without_the_api_and_without_figures_the_page_says_so(viewer, api_away):
    api_away()

    assert viewer.get(BASE).status_code == 503


def test_the_figures_are_of_now_again_when_the_api_is_back(viewer, api_away, figures):
    known_figures(timezone.now())
    api_away()
    viewer.get(BASE)
    figures(sms=MOVING)

    assert "These figures are from" not in viewer.get(BASE).content.decode()


@pytest.mark.parametrize(
    "who",
    [staff("view_activity"), staff("view_activity", "manage_service"), superuser()],
    ids=["viewer", "manager", "platform admin"],
)
def test_the_dashboard_is_for_those_who_may_see_what_is_sent(signed_in, figures, who):
    figures()

    assert signed_in(who).get(BASE).status_code == 200


@pytest.mark.parametrize(
    "who",
    [staff("send_messages"), staff("manage_templates")],
    ids=["sender", "editor"],
)
def test_other_members_begin_with_the_templates(signed_in, who):
    assert signed_in(who).get(BASE)["Location"] == f"{BASE}/templates"


def test_a_member_of_the_organisation_may_not_see_it(signed_in, known_service):
    known_service(organisation=ORGANISATION_ID)

    assert (
        signed_in(person(organisations=[ORGANISATION_ID])).get(BASE).status_code == 403
    )


def test_somebody_else_may_not_see_it(signed_in):
    assert signed_in(outsider()).get(BASE).status_code == 403


def test_the_old_address_leads_here(viewer):
    assert viewer.get(f"{BASE}/dashboard")["Location"] == BASE


@pytest.mark.parametrize(
    ("count", "latest", "sentence"),
    [
        (0, None, "0 text messages received"),
        (1, "2026-01-05T09:00:00.000000Z", "1 text message received"),
    ],
)
def test_what_came_in_leads_to_the_inbox(
    viewer, figures, known_service, api, count, latest, sentence
):
    known_service(permissions=["sms", "inbound_sms"])
    figures()
    told = {"count": count, "most_recent": latest}
    api.replace("GET", api.url(f"/service/{SERVICE_ID}/inbound-sms/summary"), json=told)
    viewer.get(BASE, headers=HTMX)

    page = viewer.get(BASE).content.decode()

    assert sentence in page
    assert f'href="{BASE}/inbox"' in page
    assert ("the latest" in page) is bool(latest)


@pytest.mark.parametrize(
    ("period", "query"),
    [
        ("week", ""),
        ("today", "first_day={today}"),
        ("month", "first_day={month}-01"),
    ],
)
def test_numbers_lead_to_the_messages_of_their_time(viewer, figures, period, query):
    now = timezone.localdate()
    month = {f"{now:%Y-%m}": {"email": {"delivered": 90, "permanent-failure": 10}}}
    figures(email=SOME, months=month)

    page = viewer.get(f"{BASE}?period={period}").content.decode()

    asked = query.format(today=now.isoformat(), month=f"{now:%Y-%m}")
    end = f"?{asked}" if asked else ""
    assert f'href="{BASE}/notifications/email{end}"' in page
    more = f"&amp;{asked}" if asked else ""
    assert f'href="{BASE}/notifications/email?status=failed{more}"' in page


def test_failures_of_a_template_are_told_and_lead_to_its_messages(viewer, figures):
    good = use("Ready", 96)
    bad = good | {"status": "permanent-failure", "count": 4}
    figures(sms=SOME, uses=[good, bad, use("Due", 10)])

    page = viewer.get(BASE).content.decode()

    assert "4 – 4.0%, high" in page
    where = f"{BASE}/notifications/sms?status=failed&amp;template={good['template_id']}"
    assert f'href="{where}"' in page
