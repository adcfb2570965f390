"""Every method that only reads, called from the shell against the sandbox's demo."""

from __future__ import annotations

import io
import json
import uuid
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from portal.api_keys.types import ApiKeyData
from portal.jobs.types import JobData
from portal.message_templates.types import TemplateData
from portal.notifications.types import NotificationData
from portal.organisations.types import OrganisationData
from portal.services.types import ServiceData
from portal.users.types import UserData
from tests.contract.recorded import METHODS, name_of
from tests.sandbox.conftest import SECRET, running

READS = [
    entry
    for entry in METHODS
    if {http["method"] for case in entry["cases"] for http in case["http"]} == {"GET"}
    and not entry["method"].startswith("_")
]
# The demo has none of these: the API says so, and the command says it as a sentence.
NOT_IN_THE_DEMO = {
    "batch_id",
    "callback_api_id",
    "contact_list_id",
    "file_id",
    "invited_org_user_id",
    "letter_attachment_id",
    "report_request_id",
    "request_id",
    "token",
}
OF_ORGANISATION = "OrgInviteApiClient.get_invited_user"
# Optional for the clients; without them the API refuses some of the reads.
WANTED_BY_THE_API = {"limit_days", "year"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with running(tmp_path_factory.mktemp("demo"), SANDBOX_SPEED="1") as started:
        yield started


@pytest.fixture(scope="module")
def found(demo):
    """Values for arguments, by name, and by method where a name stands for other things."""
    services = demo.get("/service")["data"]
    named = (one for one in services if one["name"] == "Riverside bin collections")
    service = next(named)
    of_service = f"/service/{service['id']}"
    job = next(
        one
        for one in demo.get(f"{of_service}/job")["data"]
        if one["job_status"] == "finished"
    )
    notifications = demo.get(f"{of_service}/notifications?page_size=9")["notifications"]
    brandings = demo.get("/email-branding")["email_branding"]
    today = str(datetime.now(UTC).date())
    return {
        "callback_type": "delivery_status",
        "domain": "riverside-council.example",
        "end_date": today,
        "file_type": "png",
        "folder_id": demo.get(f"{of_service}/template-folder")["template_folders"][0][
            "id"
        ],
        "invited_user_id": demo.get(f"{of_service}/invite")["data"][0]["id"],
        "job_id": job["id"],
        "letter_contact_id": demo.get(f"{of_service}/letter-contact")[0]["id"],
        "letter_print_day": today,
        "limit_days": 7,
        "name": "Riverside",
        "notification_id": notifications[0]["id"],
        "org_id": service["organisation"],
        "original_file_name": job["original_file_name"],
        "page": 1,
        "permission": "manage_templates",
        "provider_id": demo.get("/provider-details")["provider_details"][0]["id"],
        "reply_to_email_id": demo.get(f"{of_service}/email-reply-to")[0]["id"],
        "reported_at": today,
        "sender_id": "Riverside",
        "service_id": service["id"],
        "service_name": "Riverside",
        "sms_sender_id": demo.get(f"{of_service}/sms-sender")[0]["id"],
        "start_date": today,
        "template_id": job["template"],
        "template_type": "email",
        "template_version": job["template_version"],
        "user_id": demo.get(f"{of_service}/users")["data"][0]["id"],
        "year": int(today[:4]) - (today[5:] < "04"),
        "EmailBrandingClient branding_id": brandings[0]["id"],
        "LetterBrandingClient branding_id": demo.get("/letter-branding")[0]["id"],
        "ServiceAPIClient notification_id": demo.get(
            f"{of_service}/inbound-sms/most-recent"
        )["data"][0]["id"],
    }


@pytest.fixture
def notify_api(demo, settings):
    settings.API_HOST_NAME = demo.base_url
    settings.ADMIN_CLIENT_SECRET = SECRET

    def command(*args):
        out = io.StringIO()
        call_command("notify_api", *args, stdout=out)
        return json.loads(out.getvalue())

    return command


def pairs(entry, found):
    names = [
        one["name"]
        for one in entry["signature"]
        if one["kind"] != "var_positional"
        and ("default" not in one or one["name"] in WANTED_BY_THE_API)
    ]
    values = {
        name: found.get(f"{entry['class']} {name}", found.get(name, uuid.uuid4()))
        for name in names
    }
    return [f"{name}={value}" for name, value in values.items()]


def missing(entry):
    names = {one["name"] for one in entry["signature"] if "default" not in one}
    return names & NOT_IN_THE_DEMO or name_of(entry) == OF_ORGANISATION


@pytest.mark.parametrize(
    "entry", [one for one in READS if not missing(one)], ids=name_of
)
def test_a_read_is_answered_by_the_sandbox(notify_api, found, entry):
    notify_api(entry["instance"], entry["method"], *pairs(entry, found))


@pytest.mark.parametrize("entry", [one for one in READS if missing(one)], ids=name_of)
def test_a_read_of_what_is_not_there_is_a_sentence(notify_api, found, entry):
    with pytest.raises(CommandError, match=r"The API answered 40[04]: \S"):
        notify_api(entry["instance"], entry["method"], *pairs(entry, found))


def test_the_types_name_what_the_api_answers(demo, found, notify_api):
    service, of_service = found["service_id"], f"/service/{found['service_id']}"
    answers = {
        ServiceData: demo.get(of_service)["data"],
        UserData: demo.get(f"/user/{found['user_id']}")["data"],
        OrganisationData: demo.get(f"/organisations/{found['org_id']}"),
        TemplateData: demo.get(f"{of_service}/template/{found['template_id']}")["data"],
        JobData: demo.get(f"{of_service}/job/{found['job_id']}")["data"],
        NotificationData: notify_api(
            "notification",
            "get_notification",
            f"service_id={service}",
            f"notification_id={found['notification_id']}",
        ),
        ApiKeyData: demo.get(f"{of_service}/api-keys")["apiKeys"][0],
    }

    for kind, answer in answers.items():
        assert set(kind.__annotations__) == set(answer), kind.__name__
