"""What messages cost, for everybody."""

from __future__ import annotations

import pytest

from tests import builders


@pytest.mark.parametrize("page", ["", "/how-to-pay", "/billing-details"])
def test_pages_of_words_ask_for_nothing(client, api, page):
    assert client.get(f"/pricing{page}").status_code == 200
    assert len(api.calls) == 0


def test_the_rate_of_a_text_message_is_the_platforms(client, api):
    api.get("/sms-rate/", json={"rate": 0.0227, "valid_from": "2026-04-01T00:00:00"})

    assert (
        "costs 2.27p, without VAT"
        in client.get("/pricing/text-messages").content.decode()
    )


def test_letters_are_priced_by_postage_and_sheets(client, api):
    rates = [("first", 1, "1.56"), ("second", 2, "0.77"), ("second", 1, "0.73")]
    api.get("/letter-rates/", json=builders.letter_rates(*rates))

    page = client.get("/pricing/letters").content.decode()

    assert page.index("First class") < page.index("£1.56") < page.index("Second class")
    assert page.index("73p") < page.index("77p")
