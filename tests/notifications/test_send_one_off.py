"""Sending one message: one question a page, kept until it is sent."""

from __future__ import annotations

import datetime
import json

import pytest
from django.utils import timezone

from portal.common.models import SavedDraft
from tests import builders
from tests.users.personas import SERVICE_ID, sign_in, staff, superuser

pytestmark = pytest.mark.django_db

TEMPLATE_ID = "55555555-0000-4000-8000-000000000001"
NOTIFICATION_ID = "66666666-0000-4000-8000-000000000001"
SEND = f"/services/{SERVICE_ID}/send/{TEMPLATE_ID}"
CHECK = f"/services/{SERVICE_ID}/template/{TEMPLATE_ID}/notification/check"
API_SEND = f"/service/{SERVICE_ID}/send-notification"


@pytest.fixture
def sender(client, api):
    """Somebody who may send, with a text message template in their service."""

    def prepare(user=None, service=None, **template):
        sign_in(client, user or staff("send_messages"), api)
        api.get(
            f"/service/{SERVICE_ID}",
            json={"data": builders.service(id=SERVICE_ID, **(service or {}))},
        )
        made = builders.template(id=TEMPLATE_ID, service=SERVICE_ID, **template)
        api.get(f"/service/{SERVICE_ID}/template/{TEMPLATE_ID}", json={"data": made})
        return client

    return prepare


def written(client, recipient="07700 900123", name="Bo"):
    client.post(f"{SEND}/one-off/step-0", {"value": recipient})
    return client.post(f"{SEND}/one-off/step-1", {"value": name})


def test_the_recipient_is_the_first_question(sender):
    page = sender().get(f"{SEND}/one-off", follow=True)

    assert "phone number" in page.text
    assert "Use my phone number" in page.text
    assert '<mark class="placeholder">((name))</mark>' in page.text


def test_an_impossible_number_is_refused_and_kept(sender):
    page = sender().post(f"{SEND}/one-off/step-0", {"value": "07700 900 12x"})

    assert "Mobile numbers can only include" in page.text
    assert "07700 900 12x" in page.text


def test_every_answer_leads_to_the_next_question_and_then_to_the_check(sender):
    client = sender()

    first = client.post(f"{SEND}/one-off/step-0", {"value": "07700 900123"})
    second = client.post(f"{SEND}/one-off/step-1", {"value": "Bo"})

    assert first.url == f"{SEND}/one-off/step-1"
    assert second.url == CHECK


def test_answers_are_there_again_when_someone_comes_back(sender):
    client = sender()
    written(client)

    page = client.get(f"{SEND}/one-off/step-1")

    assert ">\nBo</textarea>" in page.text


def test_the_preview_follows_what_is_typed_without_keeping_it(sender):
    client = sender()

    part = client.post(
        f"{SEND}/one-off/step-1", {"value": "<b>"}, headers={"HX-Request": "true"}
    )

    assert "Hello &lt;b&gt;, your permit is ready." in part.text
    assert "<html" not in part.text
    assert "&lt;b&gt;" not in client.get(f"{SEND}/one-off/step-1").text


def test_own_number_answers_the_first_question(sender):
    client = sender()
    address = f"/services/{SERVICE_ID}/template/{TEMPLATE_ID}/one-off/send-to-myself"

    assert client.get(address).url == f"{SEND}/one-off/step-1"
    assert "07700900001" in client.get(f"{SEND}/one-off/step-0").text


def test_the_check_page_says_what_will_be_sent_and_what_it_costs(sender):
    client = sender()
    written(client)

    page = client.get(CHECK)

    assert "Hello Bo, your permit is ready." in page.text
    assert "Will be charged as 1 text message." in page.text
    assert "Send 1 text message" in page.text


def test_the_check_page_asks_for_what_is_missing(sender):
    assert sender().get(CHECK).url == f"{SEND}/one-off/step-0"


