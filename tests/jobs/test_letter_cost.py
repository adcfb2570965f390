"""What the letters of a spreadsheet cost, said before they are sent."""

from __future__ import annotations

import html

import pytest
from requests.exceptions import ReadTimeout

from tests import builders

pytestmark = pytest.mark.django_db

PREVIEW = "http://preview.example"
HERE, ABROAD = "Ann,1 Street,SW1A 1AA\n", "Bo,1 Rue,France\n"
RATES = builders.letter_rates(
    ("first", 1, "1.56"),
    ("second", 1, "0.73"),
    ("second", 2, "0.77"),
    ("europe", 1, "1.44"),
)
KNOWN = "Longer letters and letters abroad cost more."


@pytest.fixture
def checked(upload, sender, client, api, settings):
    """Upload letters of so many pages; gives what their check says."""
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW
    api.assert_all_requests_are_fired = False

    def put(*rows, pages=1, postage="second"):
        counted = {"count": pages, "welsh_page_count": 0, "attachment_page_count": 0}
        api.add("POST", f"{PREVIEW}/get-page-count", json=counted)
        editor = sender(
            service={"permissions": ["letter", "international_letters"]},
            template_type="letter",
            subject="Your bill",
            content="Please pay.",
            postage=postage,
            letter_languages="english",
        )
        text = "address line 1,address line 2,address line 3\n" + "".join(rows)
        page = client.get(upload(text, client=editor))
        assert page.status_code == 200
        return html.unescape(page.text)

    return put


@pytest.mark.parametrize(
    ("pages", "postage", "told"),
    [
        (1, "second", "About £2.19: £0.73 for a letter of 1 sheet of paper."),
        (2, "first", "About £4.68: £1.56 for a letter of 1 sheet of paper."),
        (3, "second", "About £2.31: £0.77 for a letter of 2 sheets of paper."),
    ],
)
def test_a_file_costs_what_all_its_letters_do(checked, api, pages, postage, told):
    api.get("/letter-rates/", json=RATES)

    page = checked(HERE * 3, pages=pages, postage=postage)

    assert told in page
    assert KNOWN in page


def test_hundreds_of_letters_are_summed_up(checked, api):
    api.get("/letter-rates/", json=RATES)

    assert "About £1,460.00: £0.73" in checked(HERE * 2000)


def test_a_first_letter_abroad_does_not_stand_for_the_others(checked, api):
    api.get("/letter-rates/", json=RATES)

    page = checked(ABROAD, HERE, HERE)

    assert "About £2.19: £0.73 for a letter of 1 sheet of paper." in page
    assert "Second class" in page
    assert KNOWN in page


@pytest.mark.parametrize(("pages", "postage"), [(5, "second"), (1, "economy")])
def test_without_a_rate_the_postage_is_said_and_the_file_can_be_sent(
    checked, api, pages, postage
):
    api.get("/letter-rates/", json=RATES)

    page = checked(HERE, pages=pages, postage=postage)

    assert "About £" not in page
    assert {"second": "Second class", "economy": "Economy mail"}[postage] in page
    assert "Send 1 letter" in page


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "json": {"message": "Internal server error"}},
        {"body": ReadTimeout()},
        {"json": {"data": []}},
        {"json": [{"post_class": "second", "sheet_count": 1, "rate": "much"}]},
    ],
    ids=["down", "slow", "dict", "words"],
)
def test_an_api_that_does_not_say_what_letters_cost_keeps_no_file_from_being_sent(
    checked, api, answer
):
    api.get("/letter-rates/", **answer)

    page = checked(HERE)

    assert "About £" not in page
    assert "Send 1 letter" in page
