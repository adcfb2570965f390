"""Going live: the list, the request, and what the organisation decides."""

from __future__ import annotations

import json

import pytest

from portal.common.models import AuditEvent
from portal.services.go_live import Facts, checklist_of
from portal.services.models import Service
from tests.builders import invitation, organisation, template, user
from tests.services.conftest import API, BASE
from tests.users.personas import (
    ORGANISATION_ID,
    SERVICE_ID,
    USER_ID,
    answer_user,
    outsider,
    staff,
    superuser,
)

pytestmark = pytest.mark.django_db

LIVE = f"{BASE}/make-your-service-live"
MANAGES = {SERVICE_ID: ["manage_settings", "manage_users"]}
NOTHING = Facts(0, frozenset(), 0, "GOVUK", None)
READY = Facts(2, frozenset({"sms", "email"}), 1, "Council", True)


def body(call):
    return json.loads(call.request.body)


def tasks(facts, exists=lambda path: True, **columns):
    service = Service(pk=SERVICE_ID, organisation_type="local", **columns)
    return {
        task.path.removeprefix(f"{BASE}/"): task.is_done
        for task in checklist_of(service, facts, exists).tasks
    }


# --- the list


def test_a_new_service_has_all_to_do():
    assert tasks(NOTHING) == {
        "service-settings/request-to-go-live/estimate-usage": False,
        "make-your-service-live/confirm-service-unique": False,
        "users": False,
        "templates": False,
    }


def test_what_a_service_sends_adds_tasks():
    found = tasks(READY, confirmed_unique=True, volume_sms=1)

    assert set(found.values()) == {True}
    assert {
        "service-settings/email-reply-to",
        "service-settings/sms-sender",
        "agreement",
    } <= found.keys()


@pytest.mark.parametrize(
    ("path", "facts"),
    [
        ("users", Facts(1, READY.template_kinds, 1, "Council", True)),
        (
            "service-settings/email-reply-to",
            Facts(2, READY.template_kinds, 0, "Council", True),
        ),
        (
            "service-settings/sms-sender",
            Facts(2, READY.template_kinds, 1, "GOVUK", True),
        ),
        ("agreement", Facts(2, READY.template_kinds, 1, "Council", False)),
    ],
)
def test_one_thing_that_is_missing_is_told(path, facts):
    found = tasks(facts, confirmed_unique=True, volume_sms=1)

    assert [name for name, done in found.items() if not done] == [path]


def test_central_government_may_keep_the_platforms_sender():
    service = Service(pk=SERVICE_ID, organisation_type="central")
    facts = Facts(2, frozenset({"sms"}), 0, "GOVUK", None)

    paths = [task.path for task in checklist_of(service, facts, lambda p: True).tasks]

    assert not [path for path in paths if "sms-sender" in path]


def test_what_no_page_can_do_is_not_asked_for():
    assert tasks(NOTHING, exists=lambda path: path.endswith("/users")) == {
        "users": False
    }


# --- asking


@pytest.fixture
def ready(api, known_service):
    """A service in trial mode that has all it needs: `ready(invited=…, templates=…)`."""

    def tell(*, members=2, invited=(), templates=("sms",), asks=False, own=False):
        told = {"restricted": True, "organisation": ORGANISATION_ID}
        known_service(
            **told,
            organisation_type="central",
            volume_sms=1,
            has_active_go_live_request=asks,
            go_live_user=USER_ID if asks else None,
        )
        people = [user(permissions=MANAGES) for _ in range(members)]
        rows = [template(service=SERVICE_ID, template_type=kind) for kind in templates]
        answers = {
            f"{API}/users": {"data": people},
            f"{API}/invite": {"data": list(invited)},
            f"{API}/template": {"data": rows},
            f"{API}/email-reply-to": [],
            f"{API}/sms-sender": [{"is_default": True, "sms_sender": "Council"}],
            f"/organisations/{ORGANISATION_ID}": organisation(
                id=ORGANISATION_ID, can_approve_own_go_live_requests=own
            ),
        }
        for path, answer in answers.items():
            api.upsert("GET", api.url(path), json=answer)

    return tell


@pytest.fixture
def changes(api):
    """Let the API change the service; gives what it was sent."""
    return api.post(API, json={"data": {}})


@pytest.fixture
def manager(signed_in):
    """The browser of somebody who manages the service."""
    return signed_in(staff("manage_service"))


