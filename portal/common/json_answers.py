"""What pages show as plain JSON, for scripts that take the numbers away."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control


def json_answer(
    request: HttpRequest, data: dict[str, Any], *, status: int = 200
) -> HttpResponseBase:
    """Answer with JSON, or with 304 to a script that already has this very text."""
    response = JsonResponse(data, status=status, json_dumps_params={"indent": 1})
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True, no_store=True)
    if status != 200:
        return response
    return get_conditional_response(request, etag=etag, response=response) or response


def moment(value: datetime.datetime | None) -> str | None:
    """Write a moment as the API does: 2026-11-20T10:30:05Z; None stays None."""
    if value is None:
        return None
    utc = value.astimezone(datetime.UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='seconds')}Z"
