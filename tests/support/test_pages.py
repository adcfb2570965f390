"""Asking for help: questions, advice and forms."""

from __future__ import annotations

import re

import pytest
import requests

from portal.support.models import SupportMessage
from tests.support.conftest import NIGHT
from tests.users.personas import USER_ID, outsider, sign_in, staff

pytestmark = pytest.mark.django_db

PROBLEM = "/support/report-problem"
QUESTION = "/support/ask-question-give-feedback"
MESSAGE = {
    "feedback": "Our letters have the wrong logo.",
    "name": "Ann Example",
    "email_address": "ann@example.gov.uk",
}


@pytest.fixture
def signed_in(client, api):
    """Return a function that signs somebody in whose services are live, or in trial."""

    def come(*, is_live=True):
        api.assert_all_requests_are_fired = False
        service = {"id": "1", "name": "Permits", "restricted": not is_live}
        api.get(
            f"/user/{USER_ID}/organisations-and-services",
            json={"organisations": [], "services": [service]},
        )
        return sign_in(client, staff(), api)

    return come


def choose(client, page, choice):
    return client.post(f"/support{page}", {"choice": choice})["Location"]


def told(response):
    assert response.status_code == 400
    return [sentence for _anchor, sentence in response.context["form"].error_list()]


# --- finding the right form


@pytest.mark.parametrize(
    ("page", "choice", "leads_to"),
    [
        ("", "public", "/support/public"),
        ("", "public-sector", "/support/what-do-you-want-to-do"),
        ("/what-do-you-want-to-do", "report-problem", "/support/problem"),
        ("/what-do-you-want-to-do", "ask-question-give-feedback", QUESTION),
        ("/problem", "signing-in", "/support/cannot-sign-in"),
        ("/problem", "sending-messages", "/support/what-happened"),
        ("/problem", "something-else", f"{PROBLEM}?severe=no&category=something-else"),
        ("/cannot-sign-in", "no-code", "/support/security-code"),
        ("/cannot-sign-in", "mobile-number-changed", "/support/mobile-number-changed"),
        ("/cannot-sign-in", "no-email-link", "/support/email-link"),
        ("/cannot-sign-in", "email-address-changed", "/support/email-address-changed"),
        (
            "/cannot-sign-in",
            "something-else",
            f"{PROBLEM}?severe=no&category=cannot-sign-in",
        ),
        (
            "/what-happened",
            "something-else",
            f"{PROBLEM}?severe=no&category=problem-sending",
        ),
        (
            "/what-happened",
            "api-error",
            f"{PROBLEM}?severe=yes&category=tech-error-signed-out",
        ),
    ],
)
def test_each_answer_of_a_visitor_leads_on(client, page, choice, leads_to):
    assert choose(client, page, choice) == leads_to


@pytest.mark.parametrize(
    "page",
    ["", "/what-do-you-want-to-do", "/problem", "/cannot-sign-in", "/what-happened"],
)
@pytest.mark.parametrize("choice", ["", "nonsense"])
def test_an_answer_must_be_chosen(client, page, choice):
    response = client.post(f"/support{page}", {"choice": choice})

    assert told(response) == ["Choose an answer."]


def test_who_is_signed_in_is_not_asked_who_they_are(client, signed_in):
    signed_in()

    assert b"What do you want to do?" in client.get("/support").content
    assert b"I cannot sign in" not in client.get("/support/problem").content
    assert choose(client, "", "report-problem") == "/support/problem"


@pytest.mark.parametrize(
    ("is_live", "leads_to"),
    [
        (True, "severe=yes&category=tech-error-live-services"),
        (False, "severe=no&category=tech-error-no-live-services"),
    ],
)
def test_an_error_of_a_live_service_is_severe(client, signed_in, is_live, leads_to):
    signed_in(is_live=is_live)

    assert choose(client, "/what-happened", "page-error").endswith(leads_to)


@pytest.mark.parametrize(
    "page",
    [
        *("security-code", "mobile-number-changed"),
        *("email-link", "email-address-changed"),
    ],
)
def test_advice_leads_to_a_form_for_those_whom_it_does_not_help(client, page):
    html = client.get(f"/support/{page}").content.decode()

    assert f'href="/support/{page}/account-details"' in html


