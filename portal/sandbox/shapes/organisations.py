"""Organisations as the API writes them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

from portal.organisations.models import Domain, Organisation, OrganisationPermission
from portal.services.models import Service

COLUMNS = (
    "active",
    "agreement_signed",
    "agreement_signed_at",
    "agreement_signed_by_id",
    "agreement_signed_on_behalf_of_email_address",
    "agreement_signed_on_behalf_of_name",
    "agreement_signed_version",
    "billing_contact_email_addresses",
    "billing_contact_names",
    "billing_reference",
    "can_approve_own_go_live_requests",
    "crown",
    "email_branding_id",
    "id",
    "letter_branding_id",
    "name",
    "notes",
    "organisation_type",
    "purchase_order_number",
    "request_to_go_live_notes",
)


def organisation_shape(organisation: Organisation) -> dict[str, Any]:
    """One organisation, in full."""
    permissions = OrganisationPermission.objects.filter(organisation_id=organisation.pk)
    return {name: getattr(organisation, name) for name in COLUMNS} | {
        "count_of_live_services": live_services([organisation.pk])[organisation.pk],
        "domains": domains([organisation.pk]).get(organisation.pk, []),
        "permissions": list(
            permissions.order_by("created_at").values_list("permission", flat=True)
        ),
    }


def listed_organisation_shapes(
    organisations: Iterable[Organisation],
) -> list[dict[str, Any]]:
    """Organisations as a list shows them."""
    rows = list(organisations)
    live = live_services(row.pk for row in rows)
    names = domains(row.pk for row in rows)
    return [
        {
            "active": row.active,
            "count_of_live_services": live[row.pk],
            "domains": names.get(row.pk, []),
            "id": row.pk,
            "name": row.name,
            "organisation_type": row.organisation_type,
        }
        for row in rows
    ]


def live_services(ids: Iterable[uuid.UUID]) -> Counter[uuid.UUID]:
    """Count the services of each organisation that are live and counted as such."""
    return Counter(
        Service.objects.filter(
            organisation_id__in=list(ids),
            active=True,
            restricted=False,
            count_as_live=True,
        ).values_list("organisation_id", flat=True)
    )


def domains(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """List the domains of each organisation."""
    found: dict[uuid.UUID, list[str]] = {}
    rows = Domain.objects.filter(organisation_id__in=list(ids)).order_by("domain")
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row.domain)
    return found
