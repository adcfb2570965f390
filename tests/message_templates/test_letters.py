"""What only letters have: postage, the sender's address, a Welsh part. And names."""

from __future__ import annotations

import pytest

from tests.builders import new_id
from tests.message_templates.conftest import API, own_template

CONTACT = {
    "id": "44444444-0000-4000-8000-000000000001",
    "contact_block": "1 Street\nLondon",
    "is_default": True,
    "archived": False,
    "service_id": "11111111-0000-4000-8000-000000000001",
    "created_at": "2026-01-05T09:00:00.000000Z",
    "updated_at": None,
}


def letter(**overrides):
    given = {
        "template_type": "letter",
        "subject": "Heading",
        "postage": "second",
        "letter_languages": "english",
        "letter_welsh_subject": None,
        "letter_welsh_content": None,
    }
    return own_template(**given | overrides)


BILINGUAL = {
    "letter_languages": "welsh_then_english",
    "letter_welsh_subject": "Pennawd",
    "letter_welsh_content": "Cynnwys",
}


@pytest.fixture
def opened(editor, known, api):
    """A letter that the API takes changes of: its address."""

    def register(**overrides):
        whole = letter(**overrides)
        api.post(f"{API}/template/{whole['id']}", json={"data": whole})
        return known(whole), f"{API}/template/{whole['id']}"

    return register


def test_postage_is_changed(editor, opened, sent_to):
    url, posted = opened()

    response = editor.post(f"{url}/edit-postage", {"postage": "first"})

    assert response["Location"] == url
    assert sent_to(posted) == [{"postage": "first"}]


def test_the_postage_there_is_is_ticked_and_another_word_refused(editor, opened):
    url, _posted = opened()

    page = editor.get(f"{url}/edit-postage").content.decode()
    response = editor.post(f"{url}/edit-postage", {"postage": "pigeon"})

    assert "checked" in page.split('value="second"')[1].split(">")[0]
    assert response.status_code == 400
    assert "Choose a postage." in response.content.decode()


def test_a_sender_is_chosen_among_the_services_addresses(editor, opened, api, sent_to):
    url, posted = opened()
    api.get(f"{API}/letter-contact", json=[CONTACT])

    page = editor.get(f"{url}/set-template-sender").content.decode()
    editor.post(f"{url}/set-template-sender", {"sender": CONTACT["id"]})

    assert "1 Street, London" in page
    assert sent_to(posted) == [{"reply_to": CONTACT["id"]}]


def test_a_sender_is_taken_away(editor, opened, api, sent_to):
    url, posted = opened(service_letter_contact=CONTACT["id"])
    api.get(f"{API}/letter-contact", json=[CONTACT])

    editor.post(f"{url}/set-template-sender", {"sender": "blank"})

    assert sent_to(posted) == [{"reply_to": None}]


def test_a_welsh_part_begins_with_its_words(editor, opened, sent_to):
    url, posted = opened()

    asked = editor.post(f"{url}/change-language", {"languages": "welsh_then_english"})
    done = editor.post(asked["Location"], {"subject": "Pennawd", "content": "Cynnwys"})

    assert done["Location"] == url
    assert sent_to(posted) == [BILINGUAL]


def test_a_welsh_part_needs_both_words(editor, opened):
    url, _posted = opened()

    page = editor.post(f"{url}/edit/welsh", {"subject": "Pennawd"})

    assert page.status_code == 400
    assert "Enter the body of the letter." in page.content.decode()
    assert 'value="Pennawd"' in page.content.decode()


def test_a_welsh_part_is_removed_after_a_question(editor, opened, sent_to):
    url, posted = opened(**BILINGUAL)

    asked = editor.post(f"{url}/change-language", {"languages": "english"})
    question = editor.get(asked["Location"]).content.decode()
    editor.post(asked["Location"])

    assert "Remove the Welsh part of this letter?" in question
    assert sent_to(posted) == [
        {
            "letter_languages": "english",
            "letter_welsh_subject": None,
            "letter_welsh_content": None,
        }
    ]


@pytest.mark.parametrize(
    "path", ["edit-postage", "set-template-sender", "change-language", "edit/welsh"]
)
def test_other_kinds_have_none_of_these_pages(editor, known, api, path):
    url = known(own_template())
    if path == "set-template-sender":
        api.get(f"{API}/letter-contact", json=[CONTACT])

    assert editor.get(f"{url}/{path}").status_code == 404


def test_the_english_part_is_the_template_itself(editor, opened):
    url, _posted = opened(**BILINGUAL)

    assert editor.get(f"{url}/edit/english")["Location"] == f"{url}/edit"


def test_the_page_says_about_how_long_the_letter_is(editor, opened):
    url, _posted = opened()

    page = editor.get(url).content.decode()

    assert "About 1 page, on 1 sheet of paper. This is an estimate." in page
    assert "at most 10 pages" not in page


def test_both_languages_and_attached_pages_count(editor, opened):
    attachment = {"id": new_id(), "page_count": 3, "original_filename": "form.pdf"}
    url, _posted = opened(**BILINGUAL, letter_attachment=attachment)

    page = editor.get(url).content.decode()

    assert "About 5 pages, on 3 sheets of paper. This is an estimate." in page


def test_a_letter_that_may_be_too_long_is_warned_of(editor, opened):
    url, _posted = opened(content="We have renewed your licence.\n\n" * 400)

    page = editor.get(url).content.decode()

    assert "A letter can be at most 10 pages long." in page


def test_qr_codes_are_drawn(editor, opened):
    url, _posted = opened(content="QR: https://a.example/")

    page = editor.get(url).content.decode()

    assert '<span class="qr-code"><svg aria-hidden="true"' in page
    assert "</svg>https://a.example/</span>" in page


@pytest.mark.parametrize("path", ["edit", "edit/welsh"])
def test_a_qr_code_that_holds_too_much_is_refused(editor, opened, sent_to, path):
    url, posted = opened(**BILINGUAL)
    typed = f"QR: https://a.example/{'x' * 500}"

    page = editor.post(
        f"{url}/{path}", {"name": "A", "subject": "Heading", "content": typed}
    )

    assert page.status_code == 400
    assert "A QR code can hold 504 characters" in page.content.decode()
    assert typed in page.content.decode()
    assert sent_to(posted) == []


def test_a_template_gets_another_name(editor, known, api, sent_to):
    whole = own_template(name="Ready")
    url = known(whole)
    api.post(f"{API}/template/{whole['id']}", json={"data": whole})

    empty = editor.post(f"{url}/rename", {"name": ""})
    editor.post(f"{url}/rename", {"name": "Ready to collect"})

    assert "Enter a template name." in empty.content.decode()
    assert sent_to(f"{API}/template/{whole['id']}") == [{"name": "Ready to collect"}]


def test_a_kind_that_the_service_does_not_send_is_explained(editor, listed):
    listed()
    base = f"/services/{own_template()['service']}/templates/action-blocked/letter"

    for address in (f"{base}/add_new_template", f"{base}/view_template/{new_id()}"):
        assert "letter" in editor.get(address).content.decode().lower()
