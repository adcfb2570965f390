"""Providers as the API writes them."""

from __future__ import annotations

from typing import Any

from portal.providers.models import ProviderDetails, ProviderDetailsHistory
from portal.sandbox import times

COLUMNS = (
    "active",
    "display_name",
    "id",
    "identifier",
    "notification_type",
    "priority",
    "reason",
    "supports_international",
)


def provider_shape(
    provider: ProviderDetails | ProviderDetailsHistory,
) -> dict[str, Any]:
    """A provider, or one of its earlier versions."""
    by = provider.created_by
    return {name: getattr(provider, name) for name in COLUMNS} | {
        "created_by": by
        and {"email_address": by.email_address, "id": by.pk, "name": by.name},
        "updated_at": times.iso(provider.updated_at),
        "version": provider.version,
    }


def listed_provider_shape(provider: ProviderDetails, units: int) -> dict[str, Any]:
    """A provider as the list shows it."""
    by = provider.created_by
    return {name: getattr(provider, name) for name in COLUMNS} | {
        "created_by_name": by.name if by else None,
        "current_month_billable_sms": units,
        "updated_at": provider.updated_at,
    }