@pytest.mark.parametrize(
    "page", ["security-code", "email-link", "email-link/account-details", "escalate"]
)
def test_who_is_signed_in_needs_no_help_with_signing_in(client, signed_in, page):
    signed_in()

    assert client.get(f"/support/{page}").status_code == 302


def test_a_problem_that_may_be_an_emergency_is_asked_about_first(client, signed_in):
    assert client.get(PROBLEM)["Location"] == "/support/problem"
    signed_in(is_live=False)
    assert client.get(PROBLEM).status_code == 200


def test_what_was_typed_waits_for_the_questions(client):
    moved = client.post(PROBLEM, MESSAGE)

    assert moved["Location"] == "/support/problem"
    html = client.get(f"{PROBLEM}?severe=no").content.decode()
    assert MESSAGE["feedback"] in html


# --- sending


def test_a_message_is_kept_and_its_task_asked_for(client, asked_for):
    response = client.post(QUESTION, MESSAGE)

    kept = SupportMessage.objects.get()
    assert response["Location"] == "/support/thanks"
    assert kept.subject == "[Notify] Question or feedback"
    assert kept.body.startswith(MESSAGE["feedback"])
    assert "Ann Example <ann@example.gov.uk>" in kept.body
    assert "Not signed in" in kept.body
    assert kept.reply_to == "ann@example.gov.uk"
    assert asked_for == [("portal.support.tasks.deliver_message", str(kept.pk))]
    assert b"Thank you" in client.get(response["Location"]).content


def test_who_is_signed_in_need_not_say_who_they_are(client, signed_in):
    signed_in()

    html = client.get(QUESTION).content.decode()
    client.post(QUESTION, {"feedback": "Hello"})

    assert "We reply to sandy@example.gov.uk." in html
    assert 'name="email_address"' not in html
    kept = SupportMessage.objects.get()
    assert kept.reply_to == "sandy@example.gov.uk"
    assert f"/admin/users/user/{USER_ID}/change/" in kept.body
    assert "/services/11111111-" in kept.body
    assert "Not signed in" not in kept.body


def test_nobody_speaks_for_another_while_signed_in(client, signed_in):
    signed_in()

    client.post(QUESTION, MESSAGE)

    assert SupportMessage.objects.get().reply_to == "sandy@example.gov.uk"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("feedback", " ", "Enter your message."),
        (
            "feedback",
            "x" * 10_001,
            "Your message must be 10,000 characters or fewer.",
        ),
        ("name", "", "Enter your full name."),
        ("email_address", "", "Enter your email address."),
        (
            "email_address",
            "ann",
            "Enter an email address in the correct format, like name@example.com.",
        ),
        (
            "email_address",
            "ann@example.gov.uk\nBcc: all@example.gov.uk",
            "Enter an email address in the correct format, like name@example.com.",
        ),
    ],
)
def test_what_is_missing_is_told_and_the_rest_kept(client, field, value, sentence):
    response = client.post(QUESTION, MESSAGE | {field: value})

    assert told(response) == [sentence]
    for other, typed in MESSAGE.items():
        assert typed in response.content.decode() or other == field
    assert SupportMessage.objects.count() == 0


def test_a_form_sent_twice_counts_once(client):
    html = client.get(QUESTION).content.decode()
    form_id = re.search(r'name="form_id" value="([^"]+)"', html)[1]

    places = [
        client.post(QUESTION, MESSAGE | {"form_id": form_id})["Location"]
        for _ in range(2)
    ]

    assert places == ["/support/thanks"] * 2
    assert SupportMessage.objects.count() == 1


def test_too_many_messages_have_to_wait_and_nothing_typed_is_lost(client):
    for _ in range(10):
        client.post(QUESTION, MESSAGE)

    response = client.post(QUESTION, MESSAGE)

    assert told(response) == ["Too many messages. Wait 10 minutes, then try again."]
    assert MESSAGE["feedback"] in response.content.decode()
    assert SupportMessage.objects.count() == 10


DETAILS = {"name": "Ann Example", "email_address": "ann@example.gov.uk"}


