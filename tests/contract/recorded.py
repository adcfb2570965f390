"""The recorded calls of ``clients.json``, with its stand-ins for objects turned into objects."""

from __future__ import annotations

import base64
import copy
import io
import json
import os
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from pypdf import PdfWriter

FACTS = Path(
    os.environ.get("CONTRACT_FILE") or Path(__file__).with_name("clients.json")
)
RECORDED = json.loads(FACTS.read_text())
USER_ID = RECORDED["current_user"]


def name_of(entry):
    return f"{entry['class']}.{entry['method']}"


def in_job(entry):
    """Search the service where the recorded client posts to a job's GET route."""
    for case in entry["cases"]:
        if case["kwargs"].get("job_id") and case["kwargs"].get("to"):
            service = f"/service/{case['kwargs']['service_id']}/notifications"
            case["http"][0]["path"] = service
            case["http"][0]["body"]["include_jobs"] = True


def with_slash(entry):
    """Ask at the address that the API redirects to."""
    for case in entry["cases"]:
        case["http"][0]["path"] = case["http"][0]["path"].rstrip("/") + "/"


def next_in_links_only(entry):
    """Leave out the next page where the schema has no place for it."""
    for case in entry["cases"]:
        if case["kwargs"]["code_type"] == "sms":
            case["http"][0]["body"].pop("next", None)


def ends(*keys):
    """End the keys of what the write changes."""

    def changed(entry):
        facts = entry.setdefault("cache", {})
        facts["delete"] = [*facts.get("delete", ()), *keys]

    return changed


def png_unless_told(entry):
    """Let ``filetype`` be left out."""
    for one in entry["signature"]:
        if one["name"] == "filetype":
            one["default"] = "png"


def outages_are_raised(entry):
    """Let only what the API says of a password be an answer."""
    said = {"400": "returns False", "404": "returns False"}
    entry["error_mapping"] = said


# What differs from the record, and how; test_clients.py says why.
DEVIATIONS = {
    "NotificationApiClient.get_notifications_for_service": in_job,
    "EmailBrandingClient.get_email_branding_name_for_alt_text": with_slash,
    "LetterBrandingClient.get_unique_name_for_letter_branding": with_slash,
    "LetterRateApiClient.get_letter_rates": with_slash,
    "SMSRateApiClient.get_sms_rate": with_slash,
    "UserApiClient.send_verify_code": next_in_links_only,
    "UserApiClient.verify_password": outages_are_raised,
    "OrgInviteApiClient.accept_invite": ends("user-{invited_user_id}"),
    "TemplateEmailFileClient.create_file": ends(
        "service-{service_id}-template-{template_id}"
    ),
    "TemplatePreviewClient.get_preview_for_templated_letter": png_unless_told,
}


def as_wanted(entry):
    """Return the facts of a method with its deviation, if it has one."""
    wanted = copy.deepcopy(entry)
    DEVIATIONS.get(name_of(entry), lambda _: None)(wanted)
    return wanted


def cases():
    """Return (method, one recorded call of it) for all."""
    return [(entry, case) for entry in METHODS for case in entry["cases"]]


def case_name(pair):
    entry, case = pair
    return f"{name_of(entry)}[{entry['cases'].index(case)}]"


def objects(value):
    """Turn what stands for an object in JSON into that object."""
    if isinstance(value, list):
        return [objects(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: objects(one) for key, one in value.items()}
    makers = {
        "__date__": date.fromisoformat,
        "__bytes__": base64.b64decode,
        "__pdf__": lambda _: three_pages(),
        "__namespace__": lambda attributes: SimpleNamespace(**attributes),
        "__serialises_to__": lambda told: SimpleNamespace(serialize=lambda: told),
    }
    for stand_in, make in makers.items():
        if stand_in in made:
            return make(made[stand_in])
    return made


@cache
def three_pages():
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(3):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


METHODS = [as_wanted(entry) for entry in RECORDED["methods"]]

# What the API answers in these tests, unless a method needs something of its own.
ANSWER = {
    "data": {"id": "the-id", "name": "The name"},
    "name": "The name",
    "count": 3,
    "free_sms_fragment_limit": 40_000,
    "email_branding": ["a branding"],
    "notifications_sent_count": 5,
    "template_folders": [{"id": "d978352a-e8b1-52fc-a546-56e831f0c741"}],
    "notifications": [],
    "stats": ["a month"],
    "last_date_used": "2026-01-02",
}

_JOB = {
    "job_status": "finished",
    "template": "sample-template",
    "template_version": 1,
    "original_file_name": "sample.csv",
}

# method -> answers in turn, and what is made of them.
OWN_ANSWERS = {
    "JobApiClient.get_scheduled_jobs": (
        [{"data": [{"scheduled_for": "2031-01-01"}, {"scheduled_for": "2031-01-02"}]}],
        [{"scheduled_for": "2031-01-02"}, {"scheduled_for": "2031-01-01"}],
    ),
    "JobApiClient.has_jobs": ([{"data": [_JOB]}], True),
    "JobApiClient.has_sent_previously": ([{"data": [_JOB]}], False),
    "InviteApiClient.get_count_of_invites_with_permission": (
        [
            {
                "data": [
                    {
                        "status": "pending",
                        "permissions": "manage_users,manage_settings",
                    },
                    {"status": "pending", "permissions": "manage_users"},
                    {
                        "status": "accepted",
                        "permissions": "manage_users,manage_settings",
                    },
                ]
            }
        ],
        1,
    ),
    "OrganisationsClient.get_domains": (
        [[{"domains": ["a.uk"]}, {"domains": ["b.uk", "c.uk"]}]],
        ["a.uk", "b.uk", "c.uk"],
    ),
    "OrganisationsClient.get_organisation_name": ([ANSWER], "The name"),
    "ServiceAPIClient.set_service_data_retention": (
        [
            [
                {
                    "notification_type": "sms",
                    "id": "2f9284c6-9bfd-55fc-9ffe-2a13429dd581",
                }
            ],
            {},
            {},
            {},
        ],
        None,
    ),
    "TemplateFolderAPIClient.get_template_folder": (
        [ANSWER],
        ANSWER["template_folders"][0],
    ),
}
