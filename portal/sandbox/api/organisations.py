"""Organisations: made, read, found, changed, archived; their services."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.db.models.functions import Lower
from django.http import HttpRequest

from portal.organisations.models import Domain, Organisation, OrganisationPermission
from portal.sandbox import clock
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import BAD_REQUEST, NO_SUCH_URL, Refusal
from portal.sandbox.replica import statistics
from portal.sandbox.rules import agreements, brands, organisations, usage
from portal.sandbox.rules.allowances import year_asked
from portal.sandbox.rules.loading import MISSING, key_of
from portal.sandbox.shapes.organisations import (
    listed_organisation_shapes,
    organisation_shape,
)
from portal.sandbox.shapes.services import brief_service_shape
from portal.sandbox.validation import check
from portal.services.models import Service
from portal.users.models import User

TAKEN = "Organisation name already exists"
DOMAIN_TAKEN = "Domain already exists"
CHANGEABLE = {
    field.attname
    for field in Organisation._meta.concrete_fields
    if field.attname not in ("id", "created_at", "updated_at")
}
DEFAULT_PERMISSIONS = ("can_ask_to_join_a_service",)


@route("GET", "/organisations")
def get_organisations(request: HttpRequest) -> list[dict[str, Any]]:
    """List all organisations: active ones first, by name."""
    return listed_organisation_shapes(
        Organisation.objects.order_by("-active", Lower("name"))
    )


@route("POST", "/organisations")
def create_organisation(request: HttpRequest) -> Answer:
    """Make an organisation, which people may ask to join from the start."""
    data = check(body(request), "post_create_organisation_schema")
    refuse_taken(data)
    values = columns(data)
    if values.get("active") is None:
        values["active"] = True
    organisation = Organisation(**values, created_at=clock.now())
    organisation.save(force_insert=True)
    replace_permissions(organisation, DEFAULT_PERMISSIONS)
    brands.defaults_changed(organisation)
    return created(organisation_shape(organisation))


@route("GET", "/organisations/<uuid:organisation_id>")
def get_organisation(
    request: HttpRequest, organisation_id: uuid.UUID
) -> dict[str, Any]:
    """Read an organisation."""
    return organisation_shape(one(Organisation.objects, pk=organisation_id))


@route("GET", "/organisations/by-domain")
def get_organisation_by_domain(request: HttpRequest) -> dict[str, Any]:
    """Find the organisation to which a domain belongs."""
    domain = request.GET.get("domain", "")
    if not domain or "@" in domain:
        raise Refusal(BAD_REQUEST, 400)
    found = organisations.by_email_address(domain)
    if found is None:
        raise Refusal(NO_SUCH_URL, 404)
    return organisation_shape(found)


@route("GET", "/organisations/search")
def search_organisations(request: HttpRequest) -> dict[str, Any]:
    """Find organisations by a part of their name."""
    if not request.GET.get("name"):
        raise Refusal({"name": [MISSING]})
    found = Organisation.objects.filter(name__icontains=request.GET["name"])
    return {"data": listed_organisation_shapes(found.order_by(Lower("name")))}


@route("POST", "/organisations/<uuid:organisation_id>")
def update_organisation(request: HttpRequest, organisation_id: uuid.UUID) -> None:
    """Change what a body names, and hand on what services take from it."""
    data = check(body(request), "post_update_organisation_schema")
    organisation = one(Organisation.objects, pk=organisation_id)
    changes = columns(data, organisation)
    if isinstance(data.get("permissions"), list):
        # With permissions nothing else is changed.
        replace_permissions(organisation, data["permissions"])
    else:
        change(organisation, data, changes)
    # Where the body names no signer, a platform admin puts something right.
    if data.get("agreement_signed") and changes.get("agreement_signed_by_id"):
        signer = one(User.objects, pk=organisation.agreement_signed_by_id)
        agreements.confirm(organisation, signer)


def change(
    organisation: Organisation, data: dict[str, Any], changes: dict[str, Any]
) -> None:
    """Change columns and domains, and what follows from them."""
    refuse_taken(data, organisation)
    for name, value in changes.items():
        setattr(organisation, name, value)
    organisation.save()
    if isinstance(data.get("domains"), list):
        replace_domains(organisation, data["domains"])
    hand_on(organisation, changes)


@route("POST", "/organisations/<uuid:organisation_id>/archive")
def archive_organisation(request: HttpRequest, organisation_id: uuid.UUID) -> None:
    """Archive an organisation that nobody and nothing belongs to any more."""
    organisation = one(Organisation.objects, pk=organisation_id)
    if not organisation.active:
        return
    if organisation.services.filter(active=True).exists():
        raise Refusal("Cannot archive an organisation with active services")
    if organisations.has_people(organisation):
        raise Refusal(
            "Cannot archive an organisation with team members or invited team members"
        )
    organisations.archive(organisation)


@route("POST", "/organisations/<uuid:organisation_id>/service")
def link_service(request: HttpRequest, organisation_id: uuid.UUID) -> None:
    """Make a service the organisation's own."""
    data = check(body(request), "post_link_service_to_organisation_schema")
    service = one(Service.objects, pk=data["service_id"])
    organisations.adopt(one(Organisation.objects, pk=organisation_id), service)


