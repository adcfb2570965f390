"""What only letters have: postage, the sender's address, a Welsh part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.common.forms import PortalForm
from portal.message_templates import actions
from portal.message_templates.files import BILINGUAL
from portal.message_templates.forms.letters import (
    BLANK,
    LanguagesForm,
    PostageForm,
    SenderForm,
    WelshForm,
)
from portal.message_templates.views.access import Opened, opened_to_change
from portal.message_templates.views.edit import render_form, saved
from portal.remote.errors import Rejected
from portal.services.models import ServiceLetterContact
from portal.users.permissions import ServiceRequest, user_has_permissions


def opened_letter(
    request: ServiceRequest,
    template_id: UUID,
    beside: Callable[[], Any] = lambda: None,
) -> Opened:
    """Open a letter template to change it. Raises Http404 for other kinds and deleted ones."""
    page = opened_to_change(request, template_id, beside)
    if page.template.template_type != "letter" or page.template.archived:
        raise Http404(_("There is no such letter template."))
    return page


def choice(page: Opened, title: str, form: PortalForm) -> HttpResponse:
    """Show a question about a letter, with status 400 when there is something to correct."""
    context: dict[str, Any] = page.context(title) | {"form": form, "title": title}
    context["cancel_url"] = page.url
    return render_form(page.request, "message_templates/choice.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def edit_template_postage(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_letter(request, template_id)
    form = PostageForm(request.POST or None, initial={"postage": page.template.postage})
    if form.is_valid() and updated(page, form, postage=form.cleaned_data["postage"]):
        messages.success(request, _("The postage is changed."))
        return redirect(page.url)
    return choice(page, _("Change postage"), form)


def updated(page: Opened, form: PortalForm, **words: Any) -> bool:
    """Change words of the letter; False when the API refuses, with the reason in the form."""
    try:
        actions.update_template(template=page.template, user=page.request.user, **words)
    except Rejected as refusal:
        form.add_refusal(refusal)
        return False
    return True


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def set_template_sender(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_letter(
        request,
        template_id,
        lambda: list(ServiceLetterContact.objects.filter(service=service_id)),
    )
    contacts = page.beside
    now = page.template.service_letter_contact_id
    form = SenderForm(
        request.POST or None,
        contacts=contacts,
        initial={"sender": str(now) if now else BLANK},
    )
    if form.is_valid():
        sender = form.cleaned_data["sender"]
        try:
            actions.set_template_sender(
                template=page.template,
                user=request.user,
                letter_contact_id=None if sender == BLANK else UUID(sender),
            )
        except Rejected as refusal:
            form.add_refusal(refusal, {"reply_to": "sender"})
        else:
            messages.success(request, _("The sender’s address is changed."))
            return redirect(page.url)
    return choice(page, _("Change the sender’s address"), form)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def letter_template_change_language(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_letter(request, template_id)
    now = page.template.letter_languages or "english"
    form = LanguagesForm(request.POST or None, initial={"languages": now})
    if form.is_valid():
        wanted = form.cleaned_data["languages"]
        if wanted == now:
            return redirect(page.url)
        # A Welsh part begins with its words: what nobody wrote is never saved.
        if wanted == BILINGUAL:
            return redirect(
                "message_templates:edit_language", service_id, template_id, "welsh"
            )
        return redirect("message_templates:remove_welsh", service_id, template_id)
    return choice(page, _("Change language"), form)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def letter_template_confirm_remove_welsh(
    request: ServiceRequest, service_id: UUID, template_id: UUID
) -> HttpResponse:
    page = opened_letter(request, template_id)
    if page.template.letter_languages != BILINGUAL:
        return redirect(page.url)
    if request.method == "POST":
        actions.update_template(
            template=page.template,
            user=request.user,
            letter_languages="english",
            letter_welsh_subject=None,
            letter_welsh_content=None,
        )
        messages.success(request, _("The Welsh part is removed."))
        return redirect(page.url)
    context = page.context(_("Remove the Welsh part")) | {
        "title": _("Remove the Welsh part of this letter?"),
        "told": _("The Welsh heading and body stay among the previous versions."),
        "button": _("Remove the Welsh part"),
        "cancel_url": page.url,
    }
    return render(request, "message_templates/confirm.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_templates")
def edit_welsh(
    request: ServiceRequest, service_id: UUID, template_id: UUID, language: str
) -> HttpResponse:
    page = opened_letter(request, template_id)
    if language != "welsh":
        return redirect("message_templates:edit", service_id, template_id)
    form = WelshForm(
        request.POST or None,
        initial={
            "subject": page.template.letter_welsh_subject,
            "content": page.template.letter_welsh_content,
            "version": page.template.version,
        },
    )
    if form.is_valid() and saved(page, form):
        return redirect(page.url)
    heading = _("Edit the Welsh part")
    context = page.context(heading) | {"heading": heading, "form": form}
    context |= {"template_type": "letter", "length": ""}
    return render_form(request, "message_templates/edit.html", context)
