"""The check of a file: what the golden cases leave out."""

from __future__ import annotations

import time

from portal.messages.check import RecipientTable
from portal.messages.recipients import Limits, guest_list
from portal.messages.sms import TextMessage
from portal.messages.templates import MessageTemplate

TEXT = MessageTemplate("sms", "Hi ((name)), your code is ((code))", "", "Parks")


def test_recipients_are_the_same_however_they_are_written():
    table = RecipientTable(
        "phone number,name,code\n07700 900001,a,1\n+447700900001,b,2\n", TEXT
    )

    assert table.check().duplicate_count == 1


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


def test_a_hundred_thousand_rows_take_about_a_second():
    rows = "\n".join(f"077{n:08},Person {n},{n}" for n in range(100_000))
    table = RecipientTable(f"phone number,name,code\n{rows}", TEXT)
    started = time.process_time()

    report = table.check()

    assert report.row_count == 100_000
    # Generous, as test machines are shared; the benchmark holds the real bound.
    assert time.process_time() - started < 6
