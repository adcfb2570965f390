"""The forms of people who cannot sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.common.once import new_form_id
from portal.support import actions
from portal.support.forms import (
    AccountForm,
    NewAddressForm,
    NewNumberForm,
    NoCodeForm,
)
from portal.support.views.sending import no_way, posted, send_once
from portal.support.views.triage import PROBLEM_PAGE, READ_AND_WRITE

OUTSIDE = {"form_id", "name"}


@dataclass(frozen=True)
class Trouble:
    """Why somebody cannot sign in, and the form that asks for their account."""

    form: Any
    subject: Any
    why: Any
    back: str


NO_CODE = Trouble(
    NoCodeForm,
    _("Security code not received"),
    _("We use them to find out why your security code has not arrived."),
    "/support/security-code",
)
NEW_NUMBER = Trouble(
    NewNumberForm,
    _("Mobile number has changed"),
    _("We use them to look up your account before we write to you."),
    "/support/mobile-number-changed",
)
NO_LINK = Trouble(
    AccountForm,
    _("Email link not received"),
    _("We use them to find out why your email link has not arrived."),
    "/support/email-link",
)
NEW_ADDRESS = Trouble(
    NewAddressForm,
    _("Email address has changed"),
    _("We use them to look up your account before we write to you."),
    "/support/email-address-changed",
)


@READ_AND_WRITE
def account_details(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(PROBLEM_PAGE)
    if not actions.can_send():
        return no_way(request)
    form = trouble.form(posted(request), initial={"form_id": new_form_id()})
    if form.is_valid():
        address = form.cleaned_data.get("email_address") or form.email_address
        sent = send_once(
            request,
            form,
            sender=actions.Sender(form.cleaned_data["name"], address),
            subject=trouble.subject,
            text=_told(form),
        )
        if sent:
            return sent
    context = {"form": form, "trouble": trouble}
    status = 400 if form.errors else 200
    return render(request, "support/account_details.html", context, status=status)


def _told(form: Any) -> str:
    return "\n".join(
        f"{form.fields[name].label}: {value}"
        for name, value in form.cleaned_data.items()
        if name not in OUTSIDE
    )
