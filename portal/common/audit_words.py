"""Audit events in words for people."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.models import AuditEvent
from portal.remote import choices

NOTHING = "–"
ACTIONS = {
    "added": gettext_lazy("Added"),
    "archived": gettext_lazy("Archived"),
    "cancelled": gettext_lazy("Cancelled"),
    "changed": gettext_lazy("Changed"),
    "deleted": gettext_lazy("Deleted"),
    "revoked": gettext_lazy("Revoked"),
    "scheduled": gettext_lazy("Scheduled"),
    "sent": gettext_lazy("Sent"),
    "started": gettext_lazy("Started"),
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
    changes = []
    for name in names:
        field = _field(_model(event), name)
        label = field.verbose_name if field else name.replace("_", " ")
        named = dict(
            LISTS.get((event.model, name)) or getattr(field, "flatchoices", None) or ()
        )
        before, after = event.before.get(name), event.after.get(name)
        changes.append(
            Change(str(capfirst(label)), _words(before, named), _words(after, named))
        )
    return changes


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
    if isinstance(value, list):
        return ", ".join(str(named.get(item, item)) for item in value)
    return str(named.get(value, value))
