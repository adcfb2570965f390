"""Letters from templates, as the sandbox's template-preview service draws them."""

from __future__ import annotations

import io
import uuid

import pytest
from PIL import Image
from pypdf import PdfReader

from portal.messages.letter_pages import estimated_pages
from portal.sandbox.drawing import precompiled
from portal.sandbox.drawing.letter import Letter
from tests.pdfs import letter_pdf
from tests.sandbox.test_template_preview import ask, picture, text_of

VALUES = {
    "name": "Siân",
    "address line 1": "Siân Wŷn",
    "address line 2": "12 Heol Fawr",
    "address line 3": "Caerdydd",
    "postcode": "cf101aa",
}
YELLOW = (255, 221, 0)


def asked(content="Dear ((name)),", values=None, **template):
    words = {"subject": "Your appointment", "content": content, "service": "s"}
    return {
        "template": words | template,
        "values": values,
        "letter_contact_block": "The Team\n1 High Street",
        "filename": None,
        "date": "2026-03-01T12:00:00.000000Z",
    }


def pages_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def pdf_of(sandbox, request):
    answer = ask(sandbox, "/preview.pdf", json=request)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/pdf"
    return answer.content


def colours(image):
    return {colour for _, colour in image.getcolors(1 << 20)}


def test_a_letter_has_sender_address_date_heading_and_words(sandbox):
    (page,) = pages_of(pdf_of(sandbox, asked(values=VALUES)))

    for words in (
        *("The Team", "1 High Street", "Siân Wŷn", "CF10 1AA", "1 March 2026"),
        *("Your appointment", "Dear Siân,", "Page 1 of 1"),
    ):
        assert words in page


def test_what_is_drawn_is_where_the_printer_wants_it():
    letter = Letter(asked()["template"], VALUES, "The Team\nStreet", "Brand")

    verdict = precompiled.judge(letter.pdf(), abroad=False, is_attachment=False)

    assert verdict.message is None
    assert verdict.recipient_address == "Siân Wŷn\n12 Heol Fawr\nCaerdydd\nCF10 1AA"


def test_placeholders_without_values_are_highlighted(sandbox):
    open_one = picture(ask(sandbox, "/preview.png", json=asked(values=None)))
    filled = picture(ask(sandbox, "/preview.png", json=asked(values=VALUES)))

    def is_yellow(colour):
        return all(abs(a - b) < 24 for a, b in zip(colour, YELLOW, strict=True))

    assert any(map(is_yellow, colours(open_one)))
    assert not any(map(is_yellow, colours(filled)))


def test_headings_lists_and_page_breaks_are_set(sandbox):
    content = "# First\n\n* one\n\nThen\n\n1. un\n2. dau\n\n---\n\nLast page"

    first, last = pages_of(pdf_of(sandbox, asked(content)))

    for words in ("First", "• one", "1. un", "2. dau", "Page 1 of 2"):
        assert words in first
    assert "Last page" in last
    assert "The Team" not in last


def test_quotes_dashes_and_welsh_letters_print(sandbox):
    words = "‘ŵ’ “ŷ” – Ŵ Ŷ ẁ ẃ ẅ ỳ £ € ½"

    assert words in text_of(pdf_of(sandbox, asked(words)))


def test_a_qr_code_is_drawn_once_all_that_it_holds_is_known(sandbox):
    content = "QR: https://example.com/((name))"

    known = pdf_of(sandbox, asked(content, VALUES))
    unknown = pdf_of(sandbox, asked(content))

    assert len(PdfReader(io.BytesIO(known)).pages[0].images) == 1
    assert len(PdfReader(io.BytesIO(unknown)).pages[0].images) == 0
    assert "QR: https://example.com/((name))" in text_of(unknown)


def test_angle_brackets_are_only_words(sandbox):
    assert "<b>& <br/>" in text_of(pdf_of(sandbox, asked("<b>& <br/>")))


BILINGUAL = {
    "letter_languages": "welsh_then_english",
    "letter_welsh_subject": "Eich apwyntiad",
    "letter_welsh_content": "Annwyl ((name)),",
}


