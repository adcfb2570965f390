"""The recorded calls of ``clients.json``, with its stand-ins for objects turned into objects.

The record is a list of methods. ``kwargs``, ``http`` and ``returns`` (or ``raises``) are one call
of a method, and ``variants`` are others. ``http`` has what these arguments gave: ``path_sample``,
``query_sample`` and the body's ``sample``.
"""

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

from portal.users.identity import SHOWN_PERMISSIONS

FACTS = Path(
    os.environ.get("CONTRACT_FILE") or Path(__file__).with_name("clients.json")
)
RECORDED = json.loads(FACTS.read_text())
USER_ID = next(
    body["sample"][name]
    for entry in RECORDED
    for name in entry.get("current_user_attached_as", ())
    for body in (http["body"] for http in entry["http"])
    if body and body["sample"].get(name)
)


def entry_of(recorded):
    """Return a method with its ``cases``: each call once, and none that needs no arguments."""
    cases = []
    for one in (recorded, *recorded.get("variants", ())):
        case = {
            "kwargs": one.get("kwargs"),
            "http": [http_of(http) for http in one["http"]],
            **{key: one[key] for key in ("returns", "raises") if key in one},
        }
        if case["kwargs"] is not None and case not in cases:
            cases.append(case)
    return {**recorded, "instance": recorded["instances"][0], "cases": cases}


def http_of(recorded):
    """Return a request as it was sent."""
    made = {"method": recorded["http_method"], "path": recorded["path_sample"]}
    if query := recorded.get("query_sample"):
        made["query"] = query
    if body := recorded.get("body"):
        made |= {"kind": body["kind"], "body": body["sample"]}
    return made


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
    "ApiKeyApiClient.create_api_key": ends("service-{service_id}"),
    "ApiKeyApiClient.revoke_api_key": ends("service-{service_id}"),
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


METHODS = [as_wanted(entry_of(recorded)) for recorded in RECORDED]


def recorded_call(name):
    """Return the first recorded call of a method, by its full name."""
    return next(entry["cases"][0] for entry in METHODS if name_of(entry) == name)


def retention_in_place(case):
    """Return the one type that has days of its own: the one that is changed, not made."""
    made = {http.get("body", {}).get("notification_type") for http in case["http"]}
    changed = next(http for http in case["http"] if http["path"].count("/") == 4)
    (kind,) = {"email", "sms", "letter"} - made
    return {"notification_type": kind, "id": changed["path"].rpartition("/")[2]}


def invitations(case):
    """Return two open invitations and a used one; one of each kind with the permission."""
    asked = SHOWN_PERMISSIONS.get(permission := case["kwargs"]["permission"], ())
    enough = ",".join(asked or [permission])
    told = [("pending", enough), ("pending", "another"), ("accepted", enough)]
    return [dict(zip(("status", "permissions"), one, strict=True)) for one in told]


# What the API answers in these tests, unless a method needs something of its own.
ANSWER = {
    "data": {"id": "the-id", "name": "The name"},
    "name": "The name",
    "count": 3,
    "free_sms_fragment_limit": 40_000,
    "email_branding": ["a branding"],
    "notifications_sent_count": 5,
    "template_folders": [
        {
            "id": recorded_call("TemplateFolderAPIClient.get_template_folder")[
                "kwargs"
            ]["folder_id"]
        }
    ],
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
                "data": invitations(
                    recorded_call(
                        "InviteApiClient.get_count_of_invites_with_permission"
                    )
                )
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
                retention_in_place(
                    recorded_call("ServiceAPIClient.set_service_data_retention")
                )
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
