"""Every bad value has its own sentence, beside the field and in the summary; nothing is lost."""

from __future__ import annotations

import html
import json
import re

import pytest

from tests.contract.staff_routes import recorded_rules
from tests.contract.test_staff_routes import every_address
from tests.guards import pages
from tests.guards.bad_values import (
    BAD,
    BESIDES,
    NO_CHOICES,
    NOTHING_TO_TYPE,
    PLACES,
    UNSEEN,
)
from tests.guards.world import SERVICE

FIELDS = [(route, field) for route, fields in BAD.items() for field in fields]
VAGUE = re.compile(
    r"This field|Select a valid|Ensure this|not allowed|Enter a valid|invalid", re.I
)


def summary_of(text):
    """Return the sentences of the summary with the places that they lead to."""
    found = re.search(
        r'<div class="govuk-error-summary" data-module="govuk-error-summary" '
        r'tabindex="-1">.*?<ul[^>]*>(.*?)</ul>',
        text,
        re.S,
    )
    assert found, "There is no summary that takes the focus."
    return [
        (anchor, html.unescape(sentence))
        for anchor, sentence in re.findall(r'<a href="#([^"]*)">(.*?)</a>', found[1])
    ]


def beside(text, field):
    """Return the sentence beside a field."""
    found = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</p>', text, re.S)
    assert found, f"Nothing is said beside {field}."
    told = re.sub(r"<span class=\"govuk-visually-hidden\">.*?</span>", "", found[1])
    return html.unescape(told).strip()


def test_every_form_of_these_pages_is_in_the_table():
    staff = {
        match.route
        for rule, _parts, _address, match in every_address()
        if match and "POST" in rule.access and rule.module != "index"
    }

    assert staff - set(BAD) - set(NOTHING_TO_TYPE) == set(), "What can be typed there?"
    assert len(recorded_rules()) > len(staff) > 50
    assert set(BAD) & set(NOTHING_TO_TYPE) == set()


@pytest.mark.parametrize(("route", "field"), FIELDS)
def test_a_bad_value_is_told_at_its_place_and_kept(visit, world, route, field):
    browser = visit("member with all permissions")
    besides = BESIDES.get(route, {}).get(field, {})
    name = PLACES.get(field, field)
    for sentence, values in BAD[route][field].items():
        for value in values:
            given = value() if callable(value) else value
            data = {**pages.PAGES[route].data, **besides, field: given}
            world.calls.clear()

            response = browser.client.post(pages.address(route), data)

            text = response.content.decode()
            case = f"{sentence} {str(value)[:40]!r}"
            assert response.status_code == 400, case
            assert re.search(r"<title>\s*Error: ", text), case
            summary = summary_of(text)
            assert sentence in [told for _, told in summary], (case, summary)
            assert beside(text, name) == sentence, case
            assert all(f'id="{anchor}"' in text for anchor, _ in summary), case
            assert world.writes == [], case
            is_typed = isinstance(given, str) and given not in (UNSEEN, *NO_CHOICES[:1])
            if is_typed and field in ("name", "subject", "content", "address", "value"):
                assert html.escape(given.strip())[:200] in text, case


@pytest.mark.parametrize("route", BAD)
def test_two_faults_never_share_a_sentence(route):
    told = [
        (PLACES.get(field, field), sentence)
        for field, faults in BAD[route].items()
        for sentence in faults
    ]
    different = {sentence for _, sentence in set(told)}

    assert len(different) == len(set(told))
    assert [sentence for sentence in different if VAGUE.search(sentence)] == []


@pytest.mark.parametrize(
    ("route", "field", "path", "refused", "sentence"),
    [
        (
            "add-service/name-your-service",
            "name",
            "/service",
            {"name": ["Duplicate service name 'Typed name'"]},
            "There is a service called “Typed name” already. Choose another name.",
        ),
        (
            f"{pages.T}/add-<template_type:template_type>",
            "content",
            f"/service/{SERVICE}/template",
            {"content": ["Content has a character count greater than the limit."]},
            "Content has a character count greater than the limit.",
        ),
    ],
)
def test_what_the_api_refuses_is_told_at_its_place(
    visit, world, route, field, path, refused, sentence
):
    browser = visit("member with all permissions")
    told = json.dumps({"result": "error", "message": refused})
    world.changed = lambda asked, answer: (
        (400, {}, told) if (asked, world.calls[-1][0]) == (path, "POST") else answer
    )

    response = browser("POST", route)

    text = response.content.decode()
    assert response.status_code == 400
    assert sentence in [told for _, told in summary_of(text)]
    assert beside(text, field) == sentence
    assert "Typed name" in text
