"""The pages of what was "sent", and of whom one may sign in as."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from portal.sandbox import times
from portal.sandbox.api.own.common import page
from portal.sandbox.http import route
from portal.sandbox.models import DemoPerson, OutboxMessage
from portal.users.models import User

SHOWN = 100


@route("GET", "/_sandbox/outbox", auth="none")
def outbox_page(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("to", "").strip()
    messages = OutboxMessage.objects.order_by("-id")
    if wanted:
        messages = messages.filter(
            Q(to__icontains=wanted) | Q(to__endswith=wanted.lstrip("0"))
        )
    return page(
        request,
        "outbox.html",
        {"messages": messages[:SHOWN], "wanted": wanted, "shown": SHOWN},
    )


@route("GET", "/_sandbox/outbox.json", auth="none")
def outbox_lines(request: HttpRequest) -> HttpResponse:
    lines = (
        json.dumps(
            {
                "to": message.to,
                "text": message.text,
                "subject": message.subject,
                "type": message.type,
                "at": times.iso(message.at),
            }
        )
        for message in OutboxMessage.objects.order_by("id").iterator()
    )
    return HttpResponse(
        "".join(f"{line}\n" for line in lines), content_type="application/jsonl"
    )


@route("GET", "/_sandbox/people.json", auth="none")
def people(request: HttpRequest) -> list[dict[str, Any]]:
    demo = list(DemoPerson.objects.order_by("position"))
    users = User.objects.in_bulk([person.user_id for person in demo])
    return [
        {
            "name": users[person.user_id].name,
            "email_address": users[person.user_id].email_address,
            "password": person.password,
            "role": person.role,
        }
        for person in demo
    ]
