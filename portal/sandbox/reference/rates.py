"""The tables of rates and free allowances."""

from __future__ import annotations

import datetime

from portal.billing.models import DefaultAnnualAllowance, LetterRate, Rate
from portal.sandbox.reference.ids import fixed
from portal.sandbox.reference.money import (
    ALLOWANCES,
    LETTER_RATES,
    LETTER_RATES_FROM,
    LETTER_SHEETS,
    SMS_RATES,
    letter_rate,
)


def fill() -> None:
    """Write the rates of text messages and letters and the free allowances."""
    Rate.objects.bulk_create(
        Rate(
            id=fixed(f"rate {moment}"),
            valid_from=datetime.datetime.fromisoformat(f"{moment}+00:00"),
            rate=rate,
            notification_type="sms",
        )
        for moment, rate in SMS_RATES.items()
    )
    LetterRate.objects.bulk_create(
        LetterRate(
            id=fixed(f"letter rate {postage} {sheets} {crown}"),
            start_date=LETTER_RATES_FROM,
            sheet_count=sheets,
            rate=letter_rate(postage, sheets),
            crown=crown,
            post_class=postage,
        )
        for postage in LETTER_RATES
        for sheets in LETTER_SHEETS
        for crown in (True, False)
    )
    DefaultAnnualAllowance.objects.bulk_create(
        DefaultAnnualAllowance(
            id=fixed(f"allowance {kind} {year}"),
            valid_from_financial_year_start=year,
            organisation_type=kind,
            allowance=allowance,
            notification_type="sms",
        )
        for kind, years in ALLOWANCES.items()
        for year, allowance in years.items()
    )
