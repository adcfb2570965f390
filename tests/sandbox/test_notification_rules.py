from __future__ import annotations

import pytest

from portal.sandbox import secrets
from portal.sandbox.rules.addresses import address_in, check
from portal.sandbox.rules.notification_lists import Filters, normalised_term
from portal.sandbox.shapes.notifications import status_words


@pytest.mark.parametrize(
    ("line", "postage"),
    [
        ("France", "europe"),
        ("  NETHERLANDS ", "europe"),
        ("Côte d'Ivoire", "rest-of-world"),
        ("SW1A 1AA", None),
    ],
)
def test_post_abroad_costs_by_country(line, postage):
    lines = {"address_line_1": "A", "address_line_2": "B", "postcode": line}

    assert check(address_in(lines)) == postage


@pytest.mark.parametrize(
    ("term", "kind", "kept"),
    [
        ("07700 900-123", "sms", "7700900123"),
        ("+44 (0)7700", "sms", "4407700"),
        ("Jo@Example.gov.uk", "email", "jo@example.gov.uk"),
        ("jo@", "email", "jo@"),
        ("1 High Street", "letter", "1highstreet"),
        ("Jo Person", None, "joperson"),
    ],
)
def test_a_search_term_has_the_form_of_recipients(term, kind, kept):
    assert normalised_term(term, kind) == kept


def test_failed_stands_for_every_failure():
    assert "temporary-failure" in Filters({"status": ["failed"]}).statuses
    assert Filters({"status": ["delivered"]}).statuses == ["delivered"]


def test_personal_data_is_kept_encrypted():
    sealed = secrets.seal({"name": "Jo Person"})

    assert "Jo Person" not in sealed
    assert secrets.unseal(sealed) == {"name": "Jo Person"}


def test_no_personal_data_is_kept_as_nothing():
    assert secrets.seal({}) is None
    assert secrets.unseal(None) == {}


def test_reports_say_what_happened_in_words():
    assert status_words("sms", "temporary-failure") == (
        "Phone not accepting messages right now"
    )
    assert status_words("letter", "created") == "Accepted"
