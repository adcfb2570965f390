"""Staff pages: ask for a report, watch it being made, download it."""

from __future__ import annotations

import datetime
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.common.live import render_live
from portal.reports import actions
from portal.reports.forms import BuildReportForm, NotificationsReportForm
from portal.reports.models import Report
from portal.reports.names import file_name
from portal.reports.words import describe
from portal.users.permissions import ServiceRequest, user_has_permissions

CSV = "text/csv; charset=utf-8"
# What a link to the form may have chosen already.
LINKED = ("message_type", "status", "job", "template", "key")
LINKED_DAYS = ("first_day", "last_day")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {Report.FileType.CSV: CSV, Report.FileType.XLSX: XLSX}


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def list_reports(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    reports = actions.list_reports(service_id=service_id)
    is_running = any(report.is_running for report in reports)
    return render_live(
        request,
        page="reports/list.html",
        part="reports/_list.html",
        context={
            "service": request.service,
            "is_running": is_running,
            "reports": [(report, describe(report)) for report in reports],
        },
        can_change=is_running,
    )


@require_http_methods(["GET", "POST"])
@user_has_permissions("view_activity")
def create_report(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    choices = actions.list_report_choices(service=request.service)
    form = BuildReportForm(
        request.POST if request.method == "POST" else None,
        templates=choices.templates,
        jobs=choices.jobs,
        keys=choices.keys,
        initial=linked(request.GET),
    )
    if form.is_valid():
        return build(request, form)
    context = {"service": request.service, "form": form}
    status = 400 if form.errors else 200
    return render(request, "reports/create.html", context, status=status)


def linked(query: QueryDict) -> dict[str, Any]:
    """What a link to the form has chosen already; days that are none do not count."""
    chosen: dict[str, Any] = {name: query[name] for name in LINKED if name in query}
    for name in LINKED_DAYS:
        with suppress(ValueError):
            chosen[name] = datetime.date.fromisoformat(query.get(name, ""))
    return chosen


def build(request: ServiceRequest, form: BuildReportForm) -> HttpResponseBase:
    """Have the report made that a form describes."""
    template_id = form.cleaned_data["template"]
    names = (
        actions.list_template_names(service=request.service, template_id=template_id)
        if template_id
        else ()
    )
    report = actions.create_report(
        service_id=request.service.pk,
        created_by_id=request.user.pk,
        filters=form.filters(names),
        layout=form.layout(),
        file_type=form.cleaned_data["file_type"],
    )
    return redirect("reports:report", service_id=report.service_id, report_id=report.pk)


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def download_notifications_csv(
    request: ServiceRequest, service_id: UUID
) -> HttpResponseBase:
    """Give a short report at once; a long one is made in the background."""
    filters = filters_of(request.GET)
    count = actions.count_notifications(service_id=service_id, filters=filters)
    if count > actions.PAGE_SIZE:
        report = actions.create_report(
            service_id=service_id, created_by_id=request.user.pk, filters=filters
        )
        return redirect("reports:report", service_id=service_id, report_id=report.pk)
    name = file_name(filters.as_parameters(), timezone.localdate())
    return HttpResponse(
        actions.make_notifications_csv(service_id=service_id, filters=filters),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def filters_of(query: QueryDict) -> actions.NotificationFilters:
    """Read what is asked for; it comes from our own links, so nonsense is refused."""
    form = NotificationsReportForm(query)
    if not form.is_valid():
        raise BadRequest
    return form.filters()


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def view_report(
    request: ServiceRequest, service_id: UUID, report_id: UUID
) -> HttpResponseBase:
    report = report_of(service_id, report_id)
    return render_live(
        request,
        page="reports/report.html",
        part="reports/_progress.html",
        context=context_of(request, report),
        can_change=report.is_running,
    )


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def view_ready_report(
    request: ServiceRequest, service_id: UUID, report_id: UUID
) -> HttpResponseBase:
    """Where people are led when a report is ready; before that they see how far it is."""
    report = report_of(service_id, report_id)
    if not report.is_finished:
        return redirect("reports:report", service_id=service_id, report_id=report_id)
    return render(request, "reports/report.html", context_of(request, report))


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def view_report_status(
    request: ServiceRequest, service_id: UUID, report_id: UUID
) -> HttpResponseBase:
    """How far a report is, for programs."""
    report = report_of(service_id, report_id)
    return JsonResponse(
        {
            "status": report.status,
            "rows_done": report.rows_done,
            "rows_total": report.rows_total,
        }
    )


@require_http_methods(["POST"])
@user_has_permissions("view_activity")
def repeat_report(
    request: ServiceRequest, service_id: UUID, report_id: UUID
) -> HttpResponseBase:
    report = actions.repeat_report(
        report=report_of(service_id, report_id), created_by_id=request.user.pk
    )
    return redirect("reports:report", service_id=service_id, report_id=report.pk)


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def download_csv(
    request: ServiceRequest, service_id: UUID, report_id: UUID
) -> HttpResponseBase:
    return download(service_id, report_id, Report.FileType.CSV)


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def download_xlsx(
    request: ServiceRequest, service_id: UUID, report_id: UUID
) -> HttpResponseBase:
    return download(service_id, report_id, Report.FileType.XLSX)


def download(
    service_id: UUID, report_id: UUID, file_type: Report.FileType
) -> HttpResponseBase:
    """Send a finished report that is a file of that type."""
    report = get_object_or_404(
        Report,
        pk=report_id,
        service_id=service_id,
        status=Report.Status.FINISHED,
        file_type=file_type,
    )
    return FileResponse(
        actions.open_report_file(report=report),
        as_attachment=True,
        filename=report.file_name,
        content_type=CONTENT_TYPES[file_type],
    )


def context_of(request: ServiceRequest, report: Report) -> dict[str, Any]:
    """What the page of one report shows."""
    return {
        "service": request.service,
        "report": report,
        "what": describe(report),
    }


def report_of(service_id: UUID, report_id: UUID) -> Report:
    """Return a service's report, or answer 404."""
    return get_object_or_404(Report, pk=report_id, service_id=service_id)
