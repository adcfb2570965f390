"""Letters that came back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.letters import actions
from portal.letters.returned import returned_csv
from portal.users.permissions import ServiceRequest, user_has_permissions

# More rows than this are only in the file.
MOST_SHOWN = 50


@require_GET
@user_has_permissions("view_activity")
def returned_letter_summary(request: ServiceRequest, service_id: UUID) -> HttpResponse:
    days = actions.list_return_days(service=request.service)
    context = {"service": request.service, "days": days}
    return render(request, "letters/return_days.html", context)


@require_GET
@user_has_permissions("view_activity")
def returned_letters(
    request: ServiceRequest, service_id: UUID, reported_at: dt.date
) -> HttpResponse:
    report = actions.load_returned_letters(service=request.service, day=reported_at)
    context = {
        "service": request.service,
        "report": report,
        "shown": report.letters[:MOST_SHOWN],
        "count": len(report.letters) + report.unknown,
        "more": max(0, len(report.letters) - MOST_SHOWN),
    }
    return render(request, "letters/returned.html", context)


@require_GET
@user_has_permissions("view_activity")
def returned_letters_report(
    request: ServiceRequest, service_id: UUID, reported_at: dt.date
) -> HttpResponse:
    report = actions.load_returned_letters(service=request.service, day=reported_at)
    name = f"returned-letters-{reported_at}.csv"
    return HttpResponse(
        returned_csv(report.letters),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
