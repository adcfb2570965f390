from __future__ import annotations

from types import SimpleNamespace

import pytest

from portal.message_templates.models import Template
from portal.message_templates.previews import (
    PlaceholderChange,
    compared_words,
    diff,
    length_sentence,
    plain_email,
    preview_of,
)


def service(prefix=False):
    return SimpleNamespace(name="Permits", prefix_sms=prefix)


def template(kind="sms", content="Hello ((name))", **fields):
    return Template(template_type=kind, content=content, **fields)


def test_a_text_message_shows_the_services_name_and_marks_placeholders():
    shown = preview_of(template(), service(prefix=True))

    assert shown["kind"] == "sms"
    assert shown["content"].startswith("Permits: Hello ")
    assert '<mark class="placeholder">((name))</mark>' in shown["content"]


def test_an_email_shows_subject_and_formatted_body():
    shown = preview_of(
        template("email", "# Hi\n\n<b>", subject="For ((name))"), service()
    )

    assert '<mark class="placeholder">((name))</mark>' in shown["subject"]
    assert "&lt;b&gt;" in shown["content"]


def test_a_letter_shows_where_the_address_goes():
    shown = preview_of(template("letter", "Dear", subject="About"), service())

    assert "address line 1" in shown["address"][0]
    assert shown["parts"][0]["subject"] == "About"


def test_a_letter_in_two_languages_shows_both_the_welsh_first():
    letter = template("letter", "Dear ((name))", subject="About")
    letter.letter_languages = "welsh_then_english"
    letter.letter_welsh_subject = "Ynghylch"
    letter.letter_welsh_content = "Annwyl ((enw))"

    shown = preview_of(letter, service(), {"enw": "Siân"})

    assert [part["language"] for part in shown["parts"]] == ["cy", "en"]
    assert [part["subject"] for part in shown["parts"]] == ["Ynghylch", "About"]
    assert "Annwyl Siân" in shown["parts"][0]["content"]


def test_an_email_has_words_for_those_who_see_no_html():
    email = template("email", "# Hello ((name))\n\n* <one>", subject="Hi")

    plain = plain_email(email, service())

    assert "• <one>" in plain["text"]
    assert "Hello ((name))" in plain["text"]
    assert "&lt;one&gt;" in plain["inbox"]
    assert plain_email(template("sms", "Hello"), service()) is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a", "1 character. Will be charged as 1 text message."),
        ("a" * 160, "160 characters. Will be charged as 1 text message."),
        ("a" * 161, "161 characters. Will be charged as 2 text messages."),
        ("a" * 919, "You have 1 character too many."),
        ("a" * 920, "You have 2 characters too many."),
    ],
)
def test_the_length_says_what_is_charged(content, sentence):
    assert length_sentence("sms", content, service()) == sentence


def test_the_length_counts_the_services_name():
    told = length_sentence("sms", "a", service(prefix=True))

    assert told.startswith("10 characters.")


def test_the_length_says_that_personalisation_is_left_out():
    told = length_sentence("sms", "Hi ((name))", service())

    assert told.endswith("Personalisation is not counted.")


def test_the_length_names_letters_that_make_parts_shorter():
    told = length_sentence("sms", "ŵ" * 71, service())

    assert "2 text messages" in told
    assert "Because of ŵ" in told


def test_placeholders_of_a_template_that_is_too_long_count_as_the_api_counts_them():
    told = length_sentence("sms", "((name))" * 115, service())

    assert told == "You have 2 characters too many."


def test_other_kinds_have_no_length():
    assert length_sentence("email", "a", service()) == ""


def words(content, subject=None):
    return {"content": content, "subject": subject}


def test_the_same_placeholders_in_other_words_change_nothing():
    change = PlaceholderChange.between(template(), words("Bye (( NAME ))"))

    assert change is None


def test_a_change_of_placeholders_names_them():
    change = PlaceholderChange.between(template(), words("Hi ((first name))"))

    assert change == PlaceholderChange(removed=["name"], added=["first name"])


def test_the_subject_has_placeholders_too():
    email = template("email", "x", subject="((ref))")

    change = PlaceholderChange.between(email, words("x", "Hello"))

    assert change == PlaceholderChange(removed=["ref"], added=[])


def test_a_difference_is_told_line_by_line():
    assert diff("one\ntwo", "one\nthree") == [
        ("same", "one"),
        ("removed", "two"),
        ("added", "three"),
    ]


def test_only_parts_that_differ_are_compared():
    before = template("email", "a\r\nb", subject="S", name="N")
    after = template("email", "a\nb", subject="T", name="N", has_unsubscribe_link=True)

    assert [str(part["label"]) for part in compared_words(before, after)] == [
        "Subject",
        "Unsubscribe link",
    ]


def test_a_letter_is_compared_in_the_words_of_its_forms():
    before = template(
        "letter", "a", subject="S", postage="second", letter_languages="english"
    )
    after = template(
        "letter",
        "b",
        subject="T",
        postage="first",
        letter_languages="welsh_then_english",
    )

    compared = {
        str(part["label"]): part["lines"] for part in compared_words(before, after)
    }

    assert list(compared) == ["Heading", "Body", "Postage", "Languages"]
    assert compared["Postage"] == [
        ("removed", "Second class"),
        ("added", "First class"),
    ]
    assert compared["Languages"] == [
        ("removed", "English only"),
        ("added", "Welsh followed by English"),
    ]


def test_what_only_emails_have_is_not_compared_in_other_kinds():
    before = template("sms", "Old", has_unsubscribe_link=False)

    compared = compared_words(before, SimpleNamespace(content="New"))

    assert "Unsubscribe link" not in [str(part["label"]) for part in compared]
