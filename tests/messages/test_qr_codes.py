"""QR codes of letters: drawn, and said in words below."""

from __future__ import annotations

import re

import pytest
import segno

from portal.messages.letters import LetterMessage
from portal.messages.qr_codes import QR_CODE_LIMIT
from tests.messages.safety import assert_safe


def html_of(content, **values):
    return LetterMessage("Heading", content, values).html()


def modules_of(html):
    """The dark squares of a drawn code, by the runs that its picture is made of."""
    path = re.search(r' d="([^"]+)"', html)[1]
    dark, x, y = set(), 0, -0.5
    for step, numbers in re.findall(r"([Mmh])([0-9. -]+)", path):
        if step == "h":
            dark |= {(x + n, y) for n in range(int(numbers))}
            x += int(numbers)
            continue
        right, down = re.findall(r"-?[0-9.]+", numbers)
        x, y = (
            (int(right), float(down))
            if step == "M"
            else (x + int(right), y + float(down))
        )
    return dark


def test_a_code_is_drawn_with_what_it_holds_below():
    html = html_of("QR: https://a.example/?a=1&b=2")

    assert '<span class="qr-code"><svg aria-hidden="true" ' in html
    assert "</svg>https://a.example/?a=1&amp;b=2</span>" in html
    assert_safe(html)


def test_the_picture_is_the_code_of_what_was_written_not_of_its_escaping():
    drawn = modules_of(html_of("QR: https://a.example/?a=1&b=2"))

    code = segno.make_qr(b"https://a.example/?a=1&b=2")
    assert len(drawn) == sum(map(sum, code.matrix))


def test_values_are_in_the_code():
    one, other = (html_of("QR: ((link))", link=f"https://a.example/{n}") for n in "12")

    assert modules_of(one) != modules_of(other)


@pytest.mark.parametrize("content", ["QR: https://a.example/((id))", "QR: ((a??b))"])
def test_a_code_with_an_open_field_is_not_drawn(content):
    html = html_of(content)

    assert "<svg" not in html
    assert '<span class="qr-code">' in html


def test_a_code_that_holds_too_much_is_not_drawn():
    long = "x" * (QR_CODE_LIMIT + 1)

    assert "<svg" not in html_of(f"QR: {long}")
    assert "<svg" in html_of(f"QR: {long[1:]}")


def test_of_very_many_codes_only_the_first_are_drawn():
    html = html_of("QR: https://a.example\n\n" * 100)

    assert html.count('<span class="qr-code">') == 100
    assert html.count("<svg") < 50
