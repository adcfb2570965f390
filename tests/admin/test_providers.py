"""Providers in the admin."""

from __future__ import annotations

import pytest

from portal.common.models import AuditEvent
from tests.admin.forms import form_of, rows, sent
from tests.builders import provider

LIST = "/admin/providers/providerdetails/"
MMG = provider(display_name="MMG", priority=30, current_month_billable_sms=1234)
SES = provider(display_name="SES", identifier="ses", notification_type="email")
PATH = f"/provider-details/{MMG['id']}"
CHANGE = f"{LIST}{MMG['id']}/change/"
VERSION = {
    "id": MMG["id"],
    "version": 1,
    "priority": 70,
    "created_by": {"id": MMG["id"], "name": "Pat", "email_address": "p@example.gov.uk"},
    "reason": "Slow",
    "updated_at": None,
}


@pytest.fixture
def providers(api):
    api.get("/provider-details", json={"provider_details": [MMG, SES]})
    one = {**MMG, "created_by": None, "version": 2}
    del one["created_by_name"], one["current_month_billable_sms"]
    api.get(PATH, json={"provider_details": one})
    api.get(f"{PATH}/versions", json={"data": [VERSION]})


def test_the_list_is_one_call(pat, providers, asked):
    page = pat.get(LIST)

    assert rows(page) == ["SES", "MMG"]
    assert b"1234" in page.content
    assert asked() == ["GET /provider-details"]


def test_the_history_shows_the_versions(pat, providers, asked):
    page = pat.get(CHANGE.replace("change", "history"))

    assert b"Slow" in page.content
    assert b"Pat" in page.content
    assert asked() == [
        "GET /provider-details/<id>",
        "GET /provider-details/<id>/versions",
    ]


def test_the_share_is_changed_with_a_reason(pat, providers, api):
    api.post(PATH, json={"provider_details": {**MMG, "priority": 60, "version": 3}})
    data = form_of(pat.get(CHANGE)) | {"priority": 60, "reason": "Fast again"}

    assert pat.post(CHANGE, data).status_code == 302

    body = sent(api, PATH)
    assert (body["priority"], body["reason"]) == (60, "Fast again")
    assert AuditEvent.objects.get().before == {"priority": 30, "reason": None}


def test_an_unknown_provider_is_no_page(pat, api):
    api.get("/provider-details/<id>", json={"provider_details": {}})

    assert pat.get(CHANGE).status_code == 302


def test_providers_are_neither_added_nor_removed(pat, providers):
    assert pat.get(f"{LIST}add/").status_code == 403
    assert pat.get(f"{LIST}{MMG['id']}/delete/").status_code == 403
    assert b"remove_selected" not in pat.get(LIST).content
