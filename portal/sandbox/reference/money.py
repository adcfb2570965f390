"""What messages cost and how many are free, as published."""

from __future__ import annotations

import datetime
from decimal import Decimal

# Organisation type -> first financial year for which it holds -> free text messages.
ALLOWANCES: dict[str, dict[int, int]] = {
    "central": {2016: 250000, 2021: 150000, 2022: 40000, 2024: 30000, 2026: 20000},
    "nhs_central": {2016: 250000, 2021: 150000, 2022: 40000, 2024: 30000, 2026: 20000},
    "emergency_service": {2016: 25000, 2022: 20000, 2024: 10000},
    "local": {2016: 25000, 2022: 20000, 2024: 10000},
    "nhs_local": {2016: 25000, 2022: 20000, 2024: 10000},
    "nhs_gp": {2016: 25000, 2021: 10000, 2024: 0},
    "nhs_notify": {2016: 0},
    "other": {2016: 25000, 2021: 10000, 2024: 5000},
    "school_or_college": {2016: 25000, 2021: 10000, 2024: 5000},
}

# Moment from which a text message fragment costs so many pounds.
SMS_RATES: dict[str, Decimal] = {
    "2016-05-18T00:00:00": Decimal("0.0165"),
    "2017-03-31T23:00:00": Decimal("0.0158"),
    "2021-03-31T23:00:00": Decimal("0.016"),
    "2022-03-31T23:00:00": Decimal("0.0161"),
    "2022-04-30T23:00:00": Decimal("0.0172"),
    "2023-03-31T23:00:00": Decimal("0.0197"),
    "2024-03-31T23:00:00": Decimal("0.0227"),
    "2025-03-31T23:00:00": Decimal("0.0233"),
    "2026-03-31T23:00:00": Decimal("0.024"),
}

LETTER_RATES_FROM = datetime.datetime(2026, 3, 31, 23, tzinfo=datetime.UTC)
# Postage -> pounds for a letter of one sheet, of two, and so on.
LETTER_RATES: dict[str, tuple[str, ...]] = {
    "economy": ("0.638", "0.684", "0.724", "0.779", "0.823"),
    "second": ("0.73", "0.77", "0.82", "0.87", "0.91"),
    "first": ("1.56", "1.61", "1.66", "1.71", "1.76"),
    "europe": ("1.8", "1.84", "1.88", "1.92", "1.96"),
    "rest-of-world": ("1.8", "1.84", "1.88", "1.92", "1.96"),
}
LETTER_SHEETS = range(1, 6)


def letter_rate(postage: str, sheets: int) -> Decimal:
    """The price in pounds of one letter."""
    rates = LETTER_RATES[postage]
    return Decimal(rates[min(max(sheets, 1), len(rates)) - 1])


def sms_rate(day: datetime.date) -> Decimal:
    """The price in pounds of a text message fragment on a day."""
    moments = [moment for moment in SMS_RATES if moment[:10] < day.isoformat()]
    return SMS_RATES[max(moments)]
