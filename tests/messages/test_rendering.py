"""Whatever people write: nothing raises, nothing gets out of its escaping, nothing hangs."""

from __future__ import annotations

import random
import time

import pytest

from portal.messages.email import EmailMessage
from portal.messages.fields import Content
from portal.messages.letters import LetterMessage
from portal.messages.sms import TextMessage
from tests.messages.safety import assert_safe

PIECES = (
    *("<", ">", "&", '"', "'", "\u226e", "\u226f", "\u037e", "&lt;", "&#60;", "&quot;"),
    *("((", "))", "((name))", "((x??", "??", "[", "](", ")", "javascript:x", "data:"),
    *("http://a.example/", "https://", "a.example", "#", "* ", "^ ", "---", "1. "),
    *("\n", "\n\n", " ", "\t", "\\", "word", "ŵ", "\ue000", "\U000f003c", "\U0001f600"),
    *("<script>", "</p>", 'onload="x"', "<img src=x>", "\u200b", "\u2028", "…"),
)  # fmt: skip


def texts(count, seed):
    chance = random.Random(seed)  # noqa: S311  the same texts in every run
    for _number in range(count):
        yield "".join(chance.choices(PIECES, k=chance.randrange(1, 25)))


@pytest.mark.parametrize("seed", range(4))
def test_text_messages_are_safe_to_show(seed):
    for text in texts(500, seed):
        assert_safe(TextMessage(text, prefix=text).preview())
        assert_safe(TextMessage("((name))", values={"name": text}).preview())


@pytest.mark.parametrize("seed", range(4))
def test_emails_and_letters_are_safe_to_show(seed):
    for text in texts(500, seed):
        assert_safe(EmailMessage(text, text).html())
        assert_safe(EmailMessage(text, text).subject_html())
        assert_safe(EmailMessage("s", "[((name))](((name)))", {"name": text}).html())
        assert_safe(LetterMessage(text, text).html())


@pytest.mark.parametrize("seed", range(2))
def test_placeholders_are_safe_to_show(seed):
    for text in texts(500, seed):
        assert_safe(Content(text).html())
        assert_safe(Content("((name))").html({"name": text}))


def test_a_character_that_comes_down_to_a_bracket_stays_escaped():
    assert "<script" not in TextMessage("\u226escript\u226fx").preview()


@pytest.mark.parametrize(
    "text",
    [
        " " * 50_000 + "x",
        "\n" * 50_000 + "x",
        "# " + " " * 50_000 + "x",
        "# " + "#" * 50_000 + "x",
        "a" * 50_000 + "'",
        "(" * 50_000,
        "((a" * 20_000,
        "[" * 50_000,
        "[a](" * 10_000,
        "a." * 25_000,
        "http://a." * 5_000,
        "- " * 20_000 + "x",
        "```a\n" * 10_000,
        "<!--" * 12_000,
        "&" * 50_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_long_runs_take_no_longer_than_their_length(text):
    started = time.process_time()

    TextMessage(text).preview()
    EmailMessage("s", text).html()
    EmailMessage("s", text).plain_text()

    assert time.process_time() - started < 2
