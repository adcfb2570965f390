"""E-mails and letters as people see them: the platform's markdown, and nothing else."""

from __future__ import annotations

import pytest

from portal.messages.email import EmailMessage
from portal.messages.letters import LetterMessage


def body(content, values=None, **options):
    return EmailMessage("Subject", content, values).html(**options)


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("One\ntwo", "<p>One<br>two</p>"),
        ("# Heading\nText", "<h2>Heading</h2><p>Text</p>"),
        ("## Smaller", "<h3>Smaller</h3>"),
        ("^ Note this\n^ and this", "<blockquote><p>Note this<br>and this</p></blockquote>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("a **not bold** `x`", "<p>a **not bold** `x`</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("\"Hi\" - it's", "<p>“Hi” – it’s</p>"),
    ],
)  # fmt: skip
def test_the_markdown_of_the_platform_becomes_html(content, html):
    assert body(content) == html


def test_lists_have_bullets_or_numbers():
    assert body("* a\n* b") == (
        '<ul class="govuk-list govuk-list--bullet"><li>a</li><li>b</li></ul>'
    )
    assert body("1. a\n2. b") == (
        '<ol class="govuk-list govuk-list--number"><li>a</li><li>b</li></ol>'
    )


def test_addresses_become_links():
    assert body("See https://example.org/a.") == (
        '<p>See <a class="govuk-link" href="https://example.org/a">'
        "https://example.org/a</a>.</p>"
    )
    assert body("[here](https://example.org)") == (
        '<p><a class="govuk-link" href="https://example.org">here</a></p>'
    )


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x"]
)
def test_other_schemes_make_no_link(link):
    assert "<a" not in body(f"[x]({link})")
    assert "<a" not in body("[x](((link)))", {"link": link})


def test_quotes_cannot_leave_an_attribute():
    html = body('[x](https://example.org/"onclick="y)')

    assert 'onclick="y' not in html


def test_placeholders_without_a_value_are_marked():
    html = body("Dear ((name)), ((vip??you are <b>special</b>))")

    assert '<mark class="placeholder">((name))</mark>' in html
    assert "you are &lt;b&gt;special&lt;/b&gt;" in html


@pytest.mark.parametrize(
    "value",
    ["# heading", "* bullet", "1. one", "^ inset", "---", "[x](tel:1)"],
)
def test_a_value_is_never_markup(value):
    html = body("((value))", {"value": value})

    assert html.startswith("<p>")
    assert html.count("<p>") == 1
    assert "<a" not in html
    assert "<li>" not in html


def test_a_list_of_values_makes_bullets():
    html = body("Bring:\n((things))", {"things": ["a cup", "# a plate"]})

    assert "<li>a cup</li><li># a plate</li>" in html


def test_a_value_with_an_address_makes_a_link():
    html = body("Go to ((link))", {"link": "https://example.org/x_y-z"})

    assert 'href="https://example.org/x_y-z"' in html


def test_what_is_redacted_is_not_there():
    html = body("Dear ((name))", redact=True)

    assert "name" not in html
    assert "hidden" in html


def test_the_subject_is_escaped():
    message = EmailMessage("About ((thing))", "x", {"thing": "<b>"})

    assert message.subject_html() == "About &lt;b&gt;"


def test_an_email_has_a_size_limit():
    assert EmailMessage("s", "x" * 2_000_001).is_too_long
    assert not EmailMessage("s", "x" * 2_000_000).is_too_long


def test_a_letter_shows_the_address_or_what_it_needs():
    letter = LetterMessage("Re ((ref))", "Dear ((name))")
    filled = LetterMessage(
        "Re", "x", {"address line 1": "A & B", "address line 2": "1 Road", "postcode": "SW1A 1AA"}
    )  # fmt: skip

    assert '<mark class="placeholder">address line 1</mark>' in letter.address_lines()
    assert filled.address_lines() == ["A &amp; B", "1 Road", "SW1A 1AA"]
