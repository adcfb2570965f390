"""The recorded calls of ``clients.json``, with its stand-ins for objects turned into objects."""

from __future__ import annotations

import base64
import io
import json
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from pypdf import PdfWriter

RECORDED = json.loads((Path(__file__).parent / "clients.json").read_text())
USER_ID = RECORDED["current_user"]
METHODS = RECORDED["methods"]


def name_of(entry):
    return f"{entry['class']}.{entry['method']}"


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


# What the API answers in these tests, unless a method needs something of its own.
ANSWER = {
    "data": {"id": "the-id", "name": "The name"},
    "name": "The name",
    "count": 3,
    "free_sms_fragment_limit": 40_000,
    "email_branding": ["a branding"],
    "notifications_sent_count": 5,
    "template_folders": [{"id": "d978352a-e8b1-52fc-a546-56e831f0c741"}],
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
