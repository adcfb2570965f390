"""History rows: every change of a versioned table writes one in the same transaction."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

H = TypeVar("H", bound=models.Model)


def save_version(instance: Any, history: type[models.Model]) -> None:
    """Save a versioned row with its next version number, and that version's history row."""
    instance.version = 1 if instance._state.adding else instance.version + 1
    instance.save()
    history_row(instance, history).save(force_insert=True)


def history_row(instance: Any, history: type[H]) -> H:
    """The history row of a version as it is now, not saved yet."""
    names = {field.attname for field in instance._meta.concrete_fields}
    return history(
        **{
            field.attname: getattr(instance, field.attname)
            for field in history._meta.concrete_fields
            if field.attname in names
        }
    )
