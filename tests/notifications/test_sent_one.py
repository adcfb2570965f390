"""One message that was sent."""

from __future__ import annotations

import base64
import uuid

import pytest
from django.utils import timezone

from portal.common.models import AuditEvent
from portal.notifications import statuses
from tests import pdf_files
from tests.builders import new_id, notification, service, template
from tests.users.personas import SERVICE_ID, outsider, sign_in, staff, superuser

API = f"/service/{SERVICE_ID}"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(db, client, api):
    """Sign somebody in: `signed_in(staff("view_activity"))`."""
    api.get(API, json={"data": service(id=SERVICE_ID)})
    api.assert_all_requests_are_fired = False
    return lambda who: sign_in(client, who, api)


@pytest.fixture
def look(signed_in, api):
    """Look at a message: `look(status="sending")` gives the answer."""

    def get(who=None, headers=None, **fields):
        row = notification(**fields)
        api.upsert("GET", api.url(f"{API}/notifications/{row['id']}"), json=row)
        browser = signed_in(who or staff("view_activity"))
        url = f"/services/{SERVICE_ID}/notification/{row['id']}"
        return browser.get(url, headers=headers or {})

    return get


def test_the_message_is_shown_as_it_was_received(look):
    page = look(personalisation={"name": "Bo"}).content.decode()

    assert "Parking permits: Hello Bo, your permit is ready." in page
    assert "To: 07700 900001" in page
    assert "Delivered" in page


def test_the_page_costs_one_call_besides_person_and_service(look, api_calls):
    look()

    assert len(api_calls) == 3


def test_it_says_who_sent_it_and_from_which_file(look):
    job = {"id": new_id(), "original_file_name": "people.csv"}

    page = look(created_by={"name": "Sandy Sender"}, job=job).content.decode()

    assert "was sent by Sandy Sender on 5 January at 9:00am" in page
    assert f'href="/services/{SERVICE_ID}/jobs/{job["id"]}"' in page


def test_it_names_the_key_that_sent_it_and_the_reference(look):
    page = look(key_name="Website", client_reference="ref-1").content.decode()

    assert "was sent by Website" in page
    assert "Reference: ref-1" in page


def test_it_links_to_the_version_that_was_sent(look):
    words = template(version=3, name="Ready")

    page = look(template=words).content.decode()

    path = f"/services/{SERVICE_ID}/templates/{words['id']}/version/3"
    assert f'href="{path}"' in page


def test_an_email_shows_to_and_subject(look):
    words = template(template_type="email", subject="For ((name))", content="# Hello")

    page = look(
        notification_type="email", to="bo@example.gov.uk", template=words
    ).content.decode()

    assert "bo@example.gov.uk" in page
    assert "For Ann" in page


def test_a_letter_shows_its_words_and_address(look):
    words = template(template_type="letter", subject="Notice", content="Dear ((name))")
    filled = {
        "name": "Ann",
        "address_line_1": "Ann Example",
        "address_line_2": "1 High Street",
        "address_line_3": "SW1A 1AA",
    }

    page = look(
        notification_type="letter",
        to="Ann Example",
        template=words,
        personalisation=filled,
        status="created",
    ).content.decode()

    assert "1 High Street" in page
    assert "Dear Ann" in page
    assert "Accepted" in page


def test_an_uploaded_letter_shows_no_empty_page(look):
    words = template(template_type="letter", content="", is_precompiled_letter=True)

    page = look(notification_type="letter", template=words).content.decode()

    assert "An uploaded letter" in page
    assert "portal-letter" not in page


def test_personalisation_that_is_hidden_is_not_shown(look):
    words = template(redact_personalisation=True, content="Code ((code))")

    page = look(template=words, personalisation={"code": "4711"}).content.decode()

    assert "4711" not in page
    assert "Personalisation is hidden after sending." in page


def test_a_message_cannot_bring_markup(look):
    page = look(personalisation={"name": "<script>x</script>"}).content.decode()

    assert "<script>x" not in page


def test_a_message_under_way_polls_for_its_state(look):
    page = look(status="sending").content.decode()
    poll = look(status="sending", headers=HTMX)

    assert 'data-portal="live"' in page
    assert poll.status_code == 200
    assert "Delivering" in poll.content.decode()
    assert "<html" not in poll.content.decode()


@pytest.mark.parametrize("status", ["delivered", "permanent-failure", "cancelled"])
def test_polling_ends_when_the_message_arrived_or_failed(look, status):
    assert 'data-portal="live"' not in look(status=status).content.decode()
    assert look(status=status, headers=HTMX).status_code == 286


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (staff("view_activity"), 200),
        (staff("send_messages"), 200),
        (superuser(), 200),
        (staff("manage_templates"), 403),
        (outsider(), 403),
    ],
    ids=["viewer", "sender", "platform admin", "editor", "outsider"],
)
def test_those_who_send_or_view_may_see_it(look, who, code):
    assert look(who).status_code == code


def test_an_unknown_message_is_not_found(signed_in, api):
    pk = uuid.uuid4()
    told = {"result": "error", "message": "No result found"}
    api.get(f"{API}/notifications/{pk}", status=404, json=told)

    browser = signed_in(staff("view_activity"))

    assert browser.get(f"/services/{SERVICE_ID}/notification/{pk}").status_code == 404


def test_without_the_api_the_page_says_so(signed_in, api):
    pk = uuid.uuid4()
    api.get(f"{API}/notifications/{pk}", status=503)

    browser = signed_in(staff("view_activity"))

    assert browser.get(f"/services/{SERVICE_ID}/notification/{pk}").status_code == 503


