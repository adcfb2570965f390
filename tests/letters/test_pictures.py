"""Letters drawn by the template-preview service, and what pages show of them."""

from __future__ import annotations

import base64
import json
import re

import pytest
import requests
from django.core.cache import caches

from tests import builders, pdf_files
from tests.users.personas import SERVICE_ID, sign_in, staff

pytestmark = pytest.mark.django_db

PREVIEW = "http://preview.example"
TEMPLATE_ID = "55555555-0000-4000-8000-000000000001"
LETTER_ID = "66666666-0000-4000-8000-000000000001"
SERVICE = f"/services/{SERVICE_ID}"
API = f"/service/{SERVICE_ID}"
TEMPLATE = f"{SERVICE}/templates/{TEMPLATE_ID}"
SEND = f"{SERVICE}/send/{TEMPLATE_ID}"
CHECK = f"{SERVICE}/template/{TEMPLATE_ID}/notification/check"
SENT = f"{SERVICE}/notification/{LETTER_ID}"
PNG, PDF = b"\x89PNG a page", b"%PDF a letter"


def letter(**overrides):
    given = {
        "template_type": "letter",
        "name": "Tax bill",
        "subject": "Your bill",
        "content": "Dear ((name)),",
        "postage": "first",
        "letter_languages": "english",
        "reply_to_text": "The Team\n1 Street",
    }
    return builders.template(id=TEMPLATE_ID, service=SERVICE_ID, **given | overrides)


@pytest.fixture
def known(client, api, settings):
    """Sign somebody in to a service with a template; there is a preview service."""
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW
    settings.TEMPLATE_PREVIEW_API_KEY = "the key"
    api.assert_all_requests_are_fired = False

    def prepare(user=None, service=None, **template):
        sign_in(client, user or staff("send_messages", "manage_templates"), api)
        answer = builders.service(id=SERVICE_ID, **(service or {}))
        api.get(API, json={"data": answer})
        made = letter(**template)
        api.get(f"{API}/template/{TEMPLATE_ID}", json={"data": made})
        api.get(f"{API}/template-folder", json={"template_folders": []})
        versions = [made, made | {"version": 1, "content": "Old words"}]
        api.get(f"{API}/template/{TEMPLATE_ID}/versions", json={"data": versions})
        return client

    return prepare


@pytest.fixture
def draws(api):
    """Let the service draw, or answer something else."""

    def register(png=PNG, pdf=PDF, count=1, status=200, **counts):
        api.add("POST", f"{PREVIEW}/preview.png", body=png, status=status)
        api.add("POST", f"{PREVIEW}/preview.pdf", body=pdf, status=status)
        whole = {"count": count, "welsh_page_count": 0, "attachment_page_count": 0}
        api.add("POST", f"{PREVIEW}/get-page-count", json=whole | counts, status=status)

    return register


def asked(api, path):
    """The bodies sent to an address of the preview service."""
    return [
        json.loads(call.request.body)
        for call in api.calls
        if call.request.url.startswith(f"{PREVIEW}{path}")
    ]


def pictures(page):
    return re.findall(
        r'<img class="portal-pages__picture" src="([^"]*)" alt="([^"]*)"', page
    )


def filled_in(client, **values):
    """Answer the questions of a letter."""
    address = "Ann Example\n1 Street\nSW1A 1AA"
    client.post(f"{SEND}/one-off/address", {"address": address})
    for step, value in enumerate(values.values(), 1):
        client.post(f"{SEND}/one-off/step-{step}", {"value": value})
    return client


def sent_letter(**overrides):
    given = {
        "id": LETTER_ID,
        "notification_type": "letter",
        "status": "delivered",
        "postage": "first",
        "template": letter(is_precompiled_letter=False, redact_personalisation=False),
        "personalisation": {"name": "Ann"},
    }
    return builders.notification(**given | overrides)


# --- pages that show letters


def test_a_template_shows_its_pages_and_the_text_for_those_who_see_no_pictures(
    known, draws
):
    client = known()
    draws(count=3, attachment_page_count=1)

    page = client.get(TEMPLATE).text

    assert pictures(page) == [
        (f"{TEMPLATE}.png?page={n}", f"Page {n} of 3") for n in (1, 2, 3)
    ]
    assert page.count('loading="lazy"') == 3
    assert f'href="{TEMPLATE}.pdf"' in page
    assert "3 pages, on 2 sheets of paper." in page
    assert "The letter as text" in page
    assert "Dear <mark" in page
    assert "First class" in page