def test_a_service_asks_when_all_is_done(manager, ready, changes, api):
    ready(own=True)
    told = api.post(
        f"/organisations/notify-users-of-request-to-go-live/{SERVICE_ID}", status=204
    )

    page = manager.get(LIVE).content.decode()
    response = manager.post(LIVE)

    assert "Ask to go live" in page
    assert response["Location"] == LIVE
    assert body(changes.calls[0]) == {
        "created_by": USER_ID,
        "has_active_go_live_request": True,
        "go_live_user": USER_ID,
    }
    assert told.call_count == 1


def test_the_platform_decides_where_the_organisation_may_not(
    manager, ready, changes, api
):
    ready(own=False)
    told = api.post(
        f"/organisations/notify-users-of-request-to-go-live/{SERVICE_ID}", status=204
    )

    manager.post(LIVE)

    assert changes.call_count == 1
    assert told.call_count == 0


def test_invitations_count_as_people_who_manage(manager, ready):
    ready(
        members=1,
        invited=[invitation(permissions="manage_settings,manage_users")],
    )

    assert "Ask to go live" in manager.get(LIVE).content.decode()


@pytest.mark.parametrize("missing", [{"members": 1}, {"templates": ()}])
def test_a_service_does_not_ask_too_early(manager, ready, changes, missing):
    ready(**missing)

    page = manager.get(LIVE).content.decode()
    response = manager.post(LIVE)

    assert "Ask to go live" not in page
    assert response.status_code == 400
    assert "Do this first" in response.content.decode()
    assert changes.call_count == 0


def test_a_request_is_made_once(manager, ready, changes):
    ready(asks=True)

    page = manager.post(LIVE).content.decode()

    assert "You have asked to go live" in page
    assert changes.call_count == 0


def test_uniqueness_is_confirmed(manager, known_service, changes):
    known_service(confirmed_unique=False)
    unique = f"{LIVE}/confirm-service-unique"

    unsure = manager.post(unique, {"is_unique": "no"})
    assert changes.call_count == 0
    response = manager.post(unique, {"is_unique": "yes"})

    assert unsure["Location"] == response["Location"] == LIVE
    assert body(changes.calls[0])["confirmed_unique"] is True


USAGE = f"{BASE}/service-settings/request-to-go-live/estimate-usage"


def test_the_expected_number_of_messages_is_noted(manager, known_service, changes):
    known_service(volume_email=7)

    page = manager.get(USAGE).content.decode()
    response = manager.post(USAGE, {"volume_email": "", "volume_sms": "2500"})

    assert 'value="7"' in page
    assert response["Location"] == LIVE
    assert body(changes.calls[0]) == {
        "created_by": USER_ID,
        "volume_email": 0,
        "volume_sms": 2500,
        "volume_letter": 0,
    }


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "__all__"),
        ({"volume_sms": "0"}, "__all__"),
        ({"volume_sms": "many"}, "volume_sms"),
        ({"volume_sms": "-1"}, "volume_sms"),
        ({"volume_letter": "9" * 12}, "volume_letter"),
    ],
)
def test_a_number_has_to_be_one(manager, known_service, changes, typed, field):
    response = manager.post(USAGE, typed)

    assert response.status_code == 400
    assert list(response.context["form"].errors) == [field]
    assert changes.call_count == 0


# --- deciding

DECIDE = f"{BASE}/make-service-live"


def decider(**overrides):
    return outsider(
        organisations=[ORGANISATION_ID],
        organisation_permissions={ORGANISATION_ID: ["can_make_services_live"]},
        **overrides,
    )


PAGES = ("", "/unique-service", "/service-name", "/contact-user", "/decision")


@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_may_decide_see_the_request(signed_in, ready, page):
    ready(asks=True, own=True)

    assert signed_in(decider()).get(f"{DECIDE}{page}").status_code == 200


