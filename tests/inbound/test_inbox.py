"""The text messages that came in."""

from __future__ import annotations

import csv
import io

import pytest

from tests.builders import received
from tests.inbound.conftest import API, BASE
from tests.users.personas import staff

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def inbox(api):
    """Let the API list messages: `inbox(received(), has_next=True)`."""

    def tell(*rows, has_next=False):
        api.get(
            f"{API}/inbound-sms/most-recent",
            json={"data": list(rows), "has_next": has_next},
        )

    return tell


def test_the_last_message_of_each_number_is_listed(viewer, inbox):
    message = received(content="Which trees?")
    inbox(message)

    page = viewer.get(f"{BASE}/inbox").content.decode()

    assert "07700 900001" in page
    assert "Which trees?" in page
    assert f'href="{BASE}/conversation/{message["id"]}"' in page
    assert 'data-portal="live"' in page


def test_an_empty_inbox_says_so(viewer, inbox):
    inbox()

    assert (
        "When somebody texts your service"
        in viewer.get(f"{BASE}/inbox").content.decode()
    )


def test_a_poll_gets_the_part_that_has_changed(viewer, inbox):
    inbox(received())

    first = viewer.get(f"{BASE}/inbox", headers=HTMX)
    again = viewer.get(
        f"{BASE}/inbox", headers={**HTMX, "If-None-Match": first["ETag"]}
    )

    assert "<html" not in first.content.decode()
    assert again.status_code == 304


def test_pages_follow_each_other(viewer, inbox, api):
    inbox(received(), has_next=True)

    page = viewer.get(f"{BASE}/inbox?page=2").content.decode()

    assert api.calls[-1].request.params == {"page": "2"}
    assert f'href="{BASE}/inbox?page=1"' in page
    assert f'href="{BASE}/inbox?page=3"' in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30])
def test_an_odd_page_is_the_first(viewer, inbox, api, page):
    inbox(received())

    viewer.get(f"{BASE}/inbox?page={page}")

    assert api.calls[-1].request.params == {"page": "1"}


def test_a_service_without_a_number_has_no_inbox(signed_in, known_service):
    browser = signed_in(staff("view_activity"))

    response = browser.get(f"{BASE}/inbox")

    assert response.status_code == 403


def test_everything_can_be_taken_away_without_formulas(viewer, api):
    rows = [received(content="=1+1"), received(user_number="Council", content="Hi")]
    api.post(f"{API}/inbound-sms", json={"data": rows})

    response = viewer.get(f"{BASE}/inbox.csv")

    found = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert found == [
        ["Phone number", "Message", "Received"],
        ["07700 900001", "'=1+1", "2026-01-05 09:00"],
        ["Council", "Hi", "2026-01-05 09:00"],
    ]


def test_the_menu_leads_to_the_inbox(viewer, inbox):
    inbox()

    assert (
        f'href="{BASE}/inbox" aria-current="true"'
        in viewer.get(f"{BASE}/inbox").content.decode()
    )


@pytest.mark.parametrize(
    ("permissions", "leads"),
    [(["view_activity"], False), (["view_activity", "manage_service"], True)],
)
def test_who_manages_the_service_gets_to_its_number(
    signed_in, receiving, inbox, permissions, leads
):
    inbox()

    page = signed_in(staff(*permissions)).get(f"{BASE}/inbox").content.decode()

    assert (f'href="{BASE}/service-settings/receive-text-messages"' in page) is leads
