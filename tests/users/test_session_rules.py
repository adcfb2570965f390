"""How long a session lasts, and whose it is."""

from __future__ import annotations

import time

import pytest
import requests
from django.contrib.auth import SESSION_KEY

from portal.remote import context
from portal.users.sessions import LAST_PAGE_AT, SIGNED_IN_AT
from tests.users.personas import (
    USER_ID,
    answer_user,
    outsider,
    person,
    sign_in,
    superuser,
)

pytestmark = pytest.mark.django_db

PAGE = "/your-services"
HOURS = 3600
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def places(api):
    api.assert_all_requests_are_fired = False
    api.get(
        "/user/<id>/organisations-and-services",
        json={"organisations": [], "services": []},
    )


def test_a_session_serves_its_person(client, api):
    sign_in(client, outsider(), api)

    assert b"Sandy Sender" in client.get(PAGE).content


def test_nobody_is_sent_to_sign_in_and_back(client):
    response = client.get(f"{PAGE}?x=1")

    assert response["Location"] == "/sign-in?next=%2Fyour-services%3Fx%3D1"


def test_a_session_ends_after_20_hours(client, api):
    sign_in(client, outsider(), api, **{SIGNED_IN_AT: time.time() - 20 * HOURS - 1})

    response = client.get(PAGE)

    assert response.status_code == 401
    assert b"more than 20 hours ago" in response.content
    assert SESSION_KEY not in client.session


def test_a_busy_session_does_not_outlive_its_20_hours(client, api):
    sign_in(
        client,
        superuser(),
        api,
        **{SIGNED_IN_AT: time.time() - 20 * HOURS - 1, LAST_PAGE_AT: time.time()},
    )

    assert client.get(PAGE).status_code == 401


def test_a_platform_admins_session_ends_after_30_idle_minutes(client, api):
    sign_in(client, superuser(), api, **{LAST_PAGE_AT: time.time() - 1801})

    response = client.get(PAGE)

    assert response.status_code == 401
    assert b"not opened a page for 30 minutes" in response.content


def test_other_people_may_be_idle(client, api):
    sign_in(client, outsider(), api, **{LAST_PAGE_AT: time.time() - 10 * HOURS})

    assert client.get(PAGE).status_code == 200


def test_a_page_counts_against_idleness_and_polling_does_not(client, api):
    earlier = int(time.time()) - 600
    sign_in(client, superuser(), api, **{LAST_PAGE_AT: earlier})

    client.get(PAGE, headers=HTMX)
    after_polling = client.session[LAST_PAGE_AT]
    client.get(PAGE)

    assert after_polling == earlier
    assert client.session[LAST_PAGE_AT] > earlier


def test_a_sign_in_elsewhere_ends_this_session_and_says_so(client, api):
    sign_in(client, outsider())
    answer_user(api, person(current_session_id="44444444-0000-4000-8000-000000000009"))

    response = client.get(f"{PAGE}?x=1")

    assert response.status_code == 401
    assert b"signed in somewhere else" in response.content
    assert b"/sign-in?next=/your-services%3Fx%3D1" in response.content
    assert SESSION_KEY not in client.session


def test_signing_out_elsewhere_ends_this_session(client, api):
    sign_in(client, outsider())
    answer_user(api, person(current_session_id=None))

    assert client.get(PAGE).status_code == 401


def test_a_new_password_ends_other_sessions(client, api):
    sign_in(client, outsider())
    answer_user(api, person(password_changed_at="2026-11-21 10:00:00.000000"))

    assert client.get(PAGE).status_code == 401


@pytest.mark.parametrize("state", ["inactive", "pending"])
def test_a_barred_user_is_signed_out(client, api, state):
    user = outsider(state=state)
    sign_in(client, user, api)

    response = client.get(PAGE)

    assert response.status_code == 401
    assert b"no longer active" in response.content


def test_a_user_who_is_gone_is_signed_out(client, api):
    sign_in(client, outsider())
    api.get(f"/user/{USER_ID}", status=404, json={"message": "No result found"})

    assert client.get(PAGE).status_code == 401


def test_a_part_of_a_page_is_only_told_401(client, api):
    sign_in(client, outsider(), api, **{SIGNED_IN_AT: 0})

    response = client.get(PAGE, headers=HTMX)

    assert (response.status_code, response.content) == (401, b"")


def test_an_ended_session_can_sign_in_at_once(client, api):
    sign_in(client, outsider(), api, **{SIGNED_IN_AT: 0})

    response = client.get("/sign-in")

    assert response.status_code == 200
    assert b"<h1" in response.content


def test_an_outage_signs_nobody_out(client, api):
    sign_in(client, outsider())
    api.get(f"/user/{USER_ID}", body=requests.ConnectionError())

    response = client.get(PAGE)

    assert response.status_code == 503
    assert b"the service is unavailable" in response.content
    assert client.session[SESSION_KEY] == USER_ID


@pytest.mark.parametrize("path", ["/theme.css", "/_status?simple=1"])
def test_what_must_always_answer_asks_for_no_user(client, api, path):
    sign_in(client, outsider())

    assert client.get(path).status_code == 200
    assert not api.calls


def test_calls_of_the_api_name_the_person(client, api):
    sign_in(client, outsider(), api)

    client.get(PAGE)

    assert {c.request.headers["X-Notify-User-Id"] for c in api.calls} == {USER_ID}


def test_nobody_is_named_after_the_request(client, api):
    sign_in(client, outsider(), api)

    client.get(PAGE)

    assert context.current() is None
