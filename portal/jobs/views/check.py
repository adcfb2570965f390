"""The check of an uploaded spreadsheet, and starting its job."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.common.storage import NoSuchObject
from portal.jobs import actions
from portal.jobs.forms import StartForm, UploadForm
from portal.jobs.summary import facts_on, kinds_of, notes_on, problems_of
from portal.jobs.uploads import Upload, load_upload
from portal.jobs.verdicts import ShownRow, row_of
from portal.letters.drawing import Letter
from portal.letters.pictures import ShownPages, shown_pages
from portal.message_templates.models import Template
from portal.message_templates.previews import message_of, preview_of_message
from portal.messages.formats.words import message_count
from portal.messages.templates import MessageTemplate
from portal.notifications.drafts import Draft
from portal.notifications.refusals import sentence_of
from portal.notifications.sendable import template_to_send
from portal.remote.errors import Conflict, RateLimited, Rejected
from portal.users.permissions import ServiceRequest, user_has_permissions

# Up to so many rows with errors are told at the top of the page.
TOLD_ROWS = 5


def upload_of(
    service_id: UUID, upload_id: UUID, template_id: UUID | None = None
) -> Upload:
    """Return a file of the service, uploaded for the template."""
    try:
        upload = load_upload(service_id, upload_id)
    except NoSuchObject as missing:
        raise Http404(_("There is no such file.")) from missing
    if template_id is not None and upload.template_id != str(template_id):
        raise Http404(_("The file was uploaded for another template."))
    return upload


@require_http_methods(["GET"])
@user_has_permissions("send_messages")
def check_messages(
    request: ServiceRequest,
    service_id: UUID,
    template_id: UUID,
    upload_id: UUID,
    row_index: int | None = None,
) -> HttpResponse:
    upload = upload_of(service_id, upload_id, template_id)
    if upload.is_valid and actions.job_exists(
        service=request.service, job_id=upload.id
    ):
        return redirect("jobs:view", service_id, upload_id)
    template = template_to_send(request, template_id)
    return page(request, template, upload, StartForm(), row_index)


@require_POST
@user_has_permissions("send_messages", restrict_admin_usage=True)
def start_job(
    request: ServiceRequest, service_id: UUID, upload_id: UUID
) -> HttpResponse:
    upload = upload_of(service_id, upload_id)
    template = template_to_send(request, UUID(upload.template_id))
    form = StartForm(request.POST)
    checked = check(request, template, upload)
    if checked.has_errors:
        return redirect("jobs:check", service_id, template.pk, upload_id)
    if not form.is_valid():
        return page(request, template, upload, form, checked=checked)
    moment = form.cleaned_data["moment"]
    pages = pages_of(request, template, upload, checked.verdict.rows[0])
    if pages and pages.complaint:
        return page(request, template, upload, form, checked=checked)
    try:
        actions.start_job(
            service=request.service,
            user=request.user,
            upload=upload,
            row_count=checked.verdict.row_count,
            sender_id=Draft.load(request, template.pk).sender_id,
            moment=moment,
        )
    except (Rejected, RateLimited, Conflict) as refusal:
        message = message_of(template, request.service)
        form.add_error(None, sentence_of(refusal, request.service, message))
        return page(request, template, upload, form, checked=checked)
    actions.forget_unsent(
        service=request.service, user=request.user, upload_id=upload.id
    )
    count = checked.verdict.row_count
    kind = str(template.template_type)
    messages.success(request, told_started(count, kind, is_later=moment is not None))
    return redirect("jobs:view", service_id, upload_id)


def told_started(count: int, kind: str, *, is_later: bool) -> str:
    """Say that a file is on its way."""
    if is_later:
        return _("Your file will be sent at the time you chose.")
    told = ngettext(
        "%(messages)s is being sent.", "%(messages)s are being sent.", count
    )
    return told % {"messages": message_count(count, kind)}


def check(
    request: ServiceRequest, template: Template, upload: Upload
) -> actions.Checked:
    """Return the verdict on a file."""
    return actions.check_upload(
        service=request.service,
        message=message_of(template, request.service),
        upload=upload,
        version=template.version,
    )


def page(
    request: ServiceRequest,
    template: Template,
    upload: Upload,
    form: StartForm,
    row_number: int | None = None,
    *,
    checked: actions.Checked | None = None,
) -> HttpResponse:
    """Show the check page, with the errors of a file or the way to send it."""
    checked = checked or check(request, template, upload)
    message = message_of(template, request.service)
    pills = pills_of(request, checked)
    shown = next((pill["kind"] for pill in pills if pill["current"]), "")
    context: dict[str, Any] = {
        "service": request.service,
        "template": template,
        "upload": upload,
        "verdict": checked.verdict,
        "rows": rows_shown(checked, shown),
        "shown_count": checked.verdict.counts.get(shown, checked.verdict.row_count),
        "notes": notes_on(upload),
        "pills": pills,
    }
    if checked.has_errors:
        context |= {
            "upload_form": UploadForm(),
            "problems": problems_of(checked, message.kind),
            "wrong_rows": few_wrong_rows(checked),
            "page_has_errors": True,
            "preview": preview_of_message(message),
        }
        return render(request, "jobs/errors.html", context)
    row = previewed_row(upload, checked, row_number, message)
    pages = pages_of(request, template, upload, row)
    if pages and pages.complaint:
        context |= {"errors": [("", pages.complaint)], "page_has_errors": True}
    context |= {
        "form": form,
        "row": row,
        "preview": preview_of_message(message, row.values, pages=pages),
        "recipient": recipient_of(message, row),
        "was_sent_before": checked.was_sent_before,
        "send_label": _("Send %(count)s")
        % {"count": message_count(checked.verdict.row_count, message.kind)},
        "facts": facts_on(checked, message.kind, **length_of(template, pages)),
    }
    status = 400 if form.errors else 200
    return render(request, "jobs/check.html", context, status=status)


def length_of(template: Template, pages: ShownPages | None) -> dict[str, Any]:
    """Say how letters go, and how long the one that is shown is, as far as that is known."""
    return {"postage": template.postage or "", "pages": pages.count if pages else 0}


def pages_of(
    request: ServiceRequest, template: Template, upload: Upload, row: ShownRow
) -> ShownPages | None:
    """Count the pages of a row's letter; None for other messages."""
    letter = Letter.of(template, request.service, row.values)
    names = (request.service.pk, template.pk, upload.id, row.number)
    return shown_pages(letter, "jobs:check_row_picture", *names)


