"""Brands as the API writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.branding.models import EmailBranding, LetterBranding
from portal.sandbox import times


def email_brand_shape(brand: EmailBranding) -> dict[str, Any]:
    """One brand of e-mails."""
    names = ("alt_text", "brand_type", "colour", "id", "logo", "name", "text")
    return {name: getattr(brand, name) for name in names} | _history(brand)


def letter_brand_shape(brand: LetterBranding) -> dict[str, Any]:
    """One brand of letters."""
    names = ("filename", "id", "name")
    return {name: getattr(brand, name) for name in names} | _history(brand)


SHAPES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "email": email_brand_shape,
    "letter": letter_brand_shape,
}


def _history(brand: EmailBranding | LetterBranding) -> dict[str, Any]:
    return {
        "created_at": times.iso(brand.created_at),
        "created_by": brand.created_by_id,
        "updated_at": times.iso(brand.updated_at),
    }
