"""Columns of admin pages: what is hidden until asked for, and links between things."""

from __future__ import annotations

from typing import Any

from django.db import models

from portal.common.admin_links import link_to

HIDDEN = "•••"
SHOWN_AT_END = 3


def mask(value: Any) -> str:
    """Hide a telephone number, an address or a text, but for what tells two apart.

    "07700900123" is "•••123", "ann@example.gov.uk" is "a•••@example.gov.uk".
    """
    text = str(value or "").strip()
    name, at, domain = text.rpartition("@")
    if at and " " not in text:
        return f"{name[:1]}{HIDDEN}@{domain}"
    is_number = sum(c.isdigit() for c in text) > SHOWN_AT_END * 2
    if is_number and len(text) < 30:
        return f"{HIDDEN}{text[-SHOWN_AT_END:]}"
    return HIDDEN if text else ""


class Column:
    """A column of a model's field, under the field's own name and order."""

    def __init__(self, model: type[models.Model], name: str) -> None:
        field: Any = model._meta.get_field(name)
        self.name = self.__name__ = name
        self.short_description = field.verbose_name
        self.admin_order_field = name


class MaskedColumn(Column):
    """Personal data that is hidden until somebody asks for it."""

    def __init__(self, model: type[models.Model], name: str) -> None:
        super().__init__(model, name)
        self.__name__ = f"masked_{name}"

    def __call__(self, obj: models.Model) -> str | None:
        return mask(getattr(obj, self.name)) or None


class LinkColumn(Column):
    """A related thing with a link to its own page."""

    def __call__(self, obj: models.Model) -> Any:
        related = getattr(obj, self.name)
        return link_to(related) if related is not None else None
