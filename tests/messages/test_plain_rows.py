"""Checking many rows at once finds what looking at each of them finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.messages.check import RecipientTable
from portal.messages.plain_rows import PlainRows
from portal.messages.recipients import Limits, guest_list
from portal.messages.templates import MessageTemplate

TEMPLATES = [
    MessageTemplate("sms", "Hi ((name)), your code is ((code)).", "", "Parks"),
    MessageTemplate("sms", "((name)) ((name)), ((code)) ŵ" + "x" * 140),
    MessageTemplate("sms", "((name))((code)) ~" + "y" * 300),
    MessageTemplate("sms", "((name??Hello)) ((code))"),
    MessageTemplate("sms", "No placeholders at all"),
    MessageTemplate("sms", "((name))"),
    MessageTemplate("email", "Dear ((name)), ((code))", "About ((code))"),
]
MANY = ("x" * 900, "y" * 170, "a ,b", " .", ",c", "[]", "€", "ŵ", "é", "–", "…", "a  b")
WORDS = st.one_of(
    st.sampled_from(["Ann", "Bo Li", "1", "", " ", "\u200b", "\u00a0", "yes", *MANY]),
    st.text(st.characters(codec="utf-8", exclude_characters='"\x00'), max_size=12),
)
PLAIN = st.sampled_from(["Ann", "Bo Li", "O'Neill", "code 12"])
NUMBERS = st.one_of(
    st.sampled_from([f"0770090000{n}" for n in range(10)]),
    st.sampled_from(["+447700900001", "123", "", "+33612345678", "077009001234", "x"]),
)
ADDRESSES = st.sampled_from(
    ["ann@example.gov.uk", "ANN@example.gov.uk", "a..b@example.org", "x", "", "é@b.org"]
)


def row(recipients):
    cells = st.one_of(st.tuples(PLAIN, PLAIN), st.tuples(WORDS, WORDS))
    return st.tuples(recipients, cells).map(lambda both: [both[0], *both[1]])


def found(template, rows, limits):
    heading = template.recipient_columns[0]
    lines = [[heading, "name", "code"], *rows, [""], ["last"]]
    text = "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    report = RecipientTable(text.encode(), template, limits).check()
    return (
        report.row_count,
        report.charges,
        report.international_count,
        report.outside_guest_list,
        list(report.items(255)),
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=range(len(TEMPLATES)))
@settings(derandomize=True, max_examples=60, deadline=None)
@given(data=st.data())
def test_many_rows_at_once_are_checked_as_each_of_them_is(template, data):
    recipients = NUMBERS if template.kind == "sms" else ADDRESSES
    rows = data.draw(st.lists(row(recipients), max_size=30))
    allowed = data.draw(st.sampled_from([None, guest_list(["07700900001"])]))
    limits = Limits(guest_list=allowed, allow_international_sms=True, max_rows=25)

    at_once = found(template, rows, limits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PlainRows, "parts", lambda *_given: None)
        one_by_one = found(template, rows, limits)

    assert at_once == one_by_one


def test_plain_rows_are_not_looked_at_one_by_one(monkeypatch):
    monkeypatch.setattr("portal.messages.row_rules.RowRules.judge", None)
    rows = "".join(f"07700{n:06},Siân {n},{n}\n" for n in range(900_000, 900_300))

    table = RecipientTable(f"phone number,name,code\n{rows}", TEMPLATES[0])

    assert table.check().row_count == 300