@pytest.mark.parametrize(
    ("page", "typed", "subject"),
    [
        (
            "security-code",
            DETAILS | {"mobile_number": "07700900123"},
            "Security code not received",
        ),
        (
            "mobile-number-changed",
            DETAILS
            | {
                "old_mobile_number": "07700900123",
                "new_mobile_number": "07700900456",
            },
            "Mobile number has changed",
        ),
        ("email-link", DETAILS, "Email link not received"),
        (
            "email-address-changed",
            {
                "name": "Ann Example",
                "old_email_address": "old@example.gov.uk",
                "new_email_address": "ann@example.gov.uk",
            },
            "Email address has changed",
        ),
    ],
)
def test_who_cannot_sign_in_tells_of_their_account(client, page, typed, subject):
    address = f"/support/{page}/account-details"
    empty = told(client.post(address, {}))
    response = client.post(address, typed)

    assert len(set(empty)) == len(typed)
    assert response["Location"] == "/support/thanks"
    kept = SupportMessage.objects.get()
    assert kept.subject.endswith(subject)
    assert kept.reply_to == "ann@example.gov.uk"
    for value in typed.values():
        assert value in kept.body


# --- emergencies


@pytest.mark.parametrize(("is_live", "is_urgent"), [(True, True), (False, False)])
def test_a_problem_of_a_live_service_is_urgent(client, signed_in, is_live, is_urgent):
    signed_in(is_live=is_live)

    response = client.post(
        f"{PROBLEM}?severe=yes&category=tech-error-live-services", {"feedback": "Help"}
    )

    kept = SupportMessage.objects.get()
    assert kept.is_urgent is is_urgent
    assert ("Urgent: Technical error" in kept.subject) is is_urgent
    assert ("urgent" in response["Location"]) is is_urgent


def test_a_visitor_cannot_make_a_message_urgent(client, now):
    client.post(f"{PROBLEM}?severe=yes&category=tech-error-signed-out", MESSAGE)

    assert not SupportMessage.objects.get().is_urgent


def test_at_night_visitors_are_told_how_to_raise_an_alarm(client, now):
    now(NIGHT)

    response = client.post(f"{PROBLEM}?severe=yes", MESSAGE)

    assert response["Location"] == "/support/escalate"
    assert b"emergency address" in client.get("/support/escalate").content
    assert SupportMessage.objects.count() == 0
    kept = client.get(f"{PROBLEM}?severe=no&category=problem-sending")
    assert MESSAGE["feedback"] in kept.content.decode()


def test_the_thanks_say_when_an_answer_comes(client, now):
    by_day = client.get("/support/thanks").content
    urgent = client.get("/support/thanks?urgent=yes").content
    now(NIGHT)
    by_night = client.get("/support/thanks").content

    assert b"end of the next working day" in by_day
    assert b"marked as urgent" in urgent
    assert b"outside our working hours" in by_night


# --- when things are missing


def test_without_a_mail_server_the_page_gives_the_address(client, settings):
    settings.PORTAL_SENDS_EMAIL = False

    html = client.post(QUESTION, MESSAGE).content.decode()

    assert 'href="mailto:help@platform.example"' in html
    assert MESSAGE["feedback"] in html
    assert SupportMessage.objects.count() == 0


def test_without_an_address_the_page_says_whom_to_ask(client, settings):
    settings.PORTAL_SUPPORT_EMAIL = ""

    html = client.get("/support/email-link/account-details").content.decode()

    assert "those who gave you your account" in html
    assert "mailto:" not in html


def test_while_the_api_is_away_people_can_say_so(client, api):
    sign_in(client, outsider())
    api.get(f"/user/{USER_ID}", body=requests.ConnectionError())

    page = client.get(f"{PROBLEM}?severe=no&category=problem-sending")
    response = client.post(f"{PROBLEM}?severe=no&category=problem-sending", MESSAGE)

    assert b'name="email_address"' in page.content
    assert response["Location"] == "/support/thanks"
    assert "Not signed in" in SupportMessage.objects.get().body


def test_a_live_service_is_assumed_while_the_api_does_not_say(client, api):
    sign_in(client, outsider(), api)
    api.get(f"/user/{USER_ID}/organisations-and-services", status=500, json={})

    assert "severe=yes" in choose(client, "/what-happened", "api-error")


def test_every_page_leads_to_support(client):
    assert b'href="/support"' in client.get("/sign-in").content
