"""System checks: what would make a mirror model wrong or slow is found at start-up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.checks import CheckMessage, Error
from django.db import models
from django.db.models.constants import LOOKUP_SEP

from portal.remote.models import RemoteModel
from portal.remote.query import RemoteQuerySet

SEARCH_PREFIXES = "^=@"


def check_mirror_models(**kwargs: Any) -> list[CheckMessage]:
    """Find mirror models that would run SQL or cascade behind the API's back."""
    return [
        error
        for model in apps.get_models()
        if issubclass(model, RemoteModel)
        for error in (*_managers(model), *_relations(model))
    ]


def check_admin_columns(**kwargs: Any) -> list[CheckMessage]:
    """Find admin pages that would make one call per row, or cannot be answered."""
    # In the sandbox there is no admin, and no site to ask.
    if not apps.is_installed("django.contrib.admin"):
        return []
    return [
        error
        for model, model_admin in admin.site._registry.items()
        if issubclass(model, RemoteModel)
        for error in _columns(model, model_admin)
    ]


def _managers(model: type[RemoteModel]) -> Iterator[CheckMessage]:
    if model._meta.managed:
        yield Error("A mirror model must be unmanaged.", obj=model, id="remote.E001")
    if not isinstance(model._base_manager.all(), RemoteQuerySet):
        yield Error(
            "The base manager of a mirror model must be its remote one.",
            hint='Inherit Meta from RemoteModel.Meta, or set base_manager_name = "objects".',
            obj=model,
            id="remote.E002",
        )


def _relations(model: type[RemoteModel]) -> Iterator[CheckMessage]:
    for field in model._meta.local_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        is_plain = field.remote_field.on_delete is models.DO_NOTHING
        if not is_plain or field.db_constraint:  # type: ignore[attr-defined]
            yield Error(
                "A relation of a mirror model must be DO_NOTHING with db_constraint=False.",
                hint="The API cascades; Django would ask every related list.",
                obj=field,
                id="remote.E003",
            )
        if field.remote_field.limit_choices_to:
            yield Error(
                "limit_choices_to cannot be answered by the API.",
                hint="Give the form field a queryset.",
                obj=field,
                id="remote.E004",
            )


def _columns(model: type[models.Model], model_admin: Any) -> Iterator[CheckMessage]:
    if model_admin.date_hierarchy:
        yield Error(
            "date_hierarchy cannot be answered by the API; use a filter.",
            obj=model_admin.__class__,
            id="remote.E005",
        )
    for option in ("list_display", "search_fields", "list_filter", "ordering"):
        for item in getattr(model_admin, option) or ():
            name = item[0] if isinstance(item, tuple) else item
            if isinstance(name, str) and not _is_listed(model, name):
                yield Error(
                    f"{option} names {name!r}, which the API's list of "
                    f"{model._meta.verbose_name_plural} does not give: one call per row.",
                    hint="Take it out, or add it to list_fields if the list gives it.",
                    obj=model_admin.__class__,
                    id="remote.E006",
                )


def _is_listed(model: type[models.Model], name: str) -> bool:
    """Follow a path to its column, and see whether that model's list gives it."""
    first, _, rest = name.lstrip(SEARCH_PREFIXES + "-").partition(LOOKUP_SEP)
    fields = {field.name: field for field in model._meta.concrete_fields}
    field = fields.get(first)
    if field is None:
        return True
    if rest and isinstance(field, models.ForeignKey):
        return _is_listed(field.related_model, rest)
    listed = getattr(model._default_manager.all(), "list_fields", None)
    return listed is None or field.primary_key or first in listed
