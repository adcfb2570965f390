"""Usage that no page waits for, and what messages cost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone

from portal.billing.usage import POSTAGE, Usage
from portal.clients import (
    billing_api_client,
    letter_rate_api_client,
    sms_rate_api_client,
)
from portal.common.background import send_task
from portal.remote.answers import reading
from portal.remote.parallel import together

FRESH = dt.timedelta(minutes=10)
KEPT = dt.timedelta(days=7)
# Until then nobody else asks for the same refreshing.
ASKED = dt.timedelta(minutes=1)
REFRESH = "portal.billing.tasks.refresh_usage"


def usage_of(*, service_id: UUID, year: int) -> Usage:
    """Give the usage that is known, which the background then refreshes; read it if none is.

    The API takes more than a second to count a year.
    """
    told = cache.get(_key(service_id, year))
    if told is None:
        return refresh_usage(service_id=service_id, year=year)
    usage = Usage.read(year, told)
    if is_old(usage) and cache.add(f"{_key(service_id, year)}-asked", 1, ASKED.seconds):
        send_task(REFRESH, str(service_id), str(year))
    return usage


def is_old(usage: Usage) -> bool:
    """Whether newer figures are on their way."""
    return timezone.now() - usage.as_of > FRESH


def refresh_usage(*, service_id: UUID | str, year: int) -> Usage:
    """Read the usage of a financial year from the API and keep it."""
    pk, now = str(service_id), timezone.now()
    annual, monthly, free = together(
        lambda: billing_api_client.get_annual_usage_for_service(pk, year),
        lambda: billing_api_client.get_monthly_usage_for_service(pk, year),
        lambda: billing_api_client.get_free_sms_fragment_limit_for_year(pk, year),
    )
    told = {"as_of": now.isoformat(), "annual": annual, "monthly": monthly}
    told["free"] = free
    with reading():
        usage = Usage.read(year, told)
    # What cannot be read is not kept.
    cache.set(_key(pk, year), told, int(KEPT.total_seconds()))
    return usage


def _key(service_id: UUID | str, year: int) -> str:
    return f"usage-{service_id}-{year}"


def text_message_rate() -> Decimal:
    """What one part of a text message costs, in pounds."""
    answer = sms_rate_api_client.get_sms_rate()
    with reading():
        return Decimal(str(answer["rate"]))


def letter_rates() -> list[dict[str, Any]]:
    """What letters cost by postage, each with its costs by the number of sheets."""
    table: dict[str, dict[int, Decimal]] = {name: {} for name in POSTAGE}
    answer = letter_rate_api_client.get_letter_rates()
    with reading():
        for row in answer:
            rates = table.setdefault(row["post_class"], {})
            rates[row["sheet_count"]] = Decimal(row["rate"])
    return [
        {"postage": POSTAGE.get(name, name), "rates": sorted(rates.items())}
        for name, rates in table.items()
        if rates
    ]
