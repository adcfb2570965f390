from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

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
    assert "159 failed – 13.2%" in page
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
    assert 'max="10" value="2"' in page


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


def test_the_page_costs_four_calls_besides_person_and_service(
    viewer, figures, api_calls
):
    figures(email=SOME)

    viewer.get(BASE)

    assert sorted(call.route for call in api_calls) == [
        "/service/<id>",
        "/service/<id>/job",
        "/service/<id>/job/scheduled-job-stats",
        "/service/<id>/statistics",
        "/service/<id>/template-statistics",
        "/user/<id>",
    ]


def test_those_who_watch_share_one_reading(viewer, figures, api_calls):
    figures(sms=MOVING)
    viewer.get(BASE)
    api_calls.clear()

    viewer.get(BASE, headers=HTMX)

    assert api_calls == []


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


def test_page_and_part_are_kept_apart(viewer, figures):
    figures(sms=MOVING)

    for headers in ({}, HTMX):
        response = viewer.get(BASE, headers=headers)
        assert "HX-Request" in response["Vary"]
        assert "no-cache" in response["Cache-Control"]


def test_polling_ends_when_nothing_is_under_way(viewer, figures):
    figures(sms={"requested": 1, "delivered": 1, "failed": 0})

    page = viewer.get(BASE).content.decode()
    poll = viewer.get(BASE, headers=HTMX)
    again = viewer.get(BASE, headers=HTMX | {"If-None-Match": "*"})

    assert "hx-get" not in page
    assert (poll.status_code, again.status_code) == (286, 286)


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
    api.get(f"/service/{SERVICE_ID}/inbound-sms/summary", json=told)

    page = viewer.get(BASE).content.decode()

    assert sentence in page
    assert f'href="{BASE}/inbox"' in page
    assert ("the latest" in page) is bool(latest)
