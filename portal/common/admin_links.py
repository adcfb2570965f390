"""Addresses in the admin, and links between the things that have one."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html


def list_address(opts: Any) -> str:
    """Give the address of a model's list."""
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def change_address(obj: models.Model) -> str | None:
    """Give the address of a thing's page; None where the admin has none."""
    opts = obj._meta
    try:
        return reverse(
            f"admin:{opts.app_label}_{opts.model_name}_change", args=[obj.pk]
        )
    except NoReverseMatch:
        return None


def link_to(obj: models.Model) -> Any:
    """Name a thing, with a link to its page if it has one."""
    if address := change_address(obj):
        return format_html('<a href="{}">{}</a>', address, obj)
    return str(obj)