def few_wrong_rows(checked: actions.Checked) -> list[ShownRow]:
    """Return the rows with errors, where they are few enough to be told one by one."""
    rows = checked.verdict.rows_of("errors")
    return rows if checked.verdict.counts["errors"] <= TOLD_ROWS else []


def pills_of(request: ServiceRequest, checked: actions.Checked) -> list[dict[str, Any]]:
    """Return the kinds of rows to choose from; bad files begin with all their errors."""
    kinds = kinds_of(checked.verdict)
    if all_wrong := checked.verdict.counts["errors"]:
        default = "errors"
        special = [one for one in kinds if one[0] != default]
        if len(special) == 1 and special[0][2] == all_wrong:
            # The same rows under another name are no choice.
            kinds = [one for one in kinds if one[0] == default]
    else:
        default = ""
        kinds = [("", _("rows"), checked.verdict.row_count), *kinds]
    chosen = request.GET.get("show", default)
    if chosen not in [kind for kind, _text, _count in kinds]:
        chosen = default
    return [
        {
            "kind": kind,
            "id": f"show-{kind or 'all'}",
            "url": f"{request.path}?show={kind}" if kind != default else request.path,
            "figure": count,
            "text": text,
            "current": kind == chosen,
        }
        for kind, text, count in kinds
    ]


def rows_shown(checked: actions.Checked, kind: str) -> list[ShownRow]:
    """Return the rows of the table; those of a file without its columns are the first."""
    verdict = checked.verdict
    if not kind or verdict.missing_columns:
        return verdict.first_rows
    return verdict.rows_of(kind)


def previewed_row(
    upload: Upload,
    checked: actions.Checked,
    number: int | None,
    message: MessageTemplate,
) -> ShownRow:
    """Return the row whose message is shown, named by its number in the spreadsheet."""
    first = checked.verdict.rows[0]
    if number is None:
        return first
    index = number - first.number + first.index
    row = row_of(upload, checked.verdict, index, message, checked.limits)
    if row is None:
        raise Http404(_("The file has no such row."))
    return row


def recipient_of(message: MessageTemplate, row: ShownRow) -> str:
    """Return whom a row is for, where the preview does not say it itself."""
    if message.kind == "letter":
        return ""
    key = next(iter(message.recipient_keys))
    return str(row.values.get(key, ""))
