"""One pooled HTTP session per process, with time limits, retries, a breaker and a log line for each call."""

from __future__ import annotations

import logging
import os
import random
import re
import time
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError as Urllib3Error
from urllib3.exceptions import NewConnectionError
from urllib3.util import Timeout

from portal.remote.breaker import Breaker
from portal.remote.context import remaining
from portal.remote.errors import (
    Forbidden,
    InvalidResponse,
    Unavailable,
    error_for,
)

logger = logging.getLogger("portal.remote")

GATEWAY_ERRORS = {502, 503, 504}
_BREAKER_SECONDS = 5.0
_BREAKER_FAILURES = 5
_FIRST_PAUSE = 0.05
_PIECE = 65536

_sessions: dict[int, requests.Session] = {}
_breakers: dict[str, Breaker] = {}

# What the API's own rules are made of; everything else in a path is a value.
_WORD = re.compile(r"[a-z_][a-z_-]{0,59}|2fa|v2")
_TOKEN_FOLLOWS = {"check"}


def session() -> requests.Session:
    """Return this process's session; a forked child makes its own."""
    pid = os.getpid()
    if pid not in _sessions:
        _sessions.clear()
        _sessions[pid] = _new_session()
    return _sessions[pid]


def _new_session() -> requests.Session:
    made = requests.Session()
    # Proxies and .netrc of the environment are not for a service on the inside.
    made.trust_env = False
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    adapter = HTTPAdapter(
        pool_connections=4, pool_maxsize=settings.NOTIFY_POOL_SIZE, max_retries=0
    )
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made


def breaker_for(url: str) -> Breaker:
    """Return the breaker of the service that a URL is of, which may share its host."""
    return _breakers.setdefault(
        _service_of(url), Breaker(_BREAKER_SECONDS, _BREAKER_FAILURES)
    )


def _service_of(url: str) -> str:
    others = (
        settings.TEMPLATE_PREVIEW_API_HOST,
        settings.DOCUMENT_DOWNLOAD_API_HOST,
    )
    one = next((base for base in others if base and url.startswith(base)), None)
    return one or urlsplit(url).netloc


def reset() -> None:
    """Forget sessions and breakers, as in a new process."""
    _sessions.clear()
    _breakers.clear()


def route_template(url: str) -> str:
    """Return the path of a URL with every value in it replaced, fit for a log."""
    segments = urlsplit(url).path.split("/")
    return "/".join(
        segment
        if not segment or (_WORD.fullmatch(segment) and before not in _TOKEN_FOLLOWS)
        else "<id>"
        for before, segment in zip(["", *segments], segments, strict=False)
    )


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    params: Mapping[str, Any] | None = None,
) -> requests.Response:
    """Send a request and return the answer: a success, or a 308 for the caller to judge.

    Reads are repeated after connection errors and gateway errors, writes never: they may have
    taken place. Raises Unavailable (no answer, gateway error, time is up), and the errors of
    ``errors.error_for`` for every other status.
    """
    pause = _FIRST_PAUSE
    for retries_left in reversed(range(_attempts(method))):
        try:
            return _checked(
                once(method, url, headers=headers, body=body, params=params)
            )
        except Unavailable as error:
            if not (error.transient and retries_left) or breaker_for(url).is_open:
                raise
        time.sleep(remaining(pause * random.uniform(0.5, 1.5)))  # noqa: S311 - jitter, no secret
        pause *= 2
    raise Unavailable


def _attempts(method: str) -> int:
    return 1 + settings.NOTIFY_RETRIES if method == "GET" else 1


def stream(
    url: str, *, headers: Mapping[str, str], params: Mapping[str, Any]
) -> requests.Response:
    """Begin to read something large; the caller reads it and closes the answer.

    Raises as ``send`` does; a redirection is Forbidden, as what is there is not for everybody.
    """
    breaker = breaker_for(url)
    if not breaker.admits():
        raise Unavailable
    started = time.perf_counter()
    limit = remaining(settings.NOTIFY_CONNECT_TIMEOUT + settings.NOTIFY_READ_TIMEOUT)
    try:
        response = session().get(
            url,
            headers=headers,
            params=params,
            timeout=_timeout(limit),
            allow_redirects=False,
            stream=True,
        )
    except requests.RequestException as error:
        breaker.failed()
        _log("GET", url, type(error).__name__, started)
        raise _no_answer("GET", error) from error
    breaker.succeeded()
    _log("GET", url, response.status_code, started)
    if 300 <= response.status_code < 400:
        response.close()
        raise Forbidden
    return _checked(response)


def once(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    params: Mapping[str, Any] | None = None,
) -> requests.Response:
    """Send a request once and return the answer, whatever its status."""
    breaker = breaker_for(url)
    limit = remaining(settings.NOTIFY_CONNECT_TIMEOUT + settings.NOTIFY_READ_TIMEOUT)
    if not breaker.admits():
        raise Unavailable
    started = time.perf_counter()
    try:
        response = session().request(
            method,
            url,
            headers=headers,
            data=body,
            params=params,
            timeout=_timeout(limit),
            allow_redirects=False,
            stream=True,
        )
        _read_body(response, started + limit)
    except requests.RequestException as error:
        breaker.failed()
        _log(method, url, type(error).__name__, started)
        raise _no_answer(method, error) from error
    if response.status_code in GATEWAY_ERRORS:
        breaker.failed()
    else:
        breaker.succeeded()
    _log(method, url, response.status_code, started)
    return response


def _read_body(response: requests.Response, until: float) -> None:
    """Read all of an answer; the limits of requests are for each piece of it alone."""
    pieces = []
    try:
        while piece := response.raw.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            if time.perf_counter() > until:
                response.close()
                raise requests.ReadTimeout("The answer did not end in time.")
    except Urllib3Error as error:
        raise requests.exceptions.ChunkedEncodingError(error) from error
    response._content = b"".join(pieces)


def _timeout(left: float) -> tuple[float, float]:
    # requests hands a urllib3 Timeout on as it is, which alone can bound both phases
    # together: https://requests.readthedocs.io/en/latest/_modules/requests/adapters/
    return cast(
        "tuple[float, float]",
        Timeout(
            total=left,
            connect=min(left, settings.NOTIFY_CONNECT_TIMEOUT),
            read=min(left, settings.NOTIFY_READ_TIMEOUT),
        ),
    )


def _no_answer(method: str, error: requests.RequestException) -> Unavailable:
    made = Unavailable()
    made.transient = isinstance(error, requests.ConnectionError)
    made.uncertain = method != "GET" and not _never_sent(error)
    return made


def _never_sent(error: requests.RequestException) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError)


def _checked(response: requests.Response) -> requests.Response:
    status = response.status_code
    if status < 300 or status == 308:
        return response
    if status < 400:
        raise InvalidResponse
    error = error_for(status, _body_of(response))
    if isinstance(error, Unavailable):
        error.transient = True
        error.uncertain = response.request.method != "GET"
    raise error


def _body_of(response: requests.Response) -> Any:
    try:
        return response.json()
    except requests.JSONDecodeError:
        # A gateway's HTML page is nothing to show or to keep.
        return None


def _log(method: str, url: str, status: int | str, started: float) -> None:
    route = route_template(url)
    ms = round((time.perf_counter() - started) * 1000, 1)
    logger.info(
        "%s %s %s %s ms",
        method,
        route,
        status,
        ms,
        extra={"method": method, "route": route, "status": status, "ms": ms},
    )