def test_who_decides_sees_what_to_expect(signed_in, ready):
    ready(asks=True, own=True)

    page = signed_in(decider()).get(DECIDE).content.decode()

    assert "sandy@example.gov.uk" in page
    assert "Text messages: 1" in page
    assert "Accepted" in page


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("person", "own"),
    [
        (outsider(organisations=[ORGANISATION_ID]), True),
        (staff("manage_service"), True),
        (decider(), False),
    ],
    ids=["without the permission", "of the service only", "not the organisation's"],
)
def test_nobody_else_does(signed_in, ready, page, person, own):
    ready(asks=True, own=own)

    assert signed_in(person).get(f"{DECIDE}{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_without_a_request_there_is_nothing_to_decide(signed_in, ready, changes, page):
    ready(asks=False, own=True)
    browser = signed_in(decider())

    assert "does not ask to go live" in browser.get(f"{DECIDE}{page}").content.decode()
    browser.post(f"{DECIDE}{page}", {"decision": "approve"})
    assert changes.call_count == 0


def test_a_service_is_made_live(signed_in, ready, changes):
    ready(asks=True, own=True)

    response = signed_in(decider()).post(f"{DECIDE}/decision", {"decision": "approve"})

    assert response["Location"] == "/your-services"
    asked = body(changes.calls[0])
    assert asked["restricted"] is False
    assert asked["has_active_go_live_request"] is False
    assert asked["sms_message_limit"] == 250_000
    assert AuditEvent.objects.get().after == {"restricted": False}


def test_a_platform_admin_decides_for_every_organisation(
    signed_in, ready, changes, api
):
    ready(asks=True, own=False)
    answer_user(api, outsider())

    signed_in(superuser()).post(f"{DECIDE}/decision", {"decision": "approve"})

    assert body(changes.calls[0])["restricted"] is False


def test_a_platform_admin_decides_where_there_is_no_organisation(
    signed_in, known_service, changes, api
):
    known_service(
        restricted=True, has_active_go_live_request=True, go_live_user=USER_ID
    )
    answer_user(api, outsider())
    browser = signed_in(superuser())

    assert browser.get(DECIDE).status_code == 200
    browser.post(f"{DECIDE}/decision", {"decision": "refuse", "reason": "Not yet"})

    assert body(changes.calls[0])["has_active_go_live_request"] is False


def test_a_refusal_is_explained_before_the_request_is_closed(
    signed_in, ready, changes, api
):
    ready(asks=True, own=True)
    told = api.post(
        "/organisations/notify-service-member-of-rejected-go-live-request/"
        f"{SERVICE_ID}",
        status=204,
    )

    signed_in(decider()).post(
        f"{DECIDE}/decision", {"decision": "reject", "reason": "x"}
    )
    assert told.call_count == changes.call_count == 0
    signed_in(decider()).post(
        f"{DECIDE}/decision", {"decision": "refuse", "reason": "Not yet"}
    )

    assert body(told.calls[0]) == {
        "name": "Sandy Sender",
        "service_name": "Parking permits",
        "organisation_name": "Example Council",
        "reason": "Not yet",
        "organisation_team_member_name": "Sandy Sender",
        "organisation_team_member_email": "sandy@example.gov.uk",
    }
    assert body(changes.calls[0]) == {
        "created_by": USER_ID,
        "has_active_go_live_request": False,
    }


def test_a_refusal_needs_a_reason(signed_in, ready, changes):
    ready(asks=True, own=True)

    response = signed_in(decider()).post(f"{DECIDE}/decision", {"decision": "refuse"})

    assert list(response.context["form"].errors) == ["reason"]
    assert changes.call_count == 0


@pytest.mark.parametrize(
    ("unique", "name", "to", "is_told"),
    [
        ("yes", "yes", "/decision", False),
        ("yes", "no", "/contact-user?unique=yes&name=no", True),
        ("unsure", "yes", "/contact-user?unique=unsure&name=yes", True),
    ],
)
def test_doubts_lead_to_the_team(signed_in, ready, api, unique, name, to, is_told):
    ready(asks=True, own=True)
    told = api.post(
        "/organisations/notify-org-member-about-next-steps-of-go-live-request/"
        f"{SERVICE_ID}",
        status=204,
    )
    browser = signed_in(decider())

    first = browser.post(f"{DECIDE}/unique-service", {"unique": unique})
    second = browser.post(first["Location"], {"name": name})

    assert first["Location"] == f"{DECIDE}/service-name?unique={unique}"
    assert second["Location"] == f"{DECIDE}{to}"
    assert told.call_count == is_told
    assert browser.get(second["Location"]).status_code == 200


def test_a_double_service_needs_no_more_questions(signed_in, ready):
    ready(asks=True, own=True)
    browser = signed_in(decider())

    response = browser.post(f"{DECIDE}/unique-service", {"unique": "no"})
    page = browser.get(response["Location"]).content.decode()

    assert response["Location"] == f"{DECIDE}/contact-user?unique=no"
    assert "mailto:sandy@example.gov.uk" in page
