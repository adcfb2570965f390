"""The check of a file: what the golden cases leave out."""

from __future__ import annotations

import pytest

from portal.messages.check import RecipientTable
from portal.messages.recipients import Limits, guest_list
from portal.messages.report import DUPLICATE, ERRORS, ONE_DIGIT_TOO_LONG
from portal.messages.sms import TextMessage
from portal.messages.templates import MessageTemplate

TEXT = MessageTemplate("sms", "Hi ((name)), your code is ((code))", "", "Parks")


def test_recipients_are_the_same_however_they_are_written():
    table = RecipientTable(
        "phone number,name,code\n07700 900001,a,1\n+447700900001,b,2\n", TEXT
    )

    assert list(table.check().rows(DUPLICATE)) == [1]


def test_parts_are_counted_as_they_are_sent():
    values = ["x", "y" * 200, "ŵ", "€" * 70, "…" * 60, " " * 300 + "z"]
    rows = "".join(f"0770090000{n},{value},1\n" for n, value in enumerate(values))
    table = RecipientTable(f"phone number,name,code\n{rows}", TEXT)

    parts = sum(
        TextMessage(TEXT.body, prefix="Parks", values={"name": v.strip(), "code": 1}).parts
        for v in values
    )  # fmt: skip
    assert table.check().part_count == parts


def test_row_numbers_are_those_of_a_spreadsheet_program():
    table = RecipientTable("\nphone number,name,code\n1,a,b\n", TEXT)

    assert [row.number for row in table.rows([0])] == [3]


def test_a_service_in_trial_mode_is_told_of_strangers():
    limits = Limits(guest_list=guest_list(["07700900001"]))
    table = RecipientTable(
        "phone number,name,code\n+44 7700 900001,a,b\n07700900002,a,b\n", TEXT, limits
    )
    report = table.check()

    assert report.outside_guest_list == 1
    assert not table.is_allowed_to_send(report)


@pytest.mark.parametrize(
    ("written", "is_warned_of"),
    [
        ("077009001234", True),
        ("77009001234", True),
        ("07700 900 1234", True),
        ("+77009001234", False),
        ("0077009001234", False),
        ("0033612345678", False),
        ("07700900123", False),
    ],
)
def test_a_number_with_a_digit_too_many_is_not_sent_abroad_unseen(
    written, is_warned_of
):
    limits = Limits(allow_international_sms=True)
    table = RecipientTable(f"phone number,name,code\n{written},a,b\n", TEXT, limits)

    report = table.check()

    assert report.count(ERRORS) == 0
    assert report.count(ONE_DIGIT_TOO_LONG) == is_warned_of
    assert ("another country" in table.rows([0])[0].found.warning) is is_warned_of


def test_messages_abroad_are_charged_at_their_rate():
    limits = Limits(allow_international_sms=True)
    rows = f"+33612345678,a,b\n07700900001,{'x' * 200},b\n"
    report = RecipientTable(f"phone number,name,code\n{rows}", TEXT, limits).check()

    assert {(c.prefix, c.multiplier, c.parts) for c in report.charges} == {
        ("33", 2, 1),
        ("44", 1, 2),
    }
    assert report.part_count == 3
    assert report.charged_count == 4


def test_every_error_of_a_row_is_told():
    table = RecipientTable("phone number,name,code\n123,,1\n07700900001,a,b\n", TEXT)
    told = [told for _row, told in table.annotated(table.check())]

    assert told == ["phone number: Mobile number is too short; name: Missing", ""]
