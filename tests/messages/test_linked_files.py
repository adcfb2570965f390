"""Files behind links in e-mails: their kinds, names, and what stands in a message."""

from __future__ import annotations

import pytest

from portal.messages.email import EmailMessage
from portal.messages.linked_files import (
    clean_name,
    has_forbidden_characters,
    kind_of,
    link_text_as_markdown,
    sent_links,
    with_links,
)

ADDRESS = f"https://example.com/d/{'a' * 22}/{'b' * 22}?key={'c' * 43}"


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("a.pdf", "pdf"),
        ("A.B.DOCX", "docx"),
        ("a", None),
        (".pdf", None),
        ("x.js", None),
    ],
)
def test_the_end_of_a_name_says_the_kind(name, extension):
    kind = kind_of(name)

    assert (kind and kind.extension) == extension


@pytest.mark.parametrize(
    ("name", "content", "fits"),
    [
        ("a.pdf", b"\n%PDF-1.4", True),
        ("a.pdf", b"PK\x03\x04", False),
        ("a.xlsx", b"PK\x03\x04", True),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", True),
        ("a.png", b"\x89PNG\r\n\x1a\n", True),
        ("a.jpeg", b"\xff\xd8\xff\xe0", True),
        ("a.rtf", b"{\\rtf1", True),
        ("a.csv", "ä,b".encode("cp1252"), True),
        ("a.csv", "a,b".encode("utf-16"), True),
        ("a.json", b"\x00\x01", False),
    ],
)
def test_the_beginning_of_a_file_fits_its_kind(name, content, fits):
    assert kind_of(name).fits(content) is fits


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("C:\\fakepath\\a.pdf", "a.pdf"),
        ("../../a.pdf", "a.pdf"),
        ("a\x00\n\u202eb.pdf", "ab.pdf"),
        ("  a \u00a0 b.pdf ", "a b.pdf"),
        ("e\u0301.pdf", "\xe9.pdf"),
    ],
)
def test_names_are_cleaned(given, name):
    assert clean_name(given) == name


@pytest.mark.parametrize(
    "name", ["a(b.pdf", "a,b.pdf", "a??b.pdf", "a&b.pdf", "[a].pdf"]
)
def test_names_that_are_no_placeholders_are_known(name):
    assert has_forbidden_characters(name)


def test_a_link_takes_the_place_of_a_placeholder_however_it_is_spelt():
    content = with_links("((name)): ((A_B.pdf))", {"a b.pdf": ADDRESS})

    assert content == f"((name)): {ADDRESS}"


def test_what_depends_on_a_file_is_not_shown():
    assert with_links("x((a.pdf??y))", {"a.pdf": ADDRESS}) == "x"


def test_link_text_is_no_placeholder():
    content = link_text_as_markdown("see ((name))", ADDRESS)

    assert EmailMessage("", content).placeholders == []
    assert f'href="{ADDRESS}"' in EmailMessage("", content).html()


def test_links_of_a_sent_message_are_found():
    values = {
        "a.pdf": f"[the map]({ADDRESS})",
        "b.pdf": ADDRESS,
        "c.pdf": "https://example.com",
        "d.pdf": f"[x](javascript:alert(1)) {ADDRESS}",
        "name": ADDRESS,
    }

    found = sent_links("((a.pdf)) ((B.pdf)) ((c.pdf)) ((d.pdf)) ((name))", values)

    assert found == {"a.pdf": values["a.pdf"], "B.pdf": ADDRESS}