def test_each_answer_can_be_changed_from_the_check_page(sender):
    client = sender()
    written(client)

    page = client.get(CHECK).text
    client.post(f"{SEND}/one-off/step-0?change=yes", {"value": "07700 900999"})
    back = client.get(f"{SEND}/one-off/step-0?change=yes").text
    answer = client.post(f"{SEND}/one-off/step-1?change=yes", {"value": "Ann"})

    assert f'href="{SEND}/one-off/step-0?change=yes"' in page
    assert f'href="{SEND}/one-off/step-1?change=yes"' in page
    assert f'href="{CHECK}"' in back
    assert answer["Location"] == CHECK
    assert "07700 900999" in client.get(CHECK).text


CONDITIONAL = "Hello ((name)). ((new??You are <new>.))((new?? Bring a form.))"


def test_what_shows_or_hides_words_is_asked_as_yes_or_no(sender):
    client = sender(content=CONDITIONAL)
    written(client)

    asked = client.get(f"{SEND}/one-off/step-2").text
    wrong = client.post(f"{SEND}/one-off/step-2", {"value": "new"})
    client.post(f"{SEND}/one-off/step-2", {"value": "yes"})

    assert asked.count('type="radio"') == 2
    assert "“You are &lt;new&gt;. …  Bring a form.”" in asked
    assert wrong.status_code == 400
    assert "new" in wrong.text
    shown = client.get(CHECK).text
    assert "You are &lt;new&gt;. Bring a form." in shown
    assert 'value="yes" checked' in " ".join(
        client.get(f"{SEND}/one-off/step-2").text.split()
    )


def test_what_is_shown_itself_too_is_asked_as_text(sender):
    client = sender(content="((name??Dear ))((name))")

    page = client.get(f"{SEND}/one-off/step-1").text

    assert 'type="radio"' not in page
    assert "<textarea" in page


def test_sending_leads_to_the_message(sender, api):
    client = sender()
    sent = api.post(API_SEND, json={"id": NOTIFICATION_ID}, status=201)
    written(client)

    page = client.post(CHECK)

    assert page.url == f"/services/{SERVICE_ID}/notification/{NOTIFICATION_ID}"
    assert json.loads(sent.calls[0].request.body) == {
        "template_id": TEMPLATE_ID,
        "to": "07700 900123",
        "personalisation": {"name": "Bo"},
        "created_by": staff()["id"],
    }


def test_a_sent_message_is_no_draft_any_more(sender, api):
    client = sender()
    api.post(API_SEND, json={"id": NOTIFICATION_ID}, status=201)
    written(client)

    client.post(CHECK)

    assert client.get(CHECK).url == f"{SEND}/one-off/step-0"


@pytest.mark.parametrize(
    ("status", "message", "told"),
    [
        (
            400,
            "Can’t send to this recipient when service is in trial mode – see https://x",
            "only send messages to yourself and members of your team",
        ),
        (429, "Exceeded send limits (sms: 50) for today", "limit of 250,000 messages"),
        (400, "SMS sender not found", "The sender you chose has been deleted."),
    ],
)
def test_a_refusal_is_a_sentence_and_nothing_is_lost(
    sender, api, status, message, told
):
    client = sender()
    api.post(API_SEND, json={"result": "error", "message": message}, status=status)
    written(client)

    page = client.post(CHECK)

    assert told in page.text
    assert "Send 1 text message" in page.text
    assert "Hello Bo" in client.get(CHECK).text


def test_a_message_that_is_too_long_is_not_offered_for_sending(sender):
    client = sender()
    written(client, name="x" * 1000)

    page = client.get(CHECK)

    assert "The message is too long." in page.text
    assert "Send 1 text message" not in page.text


def test_the_sender_is_asked_for_when_there_is_a_choice(sender, api):
    client = sender()
    senders = [
        {"id": builders.new_id(), "sms_sender": "PERMITS", "is_default": True},
        {"id": builders.new_id(), "sms_sender": "PARKS", "is_default": False},
    ]
    api.get(f"/service/{SERVICE_ID}/sms-sender", json=senders)

    asked = client.get(f"{SEND}/set-sender")
    chosen = client.post(f"{SEND}/set-sender", {"sender": senders[1]["id"]})

    assert "PARKS" in asked.text
    assert chosen.url == f"{SEND}/one-off"