@route("GET", "/organisations/<uuid:organisation_id>/services")
def get_services(
    request: HttpRequest, organisation_id: uuid.UUID
) -> list[dict[str, Any]]:
    """List the services of an organisation: active ones first, by name."""
    organisation = one(Organisation.objects, pk=organisation_id)
    return [
        brief_service_shape(service)
        for service in organisation.services.order_by("-active", Lower("name"))
    ]


@route("GET", "/organisations/<uuid:organisation_id>/services-with-usage")
@statistics
def get_services_with_usage(
    request: HttpRequest, organisation_id: uuid.UUID
) -> dict[str, Any]:
    """List the live services of an organisation with what they used in a year."""
    year = year_asked(request.GET.get("year", ""))
    return {
        "services": list(usage.services_with_usage(organisation_id, year)),
        "updated_at": usage.last_counted(),
    }


@route("GET", "/service/<uuid:service_id>/organisation")
def get_organisation_of_service(
    request: HttpRequest, service_id: uuid.UUID
) -> dict[str, Any]:
    """Read the organisation of a service; nothing if it has none."""
    service = Service.objects.filter(pk=service_id).first()
    organisation = service and service.organisation
    return organisation_shape(organisation) if organisation else {}


def refuse_taken(data: dict[str, Any], other: Organisation | None = None) -> None:
    """Refuse a name or domains that another organisation has."""
    others = Organisation.objects.all()
    wanted = [str(name).lower() for name in data.get("domains") or []]
    taken = Domain.objects.filter(domain__in=wanted)
    if other:
        others = others.exclude(pk=other.pk)
        taken = taken.exclude(organisation_id=other.pk)
    if others.filter(name=data.get("name")).exists():
        raise Refusal(TAKEN)
    if taken.exists() or len(set(wanted)) < len(wanted):
        raise Refusal(DOMAIN_TAKEN)


def columns(
    data: dict[str, Any], organisation: Organisation | None = None
) -> dict[str, Any]:
    """Take the columns out of a body; the NHS's brands are for who has none yet."""
    found = {key: value for key, value in data.items() if key in CHANGEABLE}
    for name in ("agreement_signed_by_id", "email_branding_id", "letter_branding_id"):
        if found.get(name):
            found[name] = existing(name, found[name])
    if found.get("agreement_signed_at"):
        found["agreement_signed_at"] = signed_at(found["agreement_signed_at"])
    if found.get("organisation_type") in brands.NHS_TYPES:
        found |= {
            name: brand
            for name, brand in brands.nhs_brands().items()
            if not getattr(organisation, name, None)
        }
    return found


def existing(column: str, value: Any) -> uuid.UUID:
    """The id of the person or brand that a column names."""
    model = Organisation._meta.get_field(column.removesuffix("_id")).related_model
    key: uuid.UUID = one(model.objects, pk=key_of(value)).pk  # type: ignore[union-attr]
    return key


def signed_at(value: Any) -> datetime.datetime:
    """Read when an agreement was signed."""
    try:
        return datetime.datetime.fromisoformat(value).replace(tzinfo=datetime.UTC)
    except (TypeError, ValueError) as error:
        raise Refusal({"agreement_signed_at": ["Not a valid datetime."]}) from error


def replace_domains(organisation: Organisation, domains: list[str]) -> None:
    """Replace the domains by which an organisation's people are known."""
    Domain.objects.filter(organisation_id=organisation.pk).delete()
    for name in (str(domain).lower() for domain in domains):
        Domain.objects.create(domain=name, organisation_id=organisation.pk)


def replace_permissions(organisation: Organisation, names: Any) -> None:
    """Replace what people may do with an organisation."""
    OrganisationPermission.objects.filter(organisation_id=organisation.pk).delete()
    for name in dict.fromkeys(names):
        OrganisationPermission.objects.create(
            organisation_id=organisation.pk, permission=name, created_at=clock.now()
        )


def hand_on(organisation: Organisation, changes: dict[str, Any]) -> None:
    """Let services follow what changed."""
    if {"organisation_type", "crown"} & set(changes):
        organisations.hand_on_type(organisation)
    if {"email_branding_id", "letter_branding_id"} & set(changes):
        brands.defaults_changed(organisation)
