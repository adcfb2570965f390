"""Audit events in words for people."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.apps import apps
from django.contrib.admin import site
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.admin_columns import mask
from portal.common.models import AuditEvent
from portal.remote import choices

NOTHING = "–"
ACTIONS = {
    "accepted": gettext_lazy("Accepted"),
    "added": gettext_lazy("Added"),
    "approved": gettext_lazy("Approved"),
    "archived": gettext_lazy("Archived"),
    "back to trial": gettext_lazy("Put back to trial"),
    "cancelled": gettext_lazy("Cancelled"),
    "changed": gettext_lazy("Changed"),
    "deleted": gettext_lazy("Deleted"),
    "exported": gettext_lazy("Exported"),
    "made live": gettext_lazy("Made live"),
    "moved": gettext_lazy("Moved"),
    "refused": gettext_lazy("Refused"),
    "removed": gettext_lazy("Removed"),
    "resumed": gettext_lazy("Resumed"),
    "revealed": gettext_lazy("Asked for personal data"),
    "revoked": gettext_lazy("Revoked"),
    "scheduled": gettext_lazy("Scheduled"),
    "sent": gettext_lazy("Sent"),
    "started": gettext_lazy("Started"),
    "suspended": gettext_lazy("Suspended"),
    "taken away": gettext_lazy("Taken away"),
    "unlocked": gettext_lazy("Unlocked"),
}
# What forms change that is a table of its own in the API.
LISTS = {("services.service", "permissions"): choices.SERVICE_PERMISSION_TYPES}


@dataclasses.dataclass(frozen=True)
class Change:
    """One field of an event."""

    field: str
    before: str
    after: str


def action_of(event: AuditEvent) -> str:
    """Name what was done: "Archived"."""
    return str(ACTIONS.get(event.action, capfirst(event.action)))


def kind_of(event: AuditEvent) -> str:
    """Name the kind of thing it was done to: "Service"."""
    model = _model(event)
    return str(capfirst(model._meta.verbose_name) if model else event.model)


def changes_of(event: AuditEvent) -> list[Change]:
    """List the changed fields under their names, with values as a form shows them."""
    names = [*event.before, *(name for name in event.after if name not in event.before)]
    changes, model = [], _model(event)
    for name in names:
        field = _field(model, name)
        label = field.verbose_name if field else name.replace("_", " ")
        named = dict(
            LISTS.get((event.model, name)) or getattr(field, "flatchoices", None) or ()
        )
        values = [_words(held.get(name), named) for held in (event.before, event.after)]
        if name in masked_fields(model):
            values = [value if value == NOTHING else mask(value) for value in values]
        changes.append(Change(str(capfirst(label)), *values))
    return changes


def masked_fields(model: type[models.Model] | None) -> tuple[str, ...]:
    """Name the fields that the admin hides."""
    model_admin = site._registry.get(model) if model else None
    return getattr(model_admin, "masked_fields", ())


def _model(event: AuditEvent) -> type[models.Model] | None:
    try:
        return apps.get_model(event.model)
    except (LookupError, ValueError):
        return None


def _field(model: type[models.Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _words(value: Any, named: dict[str, Any]) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        # A thing, kept with the name that it had then.
        return str(value.get("name", value))
    if isinstance(value, list):
        return ", ".join(str(named.get(item, item)) for item in value)
    return str(named.get(value, value))
