"""Brands of e-mails and letters."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models.functions import Lower
from django.http import HttpRequest

from portal.branding.models import EmailBranding, LetterBranding
from portal.organisations.models import Organisation
from portal.sandbox import clock
from portal.sandbox.http import Answer, body, created, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import brands
from portal.sandbox.rules.loading import EMPTY, key_of
from portal.sandbox.shapes.brands import email_brand_shape, letter_brand_shape
from portal.sandbox.validation import check
from portal.services.models import Service
from portal.users.models import User

EMAIL_NAME_TAKEN = "An email branding with that name already exists."
ONE_TEXT = "Email branding must have exactly one of alt_text and text."
IN_USE = "Email branding is in use and so it can't be archived."
EMAIL_COLUMNS = ("colour", "name", "alt_text", "text", "logo", "brand_type")


@route("GET", "/email-branding")
def get_email_brands(request: HttpRequest) -> dict[str, Any]:
    """List the brands of e-mails that are not archived."""
    found = EmailBranding.objects.filter(active=True).order_by(Lower("name"))
    return {"email_branding": [email_brand_shape(brand) for brand in found]}


@route("POST", "/email-branding")
def create_email_brand(request: HttpRequest) -> Answer:
    """Make a brand of e-mails."""
    data = check(body(request), "post_create_email_branding_schema")
    brand = EmailBranding(created_at=clock.now())
    change_email_brand(brand, data)
    brand.created_by_id = person(data.get("created_by"))
    brand.save(force_insert=True)
    return created({"data": email_brand_shape(brand)})


@route("GET", "/email-branding/<uuid:email_branding_id>")
def get_email_brand(
    request: HttpRequest, email_branding_id: uuid.UUID
) -> dict[str, Any]:
    """Read a brand of e-mails."""
    brand = one(EmailBranding.objects, pk=email_branding_id)
    return {"email_branding": email_brand_shape(brand)}


@route("POST", "/email-branding/<uuid:email_branding_id>")
def update_email_brand(
    request: HttpRequest, email_branding_id: uuid.UUID
) -> dict[str, Any]:
    """Change what a body names of a brand."""
    data = check(body(request), "post_update_email_branding_schema")
    brand = one(EmailBranding.objects, pk=email_branding_id)
    change_email_brand(brand, data)
    brand.updated_by_id = person(data.get("updated_by"))
    brand.updated_at = clock.now()
    brand.save()
    return {"data": email_brand_shape(brand)}


@route("POST", "/email-branding/<uuid:email_branding_id>/archive")
def archive_email_brand(request: HttpRequest, email_branding_id: uuid.UUID) -> None:
    """Archive a brand that nobody uses, and take it out of every choice."""
    brand = one(EmailBranding.objects, pk=email_branding_id)
    organisations, services = users_of(brands.EMAIL, brand.pk)
    if organisations.exists() or services.exists():
        raise Refusal(IN_USE, 400)
    brands.EMAIL.pools.objects.filter(email_branding_id=brand.pk).delete()
    now = clock.now()
    brand.name = f"_archived_{now:%Y-%m-%d}_{brand.pk}_{brand.name}"[:255]
    brand.active = False
    brand.updated_at = now
    brand.save()


@route("GET", "/email-branding/<uuid:email_branding_id>/orgs_and_services")
def get_users_of_email_brand(
    request: HttpRequest, email_branding_id: uuid.UUID
) -> dict[str, Any]:
    """List who uses a brand of e-mails."""
    return named_users_of(brands.EMAIL, email_branding_id)


@route("POST", "/email-branding/get-name-for-alt-text/")
def get_name_for_alt_text(request: HttpRequest) -> dict[str, str]:
    """Suggest a name that no brand of e-mails has."""
    schema = "post_get_email_branding_name_for_alt_text_schema"
    data = check(body(request), schema)
    return {"name": free_name(EmailBranding, data["alt_text"])}


@route("GET", "/letter-branding")
def get_letter_brands(request: HttpRequest) -> list[dict[str, Any]]:
    """List the brands of letters."""
    return [
        letter_brand_shape(brand)
        for brand in LetterBranding.objects.order_by(Lower("name"))
    ]


@route("POST", "/letter-branding")
def create_letter_brand(request: HttpRequest) -> Answer:
    """Make a brand of letters."""
    data = check(body(request), "post_create_letter_branding_schema")
    brand = LetterBranding(created_at=clock.now())
    change_letter_brand(brand, data)
    brand.created_by_id = person(data.get("created_by_id"))
    brand.save(force_insert=True)
    return created(letter_brand_shape(brand))


@route("GET", "/letter-branding/<uuid:letter_branding_id>")
def get_letter_brand(
    request: HttpRequest, letter_branding_id: uuid.UUID
) -> dict[str, Any]:
    """Read a brand of letters."""
    return letter_brand_shape(one(LetterBranding.objects, pk=letter_branding_id))


@route("POST", "/letter-branding/<uuid:letter_branding_id>")
def update_letter_brand(request: HttpRequest, letter_branding_id: uuid.UUID) -> Answer:
    """Change a brand of letters; the API answers as if it had made one."""
    data = check(body(request), "post_update_letter_branding_schema")
    brand = one(LetterBranding.objects, pk=letter_branding_id)
    change_letter_brand(brand, data)
    brand.updated_by_id = person(data.get("updated_by_id"))
    brand.save()
    return created(letter_brand_shape(brand))


@route("GET", "/letter-branding/<uuid:letter_branding_id>/orgs_and_services")
def get_users_of_letter_brand(
    request: HttpRequest, letter_branding_id: uuid.UUID
) -> dict[str, Any]:
    """List who uses a brand of letters."""
    return named_users_of(brands.LETTER, letter_branding_id)


@route("POST", "/letter-branding/get-unique-name/")
def get_unique_letter_name(request: HttpRequest) -> dict[str, str]:
    """Suggest a name that no brand of letters has."""
    schema = "post_get_unique_name_for_letter_branding_schema"
    data = check(body(request), schema)
    return {"name": free_name(LetterBranding, data["name"])}


def change_email_brand(brand: EmailBranding, data: dict[str, Any]) -> None:
    """Take over what a body names, and refuse what cannot be."""
    for name in EMAIL_COLUMNS:
        if name in data:
            setattr(brand, name, data[name])
    others = EmailBranding.objects.exclude(pk=brand.pk)
    if others.filter(name=brand.name).exists():
        raise Refusal({"name": [EMAIL_NAME_TAKEN]})
    # An empty text counts as none, and is not kept.
    brand.text, brand.alt_text = brand.text or None, brand.alt_text or None
    if bool(brand.text) == bool(brand.alt_text):
        raise Refusal(ONE_TEXT)


def change_letter_brand(brand: LetterBranding, data: dict[str, Any]) -> None:
    """Take over name and file, which no other brand may have."""
    others = LetterBranding.objects.exclude(pk=brand.pk)
    for name in ("name", "filename"):
        if data[name] is None:
            raise Refusal({name: [EMPTY]})
        if others.filter(**{name: data[name]}).exists():
            raise Refusal({name: [f"{name.capitalize()} already in use"]})
        setattr(brand, name, data[name])


def person(value: Any) -> uuid.UUID | None:
    """The id of somebody who must exist; nobody stays nobody."""
    return one(User.objects, pk=key_of(value)).pk if value else None


def users_of(kind: brands.Kind, brand_id: uuid.UUID) -> tuple[Any, Any]:
    """The organisations and services that use a brand."""
    links = kind.of_services.objects.filter(**{kind.column: brand_id})
    return (
        Organisation.objects.filter(**{kind.column: brand_id}, active=True),
        Service.objects.filter(pk__in=links.values("service_id"), active=True),
    )


def named_users_of(kind: brands.Kind, brand_id: uuid.UUID) -> dict[str, Any]:
    """The organisations and services that use a brand, by name."""
    organisations, services = users_of(kind, brand_id)
    return {
        "data": {
            "organisations": list(organisations.order_by("name").values("id", "name")),
            "services": list(services.order_by("name").values("id", "name")),
        }
    }


def free_name(model: type[EmailBranding | LetterBranding], wanted: str) -> str:
    """A name that is taken in no case of its letters, or its first free alternate."""
    taken = set(model.objects.values_list("name", flat=True))
    if wanted.lower() not in {name.lower() for name in taken}:
        return wanted
    number = 1
    while f"{wanted} (alternate {number})" in taken:
        number += 1
    return f"{wanted} (alternate {number})"
