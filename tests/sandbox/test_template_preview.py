"""The service that draws letters, as the sandbox has it: uploaded letters."""

from __future__ import annotations

import base64
import io
import uuid

import pytest
import requests
from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.pdfs import ADDRESS, letter_pdf

KEY = {"Authorization": "Token dev-template-preview-key"}
LANDSCAPE = (842, 595)


def ask(sandbox, path, *, headers=KEY, **options):
    return requests.post(
        f"{sandbox.base_url}/_sandbox/template-preview{path}",
        headers=headers,
        timeout=30,
        **options,
    )


def sanitise(sandbox, pdf, **params):
    params = {"allow_international_letters": "false", "upload_id": "an-id"} | params
    return ask(sandbox, "/precompiled/sanitise", data=pdf, params=params)


def picture(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("given", ["", "Token wrong", "Bearer x", "Token é"])
def test_only_who_has_the_key_is_answered(sandbox, given):
    headers = {"Authorization": given.encode()} if given else {}

    answer = ask(sandbox, "/precompiled/sanitise", data=b"x", headers=headers)

    assert answer.status_code == 401


def test_a_good_letter_is_made_ready_for_the_printer(sandbox):
    answer = sanitise(sandbox, letter_pdf(pages=2))

    said = answer.json()
    assert answer.status_code == 200
    assert {name: said[name] for name in said if name != "file"} == {
        "page_count": 2,
        "recipient_address": "\n".join(ADDRESS),
        "message": None,
        "invalid_pages": None,
    }
    printed = base64.b64decode(said["file"])
    assert "NOTIFY" in text_of(printed)
    assert "Dear Ffion, page 2" in text_of(printed)


def test_a_letter_that_was_made_ready_is_accepted_again(sandbox):
    once = base64.b64decode(sanitise(sandbox, letter_pdf()).json()["file"])

    twice = sanitise(sandbox, once).json()

    assert twice["message"] is None
    assert twice["recipient_address"] == "\n".join(ADDRESS)
    assert text_of(base64.b64decode(twice["file"])).count("NOTIFY") == 1


@pytest.mark.parametrize(
    ("pdf", "message", "pages", "count"),
    [
        (b"no PDF at all", "unable-to-read-the-file", None, None),
        (letter_pdf()[:300], "unable-to-read-the-file", None, None),
        (letter_pdf(pages=11), "letter-too-long", None, 11),
        (letter_pdf(size=LANDSCAPE), "letter-not-a4-portrait-oriented", [1], 1),
        (
            letter_pdf(pages=3, marks=[(3, 3, 150, "left")]),
            "content-outside-printable-area",
            [3],
            3,
        ),
        (
            letter_pdf(marks=[(1, 30, 80, "between address and body")]),
            "content-outside-printable-area",
            [1],
            1,
        ),
        (letter_pdf(address=()), "address-is-empty", [1], 1),
        (letter_pdf(address=ADDRESS[:2]), "not-enough-address-lines", [1], 1),
        (
            letter_pdf(address=("?", *ADDRESS[1:])),
            "invalid-address-line-1-or-2",
            [1],
            1,
        ),
        (
            letter_pdf(address=(*ADDRESS[:3], "Nowhere")),
            "not-a-real-uk-postcode",
            [1],
            1,
        ),
        (
            letter_pdf(address=(*ADDRESS[:3], "France")),
            "cant-send-international-letters",
            [1],
            1,
        ),
        (
            letter_pdf(address=("(Ffion", *ADDRESS[1:])),
            "invalid-char-in-address",
            [1],
            1,
        ),
        (
            letter_pdf(address=("Ffion", "No fixed abode", "SY23 1AB")),
            "no-fixed-abode-address",
            [1],
            1,
        ),
    ],
)
def test_a_bad_letter_is_refused_by_the_name_of_its_fault(
    sandbox, pdf, message, pages, count
):
    answer = sanitise(sandbox, pdf)

    assert answer.status_code == 400
    assert answer.json() == {
        "page_count": count,
        "recipient_address": None,
        "message": message,
        "invalid_pages": pages,
        "file": None,
    }


def test_a_file_with_a_password_cannot_be_read(sandbox):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(letter_pdf())))
    writer.encrypt("secret")
    locked = io.BytesIO()
    writer.write(locked)

    answer = sanitise(sandbox, locked.getvalue())

    assert answer.json()["message"] == "unable-to-read-the-file"


