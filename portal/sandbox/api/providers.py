"""The firms that carry the messages, and in which order they are used."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import F, Sum
from django.http import HttpRequest

from portal.billing.models import FactBilling
from portal.providers.models import ProviderDetails, ProviderDetailsHistory
from portal.sandbox import clock
from portal.sandbox.http import fields, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.shapes.providers import listed_provider_shape, provider_shape
from portal.sandbox.versions import save_version
from portal.users.models import User

CHANGEABLE = {"priority", "active", "created_by", "reason"}


@route("GET", "/provider-details")
def get_providers(request: HttpRequest) -> dict[str, Any]:
    units = billable_this_month()
    providers = ProviderDetails.objects.select_related("created_by").order_by(
        "notification_type", "priority", "identifier"
    )
    return {
        "provider_details": [
            listed_provider_shape(row, units.get(row.identifier, 0))
            for row in providers
        ]
    }


def billable_this_month() -> dict[str, int]:
    """Text message fragments that each provider has sent since the month began."""
    rows = FactBilling.objects.filter(
        notification_type="sms", bst_date__gte=clock.today().replace(day=1)
    )
    counted = rows.values("provider").annotate(
        units=Sum(F("billable_units") * F("rate_multiplier"))
    )
    return dict(counted.values_list("provider", "units"))


@route("GET", "/provider-details/<uuid:provider_details_id>")
def get_provider(
    request: HttpRequest, provider_details_id: uuid.UUID
) -> dict[str, Any]:
    provider = ProviderDetails.objects.filter(pk=provider_details_id).first()
    return {"provider_details": provider_shape(provider) if provider else {}}


@route("GET", "/provider-details/<uuid:provider_details_id>/versions")
def get_versions(
    request: HttpRequest, provider_details_id: uuid.UUID
) -> dict[str, Any]:
    versions = ProviderDetailsHistory.objects.filter(id=provider_details_id)
    rows = versions.select_related("created_by").order_by("-version")
    return {"data": [provider_shape(row) for row in rows]}


@route("POST", "/provider-details/<uuid:provider_details_id>")
def update_provider(
    request: HttpRequest, provider_details_id: uuid.UUID
) -> dict[str, Any]:
    changes = fields(request)
    if refused := changes.keys() - CHANGEABLE:
        raise Refusal({name: ["Not permitted to be updated"] for name in refused})
    provider = one(ProviderDetails.objects, pk=provider_details_id)
    by = one(User.objects, pk=changes.pop("created_by", None))
    for name, value in changes.items():
        setattr(provider, name, value)
    provider.created_by = by
    save_version(provider, ProviderDetailsHistory)
    return {"provider_details": provider_shape(provider)}
