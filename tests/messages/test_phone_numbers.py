"""Phone numbers that are read by a short cut are read as the library reads them."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.messages import phone_numbers
from portal.messages.numbering_plans import number_abroad
from portal.messages.phone_numbers import InvalidPhoneNumber, parse_phone_number
from portal.messages.recipients import plain_recipients

EXAMPLES = settings(max_examples=300, deadline=None)
KINDS = ("mobile", "fixed_line", "voip", "premium_rate", "toll_free", "uan", "pager")


def examples_of_all_countries():
    """Numbers of every kind, `+33612345678`, as the library gives them."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        known = phonenumbers.PhoneMetadata.metadata_for_region(region)
        for kind in KINDS:
            example = getattr(getattr(known, kind), "example_number", None)
            if example:
                yield f"+{known.country_code}{example}"


ALL = list(examples_of_all_countries())


def told(read, raw):
    try:
        number = read(raw)
    except InvalidPhoneNumber as error:
        return error.code
    return (
        *(number.normalised, number.human_readable, number.country_code),
        *(number.is_mobile, number.is_international, number.is_crown_dependency),
    )


def assert_as_the_library_reads(raw):
    found = told(parse_phone_number, raw)
    assert found == told(lambda text: phone_numbers._parsed(text, False), raw)


@st.composite
def changed_numbers(draw):
    """Numbers with other digits, more or fewer of them, and dashes and brackets."""
    start = draw(st.sampled_from(["+", "00", ""]))
    digits = list(draw(st.sampled_from(ALL)).removeprefix("+"))
    for _time in range(draw(st.integers(0, 3))):
        place = draw(st.integers(1, len(digits) - 1))
        width = draw(st.integers(0, 1))
        digits[place : place + width] = draw(st.sampled_from([*"0123456789 -()", ""]))
    return start + "".join(digits)


def test_numbers_of_all_countries_are_read_as_the_library_reads_them():
    for raw in ALL:
        assert_as_the_library_reads(raw)


def test_most_mobile_numbers_abroad_need_no_library():
    common = [
        "+33612345678",
        "0049 1512 3456789",
        "+1 (201) 555-0123",
        "+353 85-012 3456",
    ]

    assert all(map(number_abroad, common))


@EXAMPLES
@given(changed_numbers())
def test_unusual_numbers_are_read_as_the_library_reads_them(raw):
    assert_as_the_library_reads(raw)


@pytest.mark.parametrize(
    "raw", ["07900-900-123", "+44 (7900) 900123", "07900 900 123-"]
)
def test_dashes_and_brackets_in_a_uk_number(raw):
    assert parse_phone_number(raw).normalised == "447900900123"


def test_digits_of_other_scripts_are_refused():
    raw = "0790090012\u0663"

    with pytest.raises(InvalidPhoneNumber):
        parse_phone_number(raw)
    assert plain_recipients("sms", [raw]) is None