def test_an_address_abroad_is_fine_where_letters_may_go_there(sandbox):
    pdf = letter_pdf(address=(*ADDRESS[:3], "Ffrainc", "France"))

    said = sanitise(sandbox, pdf, allow_international_letters="true").json()

    assert said["message"] is None
    assert said["recipient_address"].endswith("France")


def test_pages_to_attach_need_no_address_and_may_be_full(sandbox):
    pdf = letter_pdf(address=(), marks=[(1, 30, 80, "anywhere")])

    said = sanitise(sandbox, pdf, is_an_attachment="true").json()

    assert (said["message"], said["recipient_address"]) == (None, None)
    assert base64.b64decode(said["file"]).startswith(b"%PDF")


def test_the_mark_of_another_letter_is_refused_on_pages_to_attach(sandbox):
    once = base64.b64decode(sanitise(sandbox, letter_pdf()).json()["file"])

    said = sanitise(sandbox, once, is_an_attachment="true").json()

    assert said["message"] == "notify-tag-found-in-content"
    assert said["invalid_pages"] == [1]


def test_a_page_of_a_file_is_drawn(sandbox):
    encoded = base64.b64encode(letter_pdf(pages=2))

    drawn = picture(ask(sandbox, "/precompiled-preview.png?page=2", data=encoded))
    beyond = ask(sandbox, "/precompiled-preview.png?page=3", data=encoded)

    assert drawn.size == (1241, 1754)
    assert drawn.getcolors(1 << 20)[0] != (1241 * 1754, (255, 255, 255))
    assert beyond.status_code == 400
    assert beyond.json()["message"] == "Letter does not have a page 3"


def test_the_mark_in_the_corner_is_hidden(sandbox):
    encoded = base64.b64encode(letter_pdf(marks=[(1, 2, 4, "NOTIFY")]))
    corner = (0, 0, 129, 49)

    plain = picture(ask(sandbox, "/precompiled-preview.png", data=encoded))
    hidden = picture(
        ask(sandbox, "/precompiled-preview.png?hide_notify=true", data=encoded)
    )

    assert plain.crop(corner).getcolors() != hidden.crop(corner).getcolors()
    assert hidden.crop(corner).getcolors() == [(129 * 49, (255, 255, 255))]


@pytest.mark.parametrize(
    ("params", "is_marked"),
    [
        ("page_number=1&is_an_attachment=False", True),
        ("page_number=1&is_an_attachment=True", False),
        ("page_number=2&is_an_attachment=False", False),
    ],
)
def test_where_nothing_may_be_is_red(sandbox, params, is_marked):
    drawn = picture(
        ask(sandbox, f"/precompiled/overlay.png?{params}", data=letter_pdf())
    )
    margin, above_body = drawn.getpixel((20, 900)), drawn.getpixel((400, 450))

    assert margin[0] > margin[1]
    assert (above_body[0] > above_body[1]) is is_marked


def test_only_single_pages_are_marked(sandbox):
    path = "/precompiled/overlay.png"

    several = ask(sandbox, f"{path}?page_number=1", data=letter_pdf(pages=2))
    unnumbered = ask(sandbox, path, data=letter_pdf())
    nothing = ask(sandbox, f"{path}?page_number=1")

    assert [several.status_code, unnumbered.status_code, nothing.status_code] == [
        400,
        400,
        400,
    ]


def test_an_attached_page_is_drawn(sandbox):
    service, attachment = str(uuid.uuid4()), str(uuid.uuid4())
    folder = sandbox.files / "letter_attachments" / f"service-{service}"
    folder.mkdir(parents=True)
    (folder / f"{attachment}.pdf").write_bytes(letter_pdf(pages=2))
    asked = {"letter_attachment_id": attachment, "service_id": service}
    path = "/letter_attachment_preview.png"

    drawn = picture(ask(sandbox, f"{path}?page=2", json=asked))

    assert drawn.size == (1241, 1754)
    assert ask(sandbox, f"{path}?page=3", json=asked).status_code == 400
    assert ask(sandbox, path, json=asked).status_code == 400
    unknown = asked | {"letter_attachment_id": str(uuid.uuid4())}
    assert ask(sandbox, f"{path}?page=1", json=unknown).status_code == 404
    outside = asked | {"letter_attachment_id": "../../../db"}
    assert ask(sandbox, f"{path}?page=1", json=outside).status_code == 404
