"""The form for a question or a problem."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.once import new_form_id
from portal.support import actions, questions
from portal.support.forms import LONGEST_MESSAGE, MessageForm
from portal.support.hours import is_working_time
from portal.support.questions import PROBLEM
from portal.support.views.sending import no_way, posted, send_once
from portal.support.views.triage import PROBLEM_PAGE, READ_AND_WRITE
from portal.users.models import User

TYPED = "support-message"
SEVERE = {"yes": True, "no": False}


@READ_AND_WRITE
def feedback(request: HttpRequest, ticket_type: str) -> HttpResponse:
    """Take a message; a problem that may be an emergency is asked about first."""
    severe = SEVERE.get(request.GET.get("severe", ""))
    if elsewhere := _elsewhere(request, ticket_type, severe):
        if typed := request.POST.get("feedback"):
            # It waits until the questions have been answered.
            request.session[TYPED] = typed[:LONGEST_MESSAGE]
        return HttpResponseRedirect(elsewhere)
    if not actions.can_send():
        return no_way(request)
    category = questions.category_of(ticket_type, request.GET.get("category", ""))
    user = request.user if request.user.is_authenticated else None
    form = MessageForm(
        posted(request),
        is_known=user is not None,
        initial={
            "form_id": new_form_id(),
            "feedback": request.session.get(TYPED, ""),
        },
    )
    if form.is_valid():
        sent = send_once(
            request,
            form,
            sender=_sender(form, user),
            subject=category.subject,
            text=form.cleaned_data["feedback"],
            is_urgent=_is_urgent(ticket_type, severe, user),
        )
        if sent:
            request.session.pop(TYPED, None)
            return sent
    context = {
        "form": form,
        "title": _title(ticket_type),
        "back": category.back,
    }
    status = 400 if form.errors else 200
    return render(request, "support/form.html", context, status=status)


def _elsewhere(request: HttpRequest, ticket_type: str, severe: bool | None) -> str:
    """Return where the visitor has to go first, an empty text if nowhere."""
    if ticket_type != PROBLEM:
        return ""
    user = request.user
    if severe is None:
        if user.is_authenticated and not actions.has_live_services(user=user):
            return ""
        return PROBLEM_PAGE
    is_stranger = not user.is_authenticated
    if severe and is_stranger and not is_working_time(timezone.now()):
        return "/support/escalate"
    return ""


def _is_urgent(ticket_type: str, severe: bool | None, user: User | None) -> bool:
    # Whether strangers work on a live service is not known.
    if ticket_type != PROBLEM or not severe or user is None:
        return False
    return actions.has_live_services(user=user)


def _sender(form: MessageForm, user: User | None) -> actions.Sender:
    if user is not None:
        return actions.Sender(str(user.name), str(user.email_address), user)
    given: dict[str, Any] = form.cleaned_data
    return actions.Sender(given["name"], given["email_address"])


def _title(ticket_type: str) -> str:
    if ticket_type == PROBLEM:
        return _("Describe the problem")
    return _("Ask a question or give feedback")
