"""Lists of services across the platform."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models.functions import Lower
from django.http import HttpRequest

from portal.sandbox import clock
from portal.sandbox.http import route
from portal.sandbox.refusals import Refusal
from portal.sandbox.replica import statistics
from portal.sandbox.rules import figures, live_services
from portal.sandbox.rules.loading import MISSING, key_of
from portal.sandbox.shapes.services import (
    brief_service_shape,
    listed_service_shape,
    service_shapes,
)
from portal.services.models import Service
from portal.users.models import ServiceUser


@route("GET", "/service")
def get_services(request: HttpRequest) -> dict[str, Any]:
    """List services: all, active ones, somebody's, or with their figures."""
    services = Service.objects.order_by("created_at")
    if request.GET.get("only_active") == "True":
        services = services.filter(active=True)
    if request.GET.get("user_id"):
        links = ServiceUser.objects.filter(user_id=key_of(request.GET["user_id"]))
        services = services.filter(pk__in=links.values("service_id"))
    elif request.GET.get("detailed") == "True":
        return {"data": detailed(request, services)}
    return {"data": service_shapes(services)}


def detailed(request: HttpRequest, services: Any) -> list[dict[str, Any]]:
    """Services with their figures between two days, by default of today."""
    found = figures.figures_by_service(
        day(request, "start_date"),
        day(request, "end_date"),
        with_test_keys=request.GET.get("include_from_test_key") != "False",
    )
    return [
        listed_service_shape(service, found.get(service.pk) or figures.no_figures())
        for service in services
    ]


@route("GET", "/service/find-services-by-name")
def find_services_by_name(request: HttpRequest) -> dict[str, Any]:
    """Find services by a part of their name."""
    if not request.GET.get("service_name"):
        raise Refusal({"service_name": [MISSING]})
    found = Service.objects.filter(name__icontains=request.GET["service_name"])
    return {"data": [brief_service_shape(row) for row in found.order_by(Lower("name"))]}


@route("GET", "/service/live-services-data")
@statistics
def get_live_services_data(request: HttpRequest) -> dict[str, Any]:
    """Report on every live service."""
    return {"data": list(live_services.live_services_data())}


@route("GET", "/service/monthly-data-by-service")
@statistics
def get_monthly_data(request: HttpRequest) -> list[list[Any]]:
    """Report on messages by month and service."""
    return live_services.monthly_rows(
        day(request, "start_date"), day(request, "end_date")
    )


def day(request: HttpRequest, name: str) -> datetime.date:
    """Read a day out of the query, by default today."""
    try:
        given = request.GET.get(name)
        return datetime.date.fromisoformat(given) if given else clock.today()
    except ValueError as error:
        raise Refusal({name: ["Not a valid date."]}) from error
