"""What holds for any text and any values: nothing raises, and nothing escapes its escaping."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.messages.email import EmailMessage
from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.fields import Content
from portal.messages.formats import numbers
from portal.messages.letters import LetterMessage
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.messages.postal_addresses import PostalAddress
from portal.messages.sms import TextMessage
from tests.messages.safety import assert_safe

PIECES = st.sampled_from(
    ["((n))", "((c??* x))", "((", "))", "\n", "\n\n", "# ", "* ", "1. ", "^ ", "---", "    "]
    + ["[a](", "](", ")", "](javascript:x)", "http://a.example/", "QR: ", "<", ">", "&", '"']
    + ["<script>", "&lt;", "'", "|", "```", "\\", "[x]: y", "[^1]", " - ", "@", "\ue000"]
)  # fmt: skip
WORDS = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "n": WORDS | st.integers() | st.none() | st.lists(WORDS, max_size=3),
        "c": st.sampled_from(["yes", "no", True, None]),
    },
)
LINES = st.text(
    st.sampled_from("ABab19 ,.-&'@(\u00a0\u200bé") | st.characters(), max_size=12
) | st.sampled_from(
    ["SW1A 1AA", "sw1a1aa", "BFPO 1", "bfpo c/o 12", "France", "UK", "Wales", "NFA", "Jersey"]
)  # fmt: skip
EXAMPLES = settings(derandomize=True, deadline=None, max_examples=150)


@EXAMPLES
@given(content=WORDS, prefix=WORDS, values=VALUES)
def test_any_text_message_can_be_counted_and_shown(content, prefix, values):
    message = TextMessage(content, prefix=prefix, values=values)

    assert message.parts >= 1
    assert message.length >= message.length_without_prefix >= 0
    assert_safe(message.preview())
    assert_safe(message.preview(redact=True, is_downgraded=False))


@EXAMPLES
@given(subject=WORDS, content=WORDS, values=VALUES)
def test_any_email_can_be_shown(subject, content, values):
    message = EmailMessage(subject, content, values)

    assert message.plain_text().endswith("\n")
    assert_safe(message.html())
    assert_safe(message.html(redact=True))
    assert_safe(message.subject_html())
    assert_safe("".join(part.html() for part in message.preheader()))


@EXAMPLES
@given(content=WORDS, values=VALUES)
def test_any_letter_can_be_shown(content, values):
    letter = LetterMessage(content, content, values, contact_block=content)

    assert_safe(letter.html())
    assert_safe(letter.heading_html())
    assert_safe(letter.contact_html())
    for line in letter.address_lines():
        assert_safe(line)


@EXAMPLES
@given(content=WORDS, values=VALUES)
def test_no_value_of_a_redacted_message_is_named(content, values):
    html = EmailMessage("", Content(f"((secretive)) {content}"), {}).html(redact=True)

    assert "secretive" not in html


@EXAMPLES
@given(content=WORDS, values=st.lists(VALUES, min_size=1, max_size=4))
def test_an_email_is_the_same_the_first_time_and_after_many(content, values):
    kept = Content(content)

    for given_values in values * 3:
        again = EmailMessage("", kept, given_values).html()
        assert again == EmailMessage("", content, given_values).html()


@EXAMPLES
@given(name=st.from_regex(r"[A-Za-z0-9é]{1,9}([ -][a-z0-9]{1,5}){0,2}", fullmatch=True))
def test_plain_words_are_put_in_as_they_would_be_written(name):
    kept = Content(
        '# For ((name))\n\n* ((name)): "x" - it\'s ((c??yours))\n\n'
        "((name)) https://a.example/((name))?b=1 [((name))](http://((name)).example)"
    )

    for _time in range(3):
        again = EmailMessage("", kept, {"name": name, "c": "yes"}).html()
        assert again == EmailMessage("", kept.text, {"name": name, "c": "yes"}).html()


@EXAMPLES
@given(st.from_regex(r"\+?(0|00|44|0044)?[0-9() -]{3,14}", fullmatch=True) | st.text())
def test_a_phone_number_is_the_same_once_it_is_normal(raw):
    try:
        number = parse_phone_number(raw)
    except InvalidPhoneNumber:
        return

    for spelling in (f"+{number.normalised}", number.human_readable):
        assert parse_phone_number(spelling).normalised == number.normalised


@EXAMPLES
@given(st.emails() | st.text())
def test_an_email_address_is_the_same_once_it_is_tidy(raw):
    try:
        address = parse_email_address(raw)
    except InvalidEmailAddress:
        return

    assert parse_email_address(address) == address


@EXAMPLES
@given(lines=st.lists(LINES, max_size=9), abroad=st.booleans())
def test_an_address_is_the_same_once_it_is_laid_out(lines, abroad):
    address = PostalAddress(lines, allow_international=abroad)

    if address.is_valid:
        again = PostalAddress(address.lines, allow_international=abroad)
        assert again.is_valid
        assert again.lines == address.lines
        columns = PostalAddress.from_columns(
            address.as_columns(), allow_international=abroad
        )
        assert columns.lines == address.lines


@EXAMPLES
@given(st.integers(min_value=0, max_value=10**15))
def test_any_count_can_be_read(count):
    assert numbers.file_size(count).endswith(("KB", "MB"))
    assert numbers.thousands(count).replace(",", "") == str(count)
    assert numbers.in_words(count)
    assert "." not in numbers.pence(count) or numbers.pence(count)[-3] == "."
