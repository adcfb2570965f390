"""Whether the API is up, and how many use it."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest

from portal.organisations.models import Organisation
from portal.sandbox.http import route
from portal.services.models import Service


@route("GET", "/", auth="none")
@route("GET", "/_status", auth="none")
@route("POST", "/_status", auth="none")
def status(request: HttpRequest) -> dict[str, Any]:
    if request.GET.get("simple"):
        return {"status": "ok"}
    return {
        "build_time": "sandbox",
        "db_bulk_version": connection.vendor,
        "db_version": connection.vendor,
        "git_commit": "sandbox",
        "status": "ok",
    }


@route("GET", "/_status/live-service-and-organisation-counts", auth="none")
def live_counts(request: HttpRequest) -> dict[str, int]:
    services = Service.objects.filter(active=True, restricted=False, count_as_live=True)
    organisations = Organisation.objects.filter(
        active=True, pk__in=services.values("organisation_id")
    )
    return {"organisations": organisations.count(), "services": services.count()}