def test_pages_are_counted_once_for_a_version(known, draws, api):
    client = known()
    draws(count=2)

    client.get(TEMPLATE)
    client.get(TEMPLATE)

    assert len(asked(api, "/get-page-count")) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"body": requests.ConnectionError("away")},
        {"body": requests.ReadTimeout("slow")},
        {"json": {"result": "error"}, "status": 500},
        {"json": {"result": "error"}, "status": 400},
        {"json": {}},
        {"json": {"count": "many", "welsh_page_count": 0, "attachment_page_count": 0}},
        {"json": None},
        {"body": "<html>"},
    ],
)
def test_a_template_is_shown_as_text_while_nobody_counts_its_pages(known, api, fault):
    client = known()
    api.add("POST", f"{PREVIEW}/get-page-count", **fault)

    page = client.get(TEMPLATE)

    assert page.status_code == 200
    assert pictures(page.text) == []
    assert "About 1 page, on 1 sheet of paper. This is an estimate." in page.text
    assert "Dear <mark" in page.text


def test_a_page_does_not_wait_long_for_a_slow_service(known, api, settings):
    settings.TEMPLATE_PREVIEW_SECONDS = 0.5
    client = known()
    waited = []

    def slow(request):
        waited.append(request.req_kwargs["timeout"].total)
        raise requests.ReadTimeout("slow")

    api.add_callback("POST", f"{PREVIEW}/get-page-count", callback=slow)

    assert client.get(TEMPLATE).status_code == 200
    assert 0 < waited[0] <= 0.5


def test_without_the_service_letters_are_text(known, settings):
    client = known()
    settings.TEMPLATE_PREVIEW_API_HOST = ""

    page = client.get(TEMPLATE)

    assert pictures(page.text) == []
    assert "This is an estimate." in page.text
    assert client.get(f"{TEMPLATE}.png").status_code == 503
    assert client.get(f"{TEMPLATE}.pdf").status_code == 503


def test_other_messages_are_never_counted(known):
    page = known(template_type="sms").get(TEMPLATE)

    assert page.status_code == 200
    assert pictures(page.text) == []


def test_a_version_shows_its_own_pages(known, draws):
    client = known(version=2)
    draws(count=1)

    page = client.get(f"{TEMPLATE}/version/1").text

    assert pictures(page) == [(f"{TEMPLATE}/version/1.png?page=1", "Page 1 of 1")]


# --- the pictures and files themselves


def test_a_page_is_drawn_of_the_template_as_it_is(known, draws, api):
    client = known()
    draws()

    answer = client.get(f"{TEMPLATE}.png?page=2")

    assert answer.content == PNG
    assert answer["Content-Type"] == "image/png"
    body = asked(api, "/preview.png?page=2")[0]
    assert body["letter_contact_block"] == "The Team\n1 Street"
    assert body["template"]["subject"] == "Your bill"
    assert (body["values"], body["filename"], body["date"]) == (None, None, None)
    assert api.calls[-1].request.headers["Authorization"] == "Token the key"


def test_a_letter_is_downloaded_under_its_name(known, draws):
    client = known()
    draws()

    answer = client.get(f"{TEMPLATE}.pdf")

    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="tax-bill.pdf"'


def test_a_picture_that_the_browser_has_is_not_drawn_again(known, draws, api):
    client = known()
    draws()
    first = client.get(f"{TEMPLATE}.png")

    same = client.get(f"{TEMPLATE}.png", headers={"If-None-Match": first["ETag"]})
    other = client.get(
        f"{TEMPLATE}.png?page=2", headers={"If-None-Match": first["ETag"]}
    )

    assert first["Cache-Control"] == "private, no-cache"
    assert (same.status_code, same.content) == (304, b"")
    assert other.status_code == 200
    assert len(asked(api, "/preview.png")) == 2


def test_another_version_is_another_picture(known, draws):
    client = known(version=2)
    draws()
    first = client.get(f"{TEMPLATE}/version/1.png")

    second = client.get(
        f"{TEMPLATE}/version/2.png", headers={"If-None-Match": first["ETag"]}
    )

    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        *("png?page=0", "png?page=-1", "png?page=x", "png?page=", "png?page=1e1"),
        *("png?page=99999", "png?page=²", "pdf?page=1", "gif", "PNG", "pngs"),
        "/version/9.png",
    ],
)
def test_what_is_no_page_of_a_letter_is_not_found(known, draws, path):
    client = known()
    draws()

    address = f"{TEMPLATE}{path}" if path[0] == "/" else f"{TEMPLATE}.{path}"

    assert client.get(address).status_code == 404