def test_the_chosen_sender_is_used(sender, api):
    client = sender()
    senders = [
        {"id": builders.new_id(), "sms_sender": name, "is_default": name == "A"}
        for name in ("A", "B")
    ]
    api.get(f"/service/{SERVICE_ID}/sms-sender", json=senders)
    sent = api.post(API_SEND, json={"id": NOTIFICATION_ID}, status=201)
    client.post(f"{SEND}/set-sender", {"sender": senders[1]["id"]})
    written(client)

    client.post(CHECK)

    assert json.loads(sent.calls[0].request.body)["sender_id"] == senders[1]["id"]


def test_one_sender_is_no_question(sender, api):
    client = sender()
    api.get(f"/service/{SERVICE_ID}/sms-sender", json=[])

    assert client.get(f"{SEND}/set-sender").url == f"{SEND}/one-off"


def test_the_template_behind_uploaded_letters_sends_nothing(sender):
    client = sender(template_type="letter", is_precompiled_letter=True)

    assert client.get(f"{SEND}/one-off/address").status_code == 404


def test_a_letter_asks_for_the_address_as_a_whole(sender):
    client = sender(template_type="letter", subject="Your permit")

    wrong = client.post(f"{SEND}/one-off/address", {"address": "A\nB\nC"})
    right = client.post(
        f"{SEND}/one-off/address", {"address": "A Person\n1 Street\nSW1A 1AA"}
    )

    assert wrong.status_code == 400
    assert "does not end in a real UK postcode" in wrong.text
    assert right.url == f"{SEND}/one-off/step-1"


def test_platform_admins_look_but_do_not_send(sender):
    client = sender(user=superuser())
    written(client)

    assert client.get(CHECK).status_code == 200
    assert client.post(CHECK).status_code == 403


def test_people_without_the_permission_see_nothing(sender):
    client = sender(user=staff("view_activity"))

    assert client.get(f"{SEND}/one-off").status_code == 403


def test_a_step_asks_the_api_for_nothing_once_it_knows_the_service(sender, api_calls):
    client = sender()
    client.get(f"{SEND}/one-off/step-0")
    del api_calls[:]

    client.get(f"{SEND}/one-off/step-0")

    assert api_calls == []


def test_a_template_that_is_gone_sends_nothing(sender):
    assert sender(archived=True).get(f"{SEND}/one-off").status_code == 404


def test_what_was_filled_in_is_there_in_a_new_browser(sender, api):
    client = sender()
    client.post(f"{SEND}/one-off/step-0", {"value": "07700 900123"})
    client.cookies.clear()
    sign_in(client, staff("send_messages"), api)

    assert "07700 900123" in client.get(f"{SEND}/one-off/step-0").text


def test_a_message_of_another_visit_can_be_begun_again(sender):
    client = sender()
    client.post(f"{SEND}/one-off/step-0", {"value": "07700 900123"})
    SavedDraft.objects.update(saved_at=timezone.now() - datetime.timedelta(hours=2))

    page = client.get(f"{SEND}/one-off/step-0").text
    client.post(f"{SEND}/one-off/step-0", {"discard": "yes"})

    assert "What you filled in is still here." in page
    assert "07700 900123" not in client.get(f"{SEND}/one-off/step-0").text


def test_what_is_filled_in_is_sealed_and_goes_when_it_is_sent(sender, api):
    client = sender()
    written(client)
    assert "07700" not in SavedDraft.objects.get().sealed
    api.post(API_SEND, json={"id": NOTIFICATION_ID}, status=201)

    client.post(CHECK)

    assert not SavedDraft.objects.exists()


def test_two_clicks_send_one_message(sender, api):
    client = sender()
    written(client)
    form_id = client.get(CHECK).context["form"]["form_id"].value()
    sending = api.post(API_SEND, json={"id": NOTIFICATION_ID}, status=201)

    first = client.post(CHECK, {"form_id": form_id})
    second = client.post(CHECK, {"form_id": form_id})

    assert first.url == second.url
    assert sending.call_count == 1