def test_welsh_comes_first_and_counts_its_own_pages(sandbox):
    welsh, english = pages_of(pdf_of(sandbox, asked(values=VALUES, **BILINGUAL)))

    assert "Eich apwyntiad" in welsh
    assert "1 Mawrth 2026" in welsh
    assert "Tudalen 1 o 1" in welsh
    assert "Your appointment" in english
    assert "Page 1 of 1" in english
    assert "The Team" not in english


@pytest.fixture
def attachment(sandbox):
    service, key = str(uuid.uuid4()), str(uuid.uuid4())
    folder = sandbox.files / "letter_attachments" / f"service-{service}"
    folder.mkdir(parents=True)
    (folder / f"{key}.pdf").write_bytes(letter_pdf(pages=2, text="Attached"))
    return {"service": service, "letter_attachment": {"id": key, "page_count": 2}}


def test_pages_are_counted_in_all_parts(sandbox, attachment):
    request = asked("One\n\n---\n\nTwo", **BILINGUAL, **attachment)

    said = ask(sandbox, "/get-page-count", json=request).json()

    assert said == {"count": 5, "welsh_page_count": 1, "attachment_page_count": 2}
    assert "Attached, page 2" in pages_of(pdf_of(sandbox, request))[4]


def test_one_page_is_drawn_as_a_picture(sandbox):
    request = asked("One\n\n---\n\nTwo")

    second = picture(ask(sandbox, "/preview.png?page=2", json=request))
    third = ask(sandbox, "/preview.png?page=3", json=request)

    assert second.size == (1241, 1754)
    assert third.status_code == 400


@pytest.mark.parametrize(
    ("path", "request_"),
    [
        ("/preview.pdf?page=1", asked()),
        ("/preview.png?page=x", asked()),
        ("/preview.png", {}),
        ("/preview.png", asked() | {"template": {"subject": "only"}}),
        ("/get-page-count", asked() | {"template": "none"}),
    ],
)
def test_what_makes_no_sense_is_refused(sandbox, path, request_):
    answer = ask(sandbox, path, json=request_)

    assert answer.status_code == 400
    assert answer.json()["result"] == "error"


def test_a_letter_of_many_words_takes_many_pages(sandbox):
    request = asked("A sentence of some length. " * 2000)

    count = ask(sandbox, "/get-page-count", json=request).json()["count"]

    assert count > 10
    assert Image.open(
        io.BytesIO(ask(sandbox, f"/preview.png?page={count}", json=request).content)
    )


def test_the_service_has_bad_days_too(sandbox):
    fault = {"route": "/_sandbox/template-preview/**", "kind": "status", "status": 503}
    sandbox.post("/_sandbox/faults.json", fault | {"times": 1})

    assert ask(sandbox, "/preview.png", json=asked()).status_code == 503
    assert ask(sandbox, "/preview.png", json=asked()).status_code == 200


SENTENCE = "We have renewed your licence, which is valid for another three years. "
PARAGRAPH = SENTENCE * 4 + "\n\n"


@pytest.mark.parametrize(
    "content",
    [
        *(PARAGRAPH * n for n in (1, 4, 5, 8, 15, 30, 40)),
        *(f"{SENTENCE}\n\n" * n for n in (10, 20, 40, 80)),
        *(f"{SENTENCE * 9}\n\n" * n for n in (6, 24)),
        *("Bring:\n\n" + "* a letter that you got from us\n" * n for n in (30, 100)),
        *(f"# What to do\n\n{PARAGRAPH}{PARAGRAPH}" * n for n in (3, 8, 15)),
        "QR: https://example.com/pay\n\n" * 10,
        f"{SENTENCE}\n\n---\n\n{PARAGRAPH}",
    ],
    ids=lambda content: f"{len(content)}-{content[:8].strip()}",
)
def test_what_the_portal_estimates_without_the_service_is_what_is_drawn(content):
    drawn = Letter({"subject": "Your licence", "content": content}).pdf()

    assert estimated_pages("Your licence", content) == len(pages_of(drawn))
