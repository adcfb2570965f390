"""The page of what services' own servers were told."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from portal.sandbox import secrets, times
from portal.sandbox.api.own.common import own, page, wants_json
from portal.sandbox.callbacks import MOST_RETRIES
from portal.sandbox.models import CallbackCall
from portal.services.models import Service

SHOWN = 100


@own("GET", "/_sandbox/callbacks")
def show(request: HttpRequest) -> Any:
    calls = list(CallbackCall.objects.order_by("-id")[:SHOWN])
    services = Service.objects.in_bulk({call.service_id for call in calls})
    lines = [_line(call, services.get(call.service_id)) for call in calls]
    if wants_json(request):
        return {"callbacks": lines}
    context = {"lines": lines, "shown": SHOWN, "most": MOST_RETRIES}
    return page(request, "callbacks.html", context)


def _line(call: CallbackCall, service: Service | None) -> dict[str, Any]:
    return {
        "id": call.pk,
        "service_id": call.service_id,
        "service_name": service.name if service else None,
        "callback_type": call.callback_type,
        "attempts": call.attempts,
        "answer": call.answer,
        "created_at": times.iso(call.created_at),
        "due_at": times.iso(call.due_at),
        "payload": json.loads(secrets.decrypt(call.payload)),
    }
