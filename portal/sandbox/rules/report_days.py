"""The range of days that a report is asked for."""

from __future__ import annotations

import datetime
import re

from django.http import HttpRequest

from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.allowances import financial_year

BAD_DATE = "Input must be a date in the format: YYYY-MM-DD"
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def day_range(request: HttpRequest) -> tuple[datetime.date, datetime.date]:
    """Read ``start_date`` and ``end_date``."""
    return _day(request, "start_date"), _day(request, "end_date")


def billing_range(request: HttpRequest) -> tuple[datetime.date, datetime.date]:
    """Read a range in the right order and within one financial year."""
    start, end = day_range(request)
    if start > end:
        raise Refusal("Start date must be before end date")
    if financial_year(start) != financial_year(end):
        raise Refusal("Date must be in a single financial year.")
    return start, end


def _day(request: HttpRequest, name: str) -> datetime.date:
    text = request.GET.get(name, "")
    try:
        if DATE.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise Refusal(BAD_DATE)
