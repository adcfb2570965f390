"""PDF files as people upload them: what is found in them, and what ends their reader."""

from __future__ import annotations

import io
import logging

import pytest
from pypdf import PdfReader

from portal.messages.pdf_files import PdfFacts, UnreadablePdf
from portal.messages.pdf_files.process import one_page, read_pdf
from tests import pdf_files


def code_of(data):
    with pytest.raises(UnreadablePdf) as caught:
        read_pdf(data)
    return caught.value.code


def test_the_address_in_the_window_is_read_line_by_line():
    found = read_pdf(pdf_files.letter(2))

    assert found == PdfFacts(
        page_count=2, has_text=True, address_lines=pdf_files.ADDRESS
    )


def test_words_outside_the_window_are_no_address():
    assert read_pdf(pdf_files.letter(address=())).address_lines == ()


def test_pages_of_another_size_or_lying_down_are_named():
    a5, a4 = (420, 595), pdf_files.A4
    data = pdf_files.letter(3, sizes=(a4, pdf_files.LANDSCAPE, a5))

    assert read_pdf(data).not_a4_portrait == (2, 3)


def test_pages_with_the_platforms_own_mark_are_named():
    assert read_pdf(pdf_files.letter(3, tagged=(1, 3))).with_platform_tag == (1, 3)


def test_the_pages_of_a_long_file_are_counted():
    assert read_pdf(pdf_files.letter(40)).page_count == 40


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_pdf"),
        (b"PK\x03\x04 a workbook", "no_pdf"),
        (b"%PDF-1.7 and nothing else", "unreadable"),
        (pdf_files.letter()[:400], "unreadable"),
        (pdf_files.document([]), "unreadable"),
        (pdf_files.protected(), "protected"),
    ],
)
def test_files_that_cannot_be_used_are_refused(data, code):
    assert code_of(data) == code


@pytest.mark.parametrize("bomb", [pdf_files.endless, pdf_files.billions])
def test_a_file_that_sends_readers_in_circles_ends_its_own_process_alone(bomb, caplog):
    caplog.set_level(logging.DEBUG)

    assert code_of(bomb()) == "unreadable"
    assert "Traceback" not in caplog.text


def test_one_page_is_a_file_of_its_own():
    page = PdfReader(io.BytesIO(one_page(pdf_files.letter(3), 2)))

    assert len(page.pages) == 1
    assert "This is page 2." in page.pages[0].extract_text()


@pytest.mark.parametrize("number", [4, 99])
def test_there_is_no_page_after_the_last(number):
    with pytest.raises(UnreadablePdf):
        one_page(pdf_files.letter(3), number)