def test_nobody_waits_for_a_letter_at_the_screen(look):
    words = template(template_type="letter", subject="Notice")

    page = look(notification_type="letter", status="sending", template=words)

    assert 'data-portal="live"' not in page.content.decode()
    assert "Accepted</strong> 5 January" in page.content.decode()


STATUSES = (
    *("created", "sending", "pending", "sent", "delivered", "failed"),
    *("technical-failure", "temporary-failure", "permanent-failure", "cancelled"),
    *("pending-virus-check", "validation-failed", "virus-scan-failed"),
    "returned-letter",
)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", ["email", "sms", "letter"])
def test_every_state_has_plain_words_and_a_group(kind, status):
    assert str(statuses.describe(kind, status)) != status
    assert statuses.group(status) in {"sending", "delivered", "failed", "cancelled"}


# --- letters


def test_a_letter_that_came_back_says_what_to_do_and_looks_as_if_it_had_failed(look):
    words = template(template_type="letter", subject="Notice")

    page = look(notification_type="letter", status="returned-letter", template=words)

    assert "Correct the address in your records" in page.content.decode()
    assert "portal-status--failed" in page.content.decode()


LETTER = {
    "notification_type": "letter",
    "status": "created",
    "postage": "second",
    "to": "1 Street\nLondon\nSW1A 1AA",
    "template": template(template_type="letter", subject="About", postage="second"),
}


def now():
    return timezone.now().isoformat()


def test_a_letter_says_when_it_is_printed_and_arrives(look):
    page = look(**LETTER, created_at=now()).content.decode()

    assert "Printing starts" in page
    assert "Estimated delivery: between" in page


@pytest.mark.parametrize("status", ["cancelled", "validation-failed"])
def test_a_letter_that_is_never_printed_says_no_day(look, status):
    page = look(**LETTER | {"status": status}, created_at=now()).content.decode()

    assert "Estimated delivery" not in page


@pytest.fixture
def letter(signed_in, api):
    """A letter of the service: the browser of somebody, its page, its address at the API."""

    def register(**fields):
        row = notification(**LETTER | {"created_at": now()} | fields)
        path = f"{API}/notifications/{row['id']}"
        api.get(path, json=row)
        url = f"/services/{SERVICE_ID}/notification/{row['id']}"
        return signed_in(staff("send_messages")), url, f"{path}/cancel"

    return register


def test_a_letter_is_cancelled_after_a_question(letter, api):
    browser, url, path = letter()
    api.post(path, json={})

    page = browser.get(url).content.decode()
    question = browser.get(f"{url}/cancel").content.decode()
    response = browser.post(f"{url}/cancel", follow=True)

    assert f'href="{url}/cancel"' in page
    assert "Cancel sending this letter?" in question
    assert "The letter is cancelled." in response.content.decode()
    assert AuditEvent.objects.get().after == {"status": "cancelled"}


def test_a_letter_at_the_printers_cannot_be_cancelled(letter, api):
    browser, url, _path = letter(created_at="2026-01-05T09:00:00.000000Z")

    page = browser.get(url).content.decode()
    response = browser.post(f"{url}/cancel", follow=True)

    assert f'href="{url}/cancel"' not in page
    assert "It is too late to cancel this letter." in response.content.decode()


def test_the_apis_own_reason_is_told(letter, api):
    browser, url, path = letter()
    told = "This letter has already been cancelled."
    api.post(path, status=400, json={"result": "error", "message": told})

    response = browser.post(f"{url}/cancel", follow=True)

    assert told in response.content.decode()


def test_only_letters_can_be_cancelled(letter):
    browser, url, _path = letter(notification_type="sms", template=template())

    assert browser.get(f"{url}/cancel").status_code == 404


@pytest.mark.parametrize("kind", ["email", "sms", "letter"])
def test_every_failure_comes_with_what_to_do(kind):
    for status in statuses.FAILED:
        assert statuses.advise(kind, status)
    assert not statuses.advise(kind, "delivered")


@pytest.fixture
def refused(look, api):
    """Look at an uploaded letter that was refused: `refused("code", pages="[2]")`."""

    def get(message, pages="", pdf=None, **answer):
        letter_id = new_id()
        content = base64.b64encode(pdf or pdf_files.letter(2)).decode()
        metadata = {"message": message, "invalid_pages": pages, "page_count": "2"}
        api.get(
            f"{API}/template/preview/{letter_id}/pdf",
            **answer or {"json": {"content": content, "metadata": metadata}},
        )
        return look(
            id=letter_id,
            notification_type="letter",
            status="validation-failed",
            client_reference="reminder.pdf",
            template=template(template_type="letter", is_precompiled_letter=True),
        ).text

    return get


def test_a_letter_that_was_refused_says_which_pages_to_change(refused):
    page = refused("letter-not-a4-portrait-oriented", "[2]")

    assert "Page 2 is not A4 portrait." in page
    assert "Reference: reminder.pdf" in page


def test_a_file_that_nobody_could_read_says_so(refused):
    assert "The file cannot be read." in refused("unable-to-read-the-file", pdf=b"junk")


def test_the_page_goes_on_without_the_reason(refused, api_calls, settings):
    settings.TEMPLATE_PREVIEW_API_HOST = "http://preview.example"

    page = refused("", status=404, json={})

    assert "Correct it and upload it again." in page
    assert len([c for c in api_calls if "preview" in c.route]) == 1
