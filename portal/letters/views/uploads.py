"""Letters that people upload as PDF: checked, looked at, sent, listed by print day."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.common.storage import NoSuchObject
from portal.letters import actions
from portal.letters.answers import uploaded_file
from portal.letters.drawing import is_drawn
from portal.letters.forms import PdfForm, SendLetterForm
from portal.letters.uploads import LETTER, UploadedLetter, load_letter, printing_on
from portal.letters.words import problem_of
from portal.messages.templates import MessageTemplate
from portal.notifications.refusals import sentence_of
from portal.remote.errors import Conflict, RateLimited, Rejected
from portal.users.permissions import (
    ServiceRequest,
    may_use,
    service_has_permission,
    user_has_permissions,
)

LONGEST_NUMBER = 6


def page_number(request: ServiceRequest) -> int:
    """The page asked for; 1 when it is no number."""
    text = request.GET.get("page", "1")
    usable = text.isdecimal() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if usable else 1


@require_GET
@user_has_permissions()
def uploaded_letters(
    request: ServiceRequest, service_id: UUID, letter_print_day: dt.date
) -> HttpResponse:
    number = page_number(request)
    day = actions.load_print_day(
        service=request.service, day=letter_print_day, page=number
    )
    context = {
        "service": request.service,
        "day": day,
        "printing": printing_on(letter_print_day),
        "print_day": letter_print_day,
        "next_url": f"?page={number + 1}" if day.has_next else "",
        "previous_url": f"?page={number - 1}" if number > 1 else "",
    }
    return render(request, "letters/uploaded.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("send_messages")
@service_has_permission("letter")
def upload_letter(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    if again := request.POST.get("again"):
        return check_again(request, again)
    form = PdfForm()
    if request.method == "POST":
        form = PdfForm(request.POST, request.FILES)
    if form.is_valid():
        file_id = actions.upload_letter(
            service=request.service,
            name=form.cleaned_data["file"].name,
            content=form.content,
            facts=form.facts,
        )
        return redirect("letters:preview", service_id, file_id)
    context = {"service": request.service, "form": form}
    status = 400 if form.errors else 200
    return render(request, "letters/upload.html", context, status=status)


def check_again(request: ServiceRequest, file_id: str) -> HttpResponse:
    """Have a letter checked that nobody could look at when it came."""
    try:
        letter = load_letter(request.service.pk, UUID(file_id))
    except (ValueError, NoSuchObject) as missing:
        raise Http404(_("The file is not kept any longer.")) from missing
    if letter.is_unchecked and letter.purpose == LETTER:
        actions.check_letter_again(service=request.service, letter=letter)
    return redirect("letters:preview", request.service.pk, letter.id)


def kept(request: ServiceRequest, file_id: UUID) -> UploadedLetter | None:
    """The letter that waits to be sent; None for one that was sent. Raises Http404."""
    try:
        letter = load_letter(request.service.pk, file_id)
    except NoSuchObject as missing:
        if actions.was_sent(service=request.service, file_id=file_id):
            return None
        raise Http404(_("The file is not kept any longer.")) from missing
    if letter.purpose != LETTER:
        raise Http404(_("There is no such letter."))
    return letter


@require_GET
@never_cache
@user_has_permissions("send_messages")
@service_has_permission("letter")
def preview_letter(
    request: ServiceRequest, service_id: UUID, file_id: UUID
) -> HttpResponse:
    letter = kept(request, file_id)
    if letter is None:
        return redirect("notifications:view", service_id, file_id)
    return preview_page(request, letter, send_form(request, letter))


def send_form(
    request: ServiceRequest, letter: UploadedLetter, data: Any = None
) -> SendLetterForm | None:
    """Ask what sending the letter takes; None for one that cannot be sent."""
    if not letter.is_valid:
        return None
    service = request.service
    return SendLetterForm(
        data,
        letter=letter,
        allow_international=service.has_permission("international_letters"),
        costs=actions.costs_of(letter),
    )


def preview_page(
    request: ServiceRequest, letter: UploadedLetter, form: SendLetterForm | None
) -> HttpResponse:
    """Show a letter with what is wrong with it, or with what is left to ask."""
    service = request.service
    pdf_form = None
    if not (letter.is_valid or letter.is_unchecked):
        problem = problem_of(letter.code, letter.invalid_pages, letter.page_count)
        pdf_form = PdfForm.refused(problem)
    context = {
        "service": service,
        "letter": letter,
        "form": form or pdf_form,
        "pdf_form": pdf_form,
        "send_form": form,
        "is_drawn": is_drawn(),
        "shown_pages": letter.first_pages,
        "can_send": may_use(
            request.user, service, ("send_messages",), restrict_admin_usage=True
        ),
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "letters/preview.html", context, status=status)


@require_GET
@never_cache
@user_has_permissions("send_messages")
@service_has_permission("letter")
def letter_picture(
    request: ServiceRequest, service_id: UUID, file_id: UUID
) -> HttpResponse:
    """Show a page as a picture; without a page, and where nobody draws, give the PDF."""
    try:
        letter = load_letter(service_id, file_id)
    except NoSuchObject as missing:
        raise Http404(_("There is no such letter.")) from missing
    return uploaded_file(request, letter)


@require_POST
@user_has_permissions("send_messages", restrict_admin_usage=True)
@service_has_permission("letter")
def send_uploaded_letter(
    request: ServiceRequest, service_id: UUID, file_id: UUID
) -> HttpResponse:
    letter = kept(request, file_id)
    if letter is None:
        return redirect("notifications:view", service_id, file_id)
    form = send_form(request, letter, request.POST)
    if form is None:
        return redirect("letters:preview", service_id, file_id)
    if not form.is_valid() or not sent(request, letter, form):
        return preview_page(request, letter, form)
    return redirect("notifications:view", service_id, file_id)


def sent(request: ServiceRequest, letter: UploadedLetter, form: SendLetterForm) -> bool:
    """Send the letter; False when the API refuses, with the reason in the form."""
    service = request.service
    try:
        actions.send_letter(
            service=service,
            user=request.user,
            letter=letter,
            postage=form.cleaned_data["postage"],
            recipient=form.recipient.lines,
        )
    except (Rejected, RateLimited, Conflict) as refusal:
        message = MessageTemplate(kind="letter", content="")
        form.add_error(None, sentence_of(refusal, service, message))
        return False
    return True
