"""Brands: those of services, of organisations, and the choice that an organisation gives."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.branding.models import (
    EmailBranding,
    LetterBranding,
    LetterBrandingToOrganisation,
    OrganisationEmailBranding,
    ServiceEmailBranding,
    ServiceLetterBranding,
)
from portal.organisations.models import Organisation
from portal.sandbox.reference.ids import fixed
from portal.sandbox.rules.loading import key_of
from portal.services.models import Service

NHS_TYPES = {"nhs_central", "nhs_local", "nhs_gp", "nhs_notify"}


@dataclass(frozen=True)
class Kind:
    """Brands of e-mails or of letters, and the tables that link to them."""

    name: str
    brands: Any
    of_services: Any
    pools: Any

    @property
    def column(self) -> str:
        """The column that names a brand in every table that does."""
        return f"{self.name}_branding_id"

    @property
    def nhs_brand(self) -> uuid.UUID | None:
        """The NHS's brand, where the reference data has it."""
        found = self.brands.objects.filter(pk=fixed(f"{self.name} brand NHS"))
        return found.values_list("pk", flat=True).first()  # type: ignore[no-any-return]


EMAIL = Kind("email", EmailBranding, ServiceEmailBranding, OrganisationEmailBranding)
LETTER = Kind(
    "letter", LetterBranding, ServiceLetterBranding, LetterBrandingToOrganisation
)
KINDS = (EMAIL, LETTER)


def nhs_brands() -> dict[str, uuid.UUID | None]:
    """The columns of an organisation of the NHS."""
    return {kind.column: kind.nhs_brand for kind in KINDS}


def set_service_brand(service: Service, kind: Kind, brand_id: uuid.UUID | None) -> None:
    """Replace the brand of a service; None takes it away."""
    kind.of_services.objects.filter(service_id=service.pk).delete()
    if brand_id is not None:
        kind.of_services.objects.create(
            service_id=service.pk, **{kind.column: brand_id}
        )


def choose_for_service(service: Service, data: dict[str, Any]) -> None:
    """Set the brands that a body names; an unknown one takes the brand away."""
    for kind in KINDS:
        name = f"{kind.name}_branding"
        if name in data:
            key = key_of(data[name]) if data[name] else None
            found = kind.brands.objects.filter(pk=key).first()
            set_service_brand(service, kind, found and found.pk)


def hand_on(organisation: Organisation, services: Iterable[Service]) -> None:
    """Give services without a brand of their own the organisation's."""
    for kind in KINDS:
        brand_id = getattr(organisation, kind.column)
        for service in services if brand_id else ():
            if not kind.of_services.objects.filter(service_id=service.pk).exists():
                set_service_brand(service, kind, brand_id)


def defaults_changed(organisation: Organisation) -> None:
    """Put an organisation's brands into its pools, and hand them on."""
    for kind in KINDS:
        brand_id = getattr(organisation, kind.column)
        if brand_id:
            add_to_pool(organisation, kind, [brand_id])
    hand_on(organisation, Service.objects.filter(organisation_id=organisation.pk))


def add_to_pool(
    organisation: Organisation, kind: Kind, ids: Iterable[uuid.UUID]
) -> None:
    """Let an organisation's services choose these brands too."""
    for brand_id in ids:
        link = {"organisation_id": organisation.pk, kind.column: brand_id}
        if not kind.pools.objects.filter(**link).exists():
            kind.pools.objects.create(**link)


def pool(organisation: Organisation, kind: Kind) -> Any:
    """The brands that an organisation's services may choose."""
    ids = kind.pools.objects.filter(organisation_id=organisation.pk)
    return kind.brands.objects.filter(pk__in=ids.values(kind.column))
