"""History rows: every change of a versioned table writes one in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db import models


def save_version(instance: Any, history: type[models.Model]) -> None:
    """Save a versioned row with its next version number, and that version's history row."""
    instance.version = 1 if instance._state.adding else instance.version + 1
    instance.save()
    names = {field.attname for field in instance._meta.concrete_fields}
    row = history(
        **{
            field.attname: getattr(instance, field.attname)
            for field in history._meta.concrete_fields
            if field.attname in names
        }
    )
    row.save(force_insert=True)
