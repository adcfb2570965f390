"""Keeping what somebody wrote, once, and saying so."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.common.forms import PortalForm
from portal.common.once import make_once
from portal.support import actions
from portal.users.throttle import allows

MESSAGES_AT_MOST = 10
SECONDS = 600
THANKS = "/support/thanks"


def posted(request: HttpRequest) -> Any:
    """Return what a form was given, None while it is only shown."""
    return request.POST if request.method == "POST" else None


def no_way(request: HttpRequest) -> HttpResponse:
    """Say how else to reach the team where the portal cannot send messages."""
    return render(request, "support/no_way.html")


def send_once(
    request: HttpRequest,
    form: PortalForm,
    *,
    sender: actions.Sender,
    subject: Any,
    text: str,
    is_urgent: bool = False,
) -> HttpResponse | None:
    """Keep the message and go on to the thanks; None if the visitor has written too often."""
    if not allows(
        "support", _visitor(request), times=MESSAGES_AT_MOST, seconds=SECONDS
    ):
        form.add_error(None, _("Too many messages. Wait 10 minutes, then try again."))
        return None

    def keep() -> str:
        message = actions.keep_message(
            sender=sender, subject=str(subject), text=text, is_urgent=is_urgent
        )
        return str(message.pk)

    make_once(form.cleaned_data["form_id"], keep, by=_owner(request))
    return HttpResponseRedirect(f"{THANKS}?urgent=yes" if is_urgent else THANKS)


def _visitor(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return str(request.user.pk)
    return str(request.META.get("REMOTE_ADDR"))


def _owner(request: HttpRequest) -> UUID:
    # People who are not signed in have no id; where they come from will do.
    digest = hashlib.sha256(_visitor(request).encode()).hexdigest()
    return uuid5(NAMESPACE_URL, digest)
