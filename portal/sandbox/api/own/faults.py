"""The page on which routes are made to fail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from portal.sandbox import faults
from portal.sandbox.api.own.common import acted, given, own, page, wants_json
from portal.sandbox.http import Answer
from portal.sandbox.refusals import Refusal

FAULTS = "/_sandbox/faults"


@own("GET", FAULTS)
def show(request: HttpRequest) -> Any:
    if wants_json(request):
        return {"faults": [fault.shape() for fault in faults.active()]}
    return faults_page(request)


@own("POST", FAULTS)
def add(request: HttpRequest) -> Any:
    data = given(request)
    if not wants_json(request) and "clear" in data:
        faults.clear(data.get("id"))
        return acted(request, FAULTS, None)
    try:
        fault = faults.add(data)
    except ValueError as error:
        if wants_json(request):
            raise Refusal(str(error)) from error
        return faults_page(request, str(error), 400)
    return acted(request, FAULTS, Answer(fault.shape(), 201))


@own("DELETE", FAULTS)
def clear(request: HttpRequest) -> None:
    if not faults.clear(request.GET.get("id")):
        raise Refusal("There is no such fault.", 404)


def faults_page(request: HttpRequest, error: str = "", status: int = 200) -> Any:
    """The page, with what was wrong with the last try."""
    context = {
        "faults": faults.active(),
        "kinds": faults.KINDS,
        "methods": faults.METHODS,
        "error": error,
        "typed": request.POST,
    }
    return page(request, "faults.html", context, status)
