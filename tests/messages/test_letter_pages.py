"""About how long a letter is, where nobody draws its pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.messages.letter_pages import PAGE_LIMIT, estimated_pages, sheets_of
from portal.messages.letters import LetterMessage

SENTENCE = "We have renewed your licence, which is now valid for another three years. "
PARAGRAPH = SENTENCE * 4 + "\n\n"


def test_a_short_letter_has_one_page():
    assert estimated_pages("Your licence", PARAGRAPH) == 1


def test_about_four_hundred_words_fill_more_than_the_first_page():
    paragraphs = [estimated_pages("Your licence", PARAGRAPH * n) for n in (4, 10, 20)]

    assert paragraphs == [1, 2, 3]


def test_a_rule_starts_a_new_page_only_where_words_follow():
    assert estimated_pages("Heading", "First\n\n---\n\nSecond") == 2
    assert estimated_pages("Heading", "First\n\n---\n\n") == 1


@pytest.mark.parametrize(
    "line",
    ["# Heading\n\n", "* a bullet\n", "1. a number\n", "QR: https://a.example\n\n"]
    + ["^ inset\n\n", "word\n\n", "    kept as it is\n\n", "x" * 200 + "\n\n"],
)
def test_whatever_a_letter_is_made_of_takes_up_room(line):
    assert estimated_pages("", line * 2) == 1
    assert estimated_pages("", line * 100) > 1


def test_wide_letters_take_up_more_room_than_narrow_ones():
    words = 300

    assert estimated_pages("", "WWWWWW " * words) > estimated_pages(
        "", "iiiiii " * words
    )


def test_values_count_with_the_words():
    content = "Dear ((name))\n\n((what))"

    short = LetterMessage("Re", content, {"name": "Ann", "what": "Yes"})
    long = LetterMessage("Re", content, {"name": "Ann", "what": PARAGRAPH * 60})

    assert short.estimated_pages == 1
    assert long.estimated_pages > PAGE_LIMIT - 4


def test_the_welsh_part_counts_its_own_words():
    welsh = LetterMessage(
        "Re",
        "x",
        welsh_heading="Pennawd",
        welsh_content=PARAGRAPH * 20,
        language="welsh",
    )

    assert welsh.estimated_pages == 3


def test_sheets_are_printed_on_both_sides():
    assert [sheets_of(pages) for pages in (1, 2, 3, 10)] == [1, 1, 2, 5]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(max_size=60), st.text(max_size=400))
def test_any_letter_has_pages_and_more_words_never_fewer(heading, content):
    pages = estimated_pages(heading, content)

    assert pages >= 1
    assert estimated_pages(heading, f"{SENTENCE * 200}\n\n{content}") >= pages