def test_a_page_beyond_the_last_is_not_found(known, draws):
    client = known()
    draws(status=400)

    assert client.get(f"{TEMPLATE}.png?page=9").status_code == 404


def test_a_letter_that_is_not_drawn_says_why_in_words(known, draws):
    client = known()
    draws(status=400)

    answer = client.get(f"{TEMPLATE}.pdf")

    assert answer.status_code == 400
    assert answer.text.startswith("This letter cannot be drawn.")


@pytest.mark.parametrize(("status", "body"), [(200, b"<html>"), (503, PNG), (200, b"")])
def test_what_is_no_picture_is_never_passed_on(known, draws, status, body):
    client = known()
    draws(png=body, status=status)

    answer = client.get(f"{TEMPLATE}.png")

    assert answer.status_code == 503
    assert answer["Content-Type"].startswith("text/html")


def test_a_text_message_has_no_pictures(known):
    assert known(template_type="sms").get(f"{TEMPLATE}.png").status_code == 404


def test_an_uploaded_letter_is_not_drawn_from_its_template(known):
    client = known(is_precompiled_letter=True)

    assert client.get(f"{TEMPLATE}.png").status_code == 404


def test_the_brand_of_the_service_is_on_its_letters(known, draws, api):
    brand = "77777777-0000-4000-8000-000000000009"
    client = known(service={"letter_branding": brand})
    made = {"id": brand, "name": "Town of Aber", "filename": "aber"}
    api.get(f"/letter-branding/{brand}", json=made)
    draws()

    client.get(f"{TEMPLATE}.png")

    assert asked(api, "/preview.png")[0]["filename"] == "aber"


# --- before sending


def test_the_last_look_shows_the_letter_as_it_will_be(known, draws, api):
    client = filled_in(known(), name="Siân")
    draws(count=2)

    page = client.get(CHECK).text
    client.get(f"{SERVICE}/{TEMPLATE_ID}/check.png?page=2")

    address = f"{SERVICE}/{TEMPLATE_ID}/check.png"
    assert [url for url, _ in pictures(page)] == [
        f"{address}?page=1",
        f"{address}?page=2",
    ]
    assert "Send 1 letter" in page
    values = asked(api, "/preview.png")[0]["values"]
    assert values["name"] == "Siân"
    assert values["addressline1"] == "Ann Example"


def test_the_pages_of_one_letter_are_counted_once(known, draws, api):
    client = filled_in(known(), name="Siân")
    draws(count=2)

    client.get(CHECK)
    client.get(CHECK)

    assert len(asked(api, "/get-page-count")) == 1


def test_a_letter_that_is_too_long_is_refused_before_it_is_sent(known, draws, api):
    client = filled_in(known(), name="Siân")
    draws(count=11)

    shown, posted = client.get(CHECK), client.post(CHECK)

    for page in (shown.text, posted.text):
        assert "The letter is 11 pages long." in page
        assert "Send 1 letter" not in page
    assert not [call for call in api.calls if "send-notification" in call.request.url]


def test_a_letter_is_sent_where_nobody_counts_its_pages(known, api):
    client = filled_in(known(), name="Siân")
    api.add("POST", f"{PREVIEW}/get-page-count", status=503)
    api.post(f"{API}/send-notification", json={"id": LETTER_ID}, status=201)

    assert client.post(CHECK).url == SENT


def test_a_letter_that_is_not_written_yet_has_no_check_picture(known):
    assert known().get(f"{SERVICE}/{TEMPLATE_ID}/check.png").status_code == 404


def test_what_is_filled_in_so_far_can_be_seen(known, draws, api):
    client = filled_in(known())
    draws()

    assert client.get(f"{SEND}/test.pdf").content == PDF
    assert asked(api, "/preview.pdf")[0]["values"]["addressline1"] == "Ann Example"


# --- sent letters


