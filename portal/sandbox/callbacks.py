"""News told to a service's own server: on this machine only, again when it fails."""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import json
import logging
import ssl
import threading
import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.db import Error, connection
from django.db.models import F

from portal.sandbox import clock, secrets
from portal.sandbox.models import CallbackCall
from portal.sandbox.pace import quick
from portal.services.models import ServiceCallbackApi

logger = logging.getLogger(__name__)

MOST_RETRIES = 5
# The real API waits five minutes; nobody who tries something out wants to.
RETRY_AFTER = datetime.timedelta(seconds=5)
TIMEOUT_SECONDS = 5.0
PAUSE, ERROR_PAUSE = 0.3, 2.0
BATCH = 50
TOO_MANY_REQUESTS = 429
NOT_HERE = "Refused: the sandbox calls this machine only."
GONE = "Not sent: the service has no such callback any more."


def tell(callback_type: str, service_id: uuid.UUID, payload: dict[str, Any]) -> None:
    """Note news for a service, if it wants to be told of that kind."""
    tell_all(callback_type, [(service_id, payload)])


def tell_all(
    callback_type: str, news: Iterable[tuple[uuid.UUID | None, dict[str, Any]]]
) -> None:
    """Note news for the services that want to be told of that kind."""
    news = list(news)
    wanting = set(
        ServiceCallbackApi.objects.filter(
            callback_type=callback_type,
            service_id__in={service_id for service_id, _ in news},
        ).values_list("service_id", flat=True)
    )
    now = clock.now()
    CallbackCall.objects.bulk_create(
        CallbackCall(
            created_at=now,
            due_at=now,
            service_id=service_id,
            callback_type=callback_type,
            payload=secrets.encrypt(json.dumps(payload, default=str)),
        )
        for service_id, payload in news
        if service_id in wanting
    )


def start(stop: threading.Event) -> None:
    """Start the thread that tells the news until ``stop`` is set."""
    threading.Thread(target=run, args=(stop,), name="callbacks", daemon=True).start()


def run(stop: threading.Event) -> None:
    """Go on until told to stop."""
    pause = PAUSE
    while not stop.wait(pause):
        try:
            deliver_due()
            pause = PAUSE
        except Error:
            logger.exception("The callbacks could not use the database.")
            pause = ERROR_PAUSE
    connection.close()


def deliver_due() -> int:
    """Tell what is due, the oldest first; gives how many calls were made."""
    due = CallbackCall.objects.filter(due_at__lte=clock.now()).order_by("due_at", "id")
    calls = list(due[:BATCH])
    for call in calls:
        deliver(call)
    return len(calls)


def deliver(call: CallbackCall) -> None:
    """Call the server of a service once, and note what it said."""
    api = ServiceCallbackApi.objects.filter(
        service_id=call.service_id, callback_type=call.callback_type
    ).first()
    answer, again = (GONE, False) if api is None else post(api, call)
    again = again and call.attempts < MOST_RETRIES
    CallbackCall.objects.filter(pk=call.pk).update(
        attempts=F("attempts") + 1,
        answer=answer,
        due_at=clock.now() + quick(RETRY_AFTER) if again else None,
    )


def post(api: ServiceCallbackApi, call: CallbackCall) -> tuple[str, bool]:
    """Call a URL; gives what it said and whether it is worth another try."""
    url = urlsplit(api.url)
    host = loopback(url)
    if host is None:
        return NOT_HERE, False
    body = secrets.decrypt(call.payload).encode()
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {secrets.decrypt(api.bearer_token)}",
    }
    try:
        status = _request(host, url, body, headers)
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"No answer: {type(error).__name__}", True
    return f"Status {status}", status >= 500 or status == TOO_MANY_REQUESTS


def loopback(url: SplitResult) -> str | None:
    """The address of this machine that a URL names; None for all other machines."""
    name = (url.hostname or "").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return name if ipaddress.ip_address(name).is_loopback else None
    except ValueError:
        return None


def _request(host: str, url: SplitResult, body: bytes, headers: dict[str, str]) -> int:
    # The API takes https URLs only, and few servers on a developer's machine speak it.
    try:
        return _send(_secure(host, url), url, body, headers)
    except ssl.SSLError:
        plain = http.client.HTTPConnection(host, url.port, timeout=TIMEOUT_SECONDS)
        return _send(plain, url, body, headers)


def _secure(host: str, url: SplitResult) -> http.client.HTTPSConnection:
    # Certificates of servers on one's own machine are signed by nobody.
    trusting = ssl._create_unverified_context()  # noqa: S323
    return http.client.HTTPSConnection(
        host, url.port, timeout=TIMEOUT_SECONDS, context=trusting
    )


def _send(
    server: http.client.HTTPConnection,
    url: SplitResult,
    body: bytes,
    headers: dict[str, str],
) -> int:
    target = url.path or "/"
    try:
        server.request(
            "POST", f"{target}?{url.query}" if url.query else target, body, headers
        )
        return server.getresponse().status
    finally:
        server.close()
