"""Usage that no page waits for, and what messages cost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.billing.usage import Usage
from portal.clients import (
    billing_api_client,
    letter_rate_api_client,
    sms_rate_api_client,
)
from portal.common.kept import Kept, find_kept, keep, refresh_kept
from portal.messages.formats.postage import POSTAGE
from portal.remote.answers import reading
from portal.remote.parallel import together

REFRESH = "portal.billing.tasks.refresh_usage"


def usage_of(*, service_id: UUID, year: int) -> Usage:
    """Give the usage that is known, which the background then refreshes; read it if none is.

    The API takes more than a second to count a year.
    """
    usage = known_usage(service_id=service_id, year=year)
    return usage or refresh_usage(service_id=service_id, year=year)


def known_usage(*, service_id: UUID, year: int) -> Usage | None:
    """Give the usage that is known, without a call; old usage is refreshed in the background."""
    key = _key(service_id, year)
    kept = find_kept(key)
    if kept is None:
        return None
    if kept.is_old:
        refresh_kept(key, REFRESH, str(service_id), str(year))
    return Usage.read(year, kept)


def refresh_usage(*, service_id: UUID | str, year: int) -> Usage:
    """Read the usage of a financial year from the API and keep it."""
    pk, now = str(service_id), timezone.now()
    annual, monthly, free = together(
        lambda: billing_api_client.get_annual_usage_for_service(pk, year),
        lambda: billing_api_client.get_monthly_usage_for_service(pk, year),
        lambda: billing_api_client.get_free_sms_fragment_limit_for_year(pk, year),
    )
    told = {"annual": annual, "monthly": monthly, "free": free}
    with reading():
        usage = Usage.read(year, Kept(told, now))
    # What cannot be read is not kept.
    keep(_key(pk, year), told, as_of=now)
    return usage


def _key(service_id: UUID | str, year: int) -> str:
    return f"usage-of-{service_id}-{year}"


def text_message_rate() -> Decimal:
    """What one part of a text message costs, in pounds."""
    answer = sms_rate_api_client.get_sms_rate()
    with reading():
        return Decimal(str(answer["rate"]))


def letter_rates() -> list[dict[str, Any]]:
    """What letters cost by postage, each with its costs by the number of sheets."""
    return [
        {"postage": POSTAGE.get(name, name), "rates": sorted(rates.items())}
        for name, rates in letter_rate_table().items()
        if rates
    ]


def letter_costs(*, sheets: int) -> dict[str, Decimal]:
    """What a letter of so many sheets of paper costs, by its postage."""
    table = letter_rate_table()
    return {name: rates[sheets] for name, rates in table.items() if sheets in rates}


def letter_rate_table() -> dict[str, dict[int, Decimal]]:
    """What a letter costs in pounds, by its postage and its number of sheets."""
    table: dict[str, dict[int, Decimal]] = {name: {} for name in POSTAGE}
    answer = letter_rate_api_client.get_letter_rates()
    with reading():
        for row in answer:
            rates = table.setdefault(row["post_class"], {})
            rates[row["sheet_count"]] = Decimal(row["rate"])
    return table