def test_a_sent_letter_is_shown_as_it_was_sent(known, draws, api):
    client = known()
    api.get(f"{API}/notifications/{LETTER_ID}", json=sent_letter())
    draws(count=2)

    page = client.get(SENT).text
    client.get(f"{SENT}.png")

    assert [text for _, text in pictures(page)] == ["Page 1 of 2", "Page 2 of 2"]
    body = asked(api, "/preview.png")[0]
    assert body["values"] == {"name": "Ann"}
    assert body["date"].startswith("20")


def test_what_is_hidden_after_sending_is_not_drawn(known, draws, api):
    client = known()
    hidden = letter(redact_personalisation=True, is_precompiled_letter=False)
    api.get(f"{API}/notifications/{LETTER_ID}", json=sent_letter(template=hidden))
    draws()

    client.get(f"{SENT}.pdf")

    assert asked(api, "/preview.pdf")[0]["values"] is None


def test_an_uploaded_letter_is_shown_as_it_was_uploaded(known, api):
    client = known()
    uploaded = letter(is_precompiled_letter=True, hidden=True)
    api.get(f"{API}/notifications/{LETTER_ID}", json=sent_letter(template=uploaded))
    file = f"{API}/template/preview/{LETTER_ID}"
    for kind, content in (("pdf", pdf_files.letter(pages=2)), ("png", PNG)):
        answer = {"content": base64.b64encode(content).decode(), "metadata": {}}
        api.get(f"{file}/{kind}", json=answer)

    page = client.get(SENT).text

    assert [text for _, text in pictures(page)] == ["Page 1 of 2", "Page 2 of 2"]
    assert client.get(f"{SENT}.png?page=2").content == PNG


def test_a_page_that_an_uploaded_letter_does_not_have_is_not_found(known, api):
    client = known()
    uploaded = letter(is_precompiled_letter=True, hidden=True)
    api.get(f"{API}/notifications/{LETTER_ID}", json=sent_letter(template=uploaded))
    api.get(f"{API}/template/preview/{LETTER_ID}/png", json={}, status=500)

    assert client.get(f"{SENT}.png?page=7").status_code == 404
    assert client.get(f"{SENT}.png").status_code == 500


def test_a_sent_text_message_has_no_pages(known, api):
    client = known()
    api.get(
        f"{API}/notifications/{LETTER_ID}", json=builders.notification(id=LETTER_ID)
    )

    assert client.get(f"{SENT}.png").status_code == 404


# --- an example with a brand


def test_anybody_sees_a_brand_on_an_example_letter(client, api, settings):
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW
    api.add("POST", f"{PREVIEW}/preview.png", body=PNG)

    answer = client.get("/templates/letter-preview-image/aber")

    assert answer.content == PNG
    body = asked(api, "/preview.png?page=1")[0]
    assert body["filename"] == "aber"
    assert body["template"]["subject"] == "An example letter"


def test_a_brand_is_named_by_its_id_too(client, api, settings):
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW
    brand = "77777777-0000-4000-8000-000000000009"
    api.get(f"/letter-branding/{brand}", json={"id": brand, "filename": "aber"})
    api.add("POST", f"{PREVIEW}/preview.png", body=PNG)

    client.get("/templates/letter-preview-image", {"branding_style": brand})

    assert asked(api, "/preview.png")[0]["filename"] == "aber"


def test_no_brand_is_a_brand_to_look_at(client, api, settings):
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW
    api.add("POST", f"{PREVIEW}/preview.png", body=PNG)

    client.get("/templates/letter-preview-image", {"branding_style": "__NONE__"})

    assert asked(api, "/preview.png")[0]["filename"] is None


def test_two_brands_at_once_make_no_sense(client, settings):
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW

    answer = client.get("/templates/letter-preview-image/a", {"branding_style": "b"})

    assert answer.status_code == 400


def test_what_is_no_brand_is_not_found(client, settings):
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW

    answer = client.get("/templates/letter-preview-image", {"branding_style": "b"})

    assert answer.status_code == 404


def test_the_api_is_asked_on_while_the_service_on_its_host_is_away(
    known, api, settings
):
    settings.TEMPLATE_PREVIEW_API_HOST = f"{settings.API_HOST_NAME}/preview"
    client = known()
    api.add("POST", f"{settings.API_HOST_NAME}/preview/preview.png", status=503)

    answers = {client.get(f"{TEMPLATE}.png").status_code for _ in range(6)}

    assert answers == {503}
    caches["remote"].clear()
    settings.TEMPLATE_PREVIEW_API_HOST = ""
    assert client.get(TEMPLATE).status_code == 200
