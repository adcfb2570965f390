"""Staff pages: ask for a report, watch it being made, download it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.reports import actions
from portal.reports.forms import NotificationsReportForm
from portal.reports.models import Report
from portal.users.permissions import ServiceRequest, user_has_permissions

CSV = "text/csv; charset=utf-8"
LAST_UPDATE = 286


@require_http_methods(["POST"])
@user_has_permissions("view_activity")
def create_report(request: ServiceRequest, service_id: UUID) -> HttpResponseBase:
    return ask_for_report(request, filters_of(request.POST))


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
        return ask_for_report(request, filters)
    kind = filters.template_type or "all"
    name = f"{timezone.localdate()}-{kind}-notifications.csv"
    return HttpResponse(
        actions.make_notifications_csv(service_id=service_id, filters=filters),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def view_report(
    request: ServiceRequest, service_id: UUID, report_id: UUID
) -> HttpResponseBase:
    report = get_object_or_404(Report, pk=report_id, service_id=service_id)
    context = {"report": report, "service": request.service}
    if not is_partial(request):
        return render(request, "reports/report.html", context)
    code = 200 if report.is_running else LAST_UPDATE
    return render(request, "reports/_progress.html", context, status=code)


@require_http_methods(["GET"])
@never_cache
@user_has_permissions("view_activity")
def download_report(
    request: ServiceRequest, service_id: UUID, report_id: UUID
) -> HttpResponseBase:
    report = get_object_or_404(
        Report, pk=report_id, service_id=service_id, status=Report.Status.FINISHED
    )
    return FileResponse(
        actions.open_report_file(report=report),
        as_attachment=True,
        filename=report.file_name,
        content_type=CSV,
    )


def filters_of(query: QueryDict) -> actions.NotificationFilters:
    """Read what is asked for; it comes from our own links, so nonsense is refused."""
    form = NotificationsReportForm(query)
    if not form.is_valid():
        raise BadRequest
    return form.filters()


def ask_for_report(
    request: ServiceRequest, filters: actions.NotificationFilters
) -> HttpResponseBase:
    """Have a report made and go to its page."""
    report = actions.create_report(
        service_id=request.service.pk, created_by_id=request.user.pk, filters=filters
    )
    return redirect("reports:report", service_id=report.service_id, report_id=report.pk)


def is_partial(request: HttpRequest) -> bool:
    """Say whether only the live part of the page is asked for."""
    return request.headers.get("HX-Request") == "true"
