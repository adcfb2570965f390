"""Jobs: the list, and one with what becomes of its messages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.common import storage
from portal.common.json_answers import json_answer
from portal.jobs import actions
from portal.jobs.progress import JobProgress
from portal.jobs.report import JobReport
from portal.jobs.uploads import BUCKET, key_of
from portal.letters.uploads import list_unsent
from portal.notifications import statuses
from portal.remote.errors import NotFound, Rejected
from portal.users.permissions import ServiceRequest, may_use, user_has_permissions

CSV = "text/csv; charset=utf-8"
LAST_UPDATE = 286


def page_number(request: ServiceRequest) -> int:
    """Return the page asked for; 1 when it is no number."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isdecimal() else 1


@require_http_methods(["GET"])
@user_has_permissions()
def view_jobs(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    number = page_number(request)
    jobs = actions.load_jobs(service=request.service, page=number)
    context = {
        "service": request.service,
        "jobs": jobs,
        "next_url": f"?page={number + 1}" if jobs.has_next else "",
        "previous_url": f"?page={number - 1}" if number > 1 else "",
    }
    return render(request, "jobs/list.html", context)


@require_http_methods(["GET"])
@user_has_permissions()
def view_uploads(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    number = page_number(request)
    service = request.service
    can_send = may_use(request.user, service, ("send_messages",))
    sends_letters = can_send and service.has_permission("letter")
    found = actions.load_uploads(service=service, page=number)
    context = {
        "service": service,
        "uploads": found,
        "unsent": list_unsent(service_id) if sends_letters and number == 1 else [],
        "unsent_files": actions.list_unsent(service=service, user=request.user)
        if can_send and number == 1
        else [],
        "can_send": can_send,
        "sends_letters": sends_letters,
        "next_url": f"?page={number + 1}" if found.has_next else "",
        "previous_url": f"?page={number - 1}" if number > 1 else "",
    }
    return render(request, "jobs/uploads.html", context)


@require_http_methods(["GET", "POST"])
def view_job(
    request: ServiceRequest, service_id: UUID, job_id: UUID
) -> HttpResponseBase:
    """Show a job, or cancel it: these are allowed to different people."""
    view = _cancel if request.method == "POST" else _show
    if request.method != "POST" and "cancel" in request.GET:
        view = _ask_to_cancel
    return view(request, service_id, job_id)


@user_has_permissions("send_messages")
def _ask_to_cancel(
    request: ServiceRequest, service_id: UUID, job_id: UUID
) -> HttpResponse:
    job = actions.load_job_alone(service=request.service, job_id=job_id)
    if not job.is_scheduled:
        messages.error(request, _("The file is being sent and cannot be cancelled."))
        return redirect("jobs:view", service_id, job_id)
    context = {"service": request.service, "job": job}
    return render(request, "jobs/cancel_job.html", context)


@require_POST
@user_has_permissions("send_messages", restrict_admin_usage=True)
def resend_failed(
    request: ServiceRequest, service_id: UUID, job_id: UUID
) -> HttpResponse:
    job = actions.load_job_alone(service=request.service, job_id=job_id)
    try:
        upload_id = actions.resend_failed(service=request.service, job=job)
    except actions.CannotResend as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs:view", service_id, job_id)
    actions.keep_unsent(
        service=request.service,
        user=request.user,
        upload_id=upload_id,
        template_name=job.template_name,
    )
    return redirect("jobs:check", service_id, job.template_id, upload_id)


@user_has_permissions("send_messages")
def _cancel(request: ServiceRequest, service_id: UUID, job_id: UUID) -> HttpResponse:
    try:
        actions.cancel_job(service=request.service, user=request.user, job_id=job_id)
    except (NotFound, Rejected):
        messages.error(request, _("The file is being sent and cannot be cancelled."))
        return redirect("jobs:view", service_id, job_id)
    messages.success(request, _("The file will not be sent."))
    return redirect("jobs:list", service_id)


@require_http_methods(["GET", "POST"])
@user_has_permissions()
def cancel_letter_job(
    request: ServiceRequest, service_id: UUID, job_id: UUID
) -> HttpResponse:
    job = actions.load_job_alone(service=request.service, job_id=job_id)
    page = redirect("jobs:view", service_id, job_id)
    if job.kind != "letter":
        raise Http404(_("There is no such file of letters."))
    if request.method == "GET":
        context = {"service": request.service, "job": job}
        return render(request, "jobs/cancel_letters.html", context)
    try:
        count = actions.cancel_letter_job(
            service=request.service, user=request.user, job_id=job_id
        )
    except Rejected as refusal:
        messages.error(request, str(refusal.message))
        return page
    told = ngettext("%(n)s letter is cancelled.", "%(n)s letters are cancelled.", count)
    messages.success(request, told % {"n": count})
    return page


@require_http_methods(["GET"])
@user_has_permissions()
def view_job_updates(
    request: ServiceRequest, service_id: UUID, job_id: UUID
) -> HttpResponseBase:
    page = load_page(request, job_id)
    data = {
        "job": page.job.as_data,
        "notifications": [line.as_data for line in page.lines],
        "page": page_number(request),
        "has_next": page.has_next,
    }
    return json_answer(request, data)


def load_page(request: ServiceRequest, job_id: UUID) -> actions.JobPage:
    """Read the job and the page of its messages that is asked for."""
    return actions.load_job(
        service=request.service,
        job_id=job_id,
        status=status_of(request),
        page=page_number(request),
    )


def status_of(request: ServiceRequest) -> str:
    """The filter that is asked for; empty for all."""
    status = request.GET.get("status", "")
    return status if status in statuses.FILTERS else ""


@user_has_permissions()
def _show(request: ServiceRequest, service_id: UUID, job_id: UUID) -> HttpResponse:
    status = status_of(request)
    number = page_number(request)
    page = load_page(request, job_id)
    user = request.user
    context = {
        "service": request.service,
        "page": page,
        "job": page.job,
        "pills": pills(request, page.job, status),
        "is_beginning": page.is_beginning and not status and number == 1,
        "next_url": here(request, status, number + 1) if page.has_next else "",
        "previous_url": here(request, status, number - 1) if number > 1 else "",
        "live_url": request.get_full_path(),
        "can_resend": user.has_permission_for_service(service_id, "send_messages")
        and request.service.active,
        "can_cancel": user.has_permission_for_service(service_id, "send_messages"),
        "can_download": user.platform_admin
        or user.has_permission_for_service(service_id, "view_activity"),
    }
    if request.headers.get("HX-Request") != "true":
        return render(request, "jobs/job.html", context)
    code = 200 if page.job.can_change else LAST_UPDATE
    return render(request, "jobs/_job.html", context, status=code)


def here(request: ServiceRequest, status: str, page: int = 1) -> str:
    """Return this page's address with another filter or page."""
    query = {"status": status} if status else {}
    if page > 1:
        query["page"] = str(page)
    return f"{request.path}?{urlencode(query)}" if query else request.path


def pills(
    request: ServiceRequest, job: JobProgress, status: str
) -> list[dict[str, Any]]:
    """Return the figures, which are filters as well."""
    figures = (
        ("", _("total"), job.total),
        ("sending", _("delivering"), job.sending),
        ("delivered", _("delivered"), job.delivered),
        ("failed", _("failed"), job.failed),
    )
    return [
        {
            "id": f"status-{name or 'total'}",
            "figure": figure,
            "text": text,
            "url": here(request, name),
            "current": name == status,
        }
        for name, text, figure in figures
    ]


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def view_job_csv(
    request: ServiceRequest, service_id: UUID, job_id: UUID
) -> HttpResponseBase:
    job = actions.load_job_alone(service=request.service, job_id=job_id)
    status = request.GET.get("status", "")
    report = JobReport(str(service_id), job, str(request.user.pk), status)
    moment = job.created_at.strftime("%Y-%m-%d %H.%M.%S")
    name = f"{job.template_name} - {moment}.csv"
    return StreamingHttpResponse(
        report.lines(),
        content_type=CSV,
        headers={"Content-Disposition": str(content_disposition_header(True, name))},
    )


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def view_job_original_file_csv(
    request: ServiceRequest, service_id: UUID, job_id: UUID
) -> HttpResponse:
    job = actions.load_job_alone(service=request.service, job_id=job_id)
    try:
        content, _metadata = storage.read_object(BUCKET, key_of(service_id, job_id))
    except storage.NoSuchObject as missing:
        raise Http404(_("The file is not kept any longer.")) from missing
    return HttpResponse(
        content,
        content_type=CSV,
        headers={
            "Content-Disposition": str(content_disposition_header(True, job.name))
        },
    )
