"""Writing into the audit log."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from portal.common.models import AuditEvent
from portal.remote import context

REPR_CHARACTERS = 200


def record(
    *,
    actor: Any,
    action: str,
    model: str,
    object_id: Any,
    object_repr: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    change_message: list[Any] | None = None,
) -> AuditEvent:
    """Write who did what to what.

    ``action`` is a past participle ("changed"), ``model`` a label such as
    "services.service"; ``before`` and ``after`` hold the changed fields only.
    """
    current = context.current()
    return AuditEvent.objects.create(
        actor_id=getattr(actor, "pk", None),
        actor_name=str(actor),
        action=action,
        model=model,
        object_id=str(object_id),
        object_repr=str(object_repr)[:REPR_CHARACTERS],
        before=plain(before or {}),
        after=plain(after or {}),
        change_message=change_message or [],
        trace_id=current.trace_id if current else "",
    )


def plain(values: dict[str, Any]) -> Any:
    """Make values of any field fit for JSON."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder, default=str))
