"""What one letter costs, said before it is sent."""

from __future__ import annotations

import pytest
from requests.exceptions import ReadTimeout

from tests import builders
from tests.users.personas import SERVICE_ID, sign_in, staff

pytestmark = pytest.mark.django_db

TEMPLATE_ID = "55555555-0000-4000-8000-000000000001"
SEND = f"/services/{SERVICE_ID}/send/{TEMPLATE_ID}"
CHECK = f"/services/{SERVICE_ID}/template/{TEMPLATE_ID}/notification/check"
PREVIEW = "http://preview.example"
HERE, ABROAD = "Ann\n1 Street\nSW1A 1AA", "Ann\n1 Rue\n75001 Paris\nFrance"
RATES = builders.letter_rates(
    ("first", 1, "1.56"),
    ("second", 1, "0.73"),
    ("second", 2, "0.77"),
    ("second", 5, "0.90"),
    ("europe", 1, "1.44"),
    ("rest-of-world", 1, "1.66"),
)
SENDS = "Send 1 letter"


@pytest.fixture
def letter(client, api, settings):
    """Write a letter of so many pages up to its check: `letter(pages=3)`."""
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW

    def write(pages=1, postage="second", address=HERE):
        sign_in(client, staff("send_messages"), api)
        service = builders.service(
            id=SERVICE_ID, permissions=["letter", "international_letters"]
        )
        api.get(f"/service/{SERVICE_ID}", json={"data": service})
        template = builders.template(
            id=TEMPLATE_ID,
            service=SERVICE_ID,
            template_type="letter",
            subject="Your bill",
            content="Please pay.",
            postage=postage,
            letter_languages="english",
        )
        path = f"/service/{SERVICE_ID}/template/{TEMPLATE_ID}"
        api.get(path, json={"data": template})
        counted = {"count": pages, "welsh_page_count": 0, "attachment_page_count": 0}
        api.add("POST", f"{PREVIEW}/get-page-count", json=counted)
        step = client.post(f"{SEND}/one-off/address", {"address": address})
        assert step.url == CHECK
        return client

    return write


@pytest.mark.parametrize(
    ("pages", "cost"), [(1, "0.73"), (2, "0.73"), (3, "0.77"), (10, "0.90")]
)
def test_a_letter_costs_what_its_sheets_do(letter, api, pages, cost):
    api.get("/letter-rates/", json=RATES)

    assert f"Costs £{cost}." in letter(pages).get(CHECK).text


@pytest.mark.parametrize(
    ("postage", "address", "cost"),
    [
        ("first", HERE, "1.56"),
        ("second", HERE, "0.73"),
        ("second", ABROAD, "1.44"),
        ("first", "Ann\n1 Road\nNairobi\nKenya", "1.66"),
    ],
)
def test_it_costs_what_its_post_does_which_abroad_is_that_of_the_zone(
    letter, api, postage, address, cost
):
    api.get("/letter-rates/", json=RATES)

    page = letter(postage=postage, address=address).get(CHECK).text

    assert f"Costs £{cost}." in page


@pytest.mark.parametrize(("pages", "postage"), [(5, "second"), (1, "economy")])
def test_without_a_rate_for_it_nothing_is_said_and_it_can_be_sent(
    letter, api, pages, postage
):
    api.get("/letter-rates/", json=RATES)

    page = letter(pages, postage).get(CHECK)

    assert page.status_code == 200
    assert "Costs £" not in page.text
    assert SENDS in page.text


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "json": {"message": "Internal server error"}},
        {"status": 404, "json": {"message": "Not found"}},
        {"body": ReadTimeout()},
        {"body": "<html>"},
        {"json": {"data": []}},
        {"json": [{"post_class": "second"}]},
        {"json": [{"post_class": "second", "sheet_count": 1, "rate": "much"}]},
        {"json": [{"post_class": "second", "sheet_count": 1, "rate": None}]},
    ],
    ids=["down", "gone", "slow", "no JSON", "dict", "no rate", "words", "null"],
)
def test_an_api_that_does_not_say_what_letters_cost_keeps_nobody_from_sending(
    letter, api, answer
):
    api.get("/letter-rates/", **answer)

    page = letter().get(CHECK)

    assert page.status_code == 200
    assert "Costs £" not in page.text
    assert SENDS in page.text


def test_a_letter_whose_pages_nobody_counts_has_no_cost_yet(letter, api, settings):
    api.assert_all_requests_are_fired = False
    client = letter()
    settings.TEMPLATE_PREVIEW_API_HOST = ""

    page = client.get(CHECK)

    assert page.status_code == 200
    assert "Costs £" not in page.text


def test_rates_are_asked_for_once_for_all_letters(letter, api, api_calls):
    api.get("/letter-rates/", json=RATES)
    client = letter()
    client.get(CHECK)
    del api_calls[:]

    assert "Costs £0.73." in client.get(CHECK).text
    assert "/letter-rates/" not in [call.route for call in api_calls]
