"""How long a session lasts, and who it belongs to."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from portal.common.errors import error_response
from portal.remote import context
from portal.remote.errors import HTTPError
from portal.remote.parallel import together
from portal.services.models import Service
from portal.users import sessions
from portal.users.sessions import ADMIN_VIEW_OFF, LAST_PAGE_AT, SIGNED_IN_AT

SERVICE_PATH = re.compile(
    r"/services/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)"
)
# These must work, and be quick, whatever state the session and the API are in.
UNGUARDED = {"/theme.css", "/favicon.ico", "/_status", "/sign-out"}
OPEN = re.compile(
    r"/(sign-in|two-factor-|email-auth/|text-not-received|send-new-|email-not-received"
    r"|resend-email|verify|forgot-password|new-password/|re-validate-email|regist"
    r"|invitation/|organisation-invitation/|support(/|$)|$)"
)
HELP = re.compile(r"/support(/|$)")
# A platform admin's last page is noted this often, to save writes.
NOTE_EVERY_SECONDS = 10


class SessionRulesMiddleware:
    """Ends sessions: after 20 hours, after 30 idle minutes of a platform admin, after a sign-in elsewhere.

    Reads the signed-in person, and the service that the path names at the same time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in UNGUARDED or SESSION_KEY not in request.session:
            return self.get_response(request)
        response = self._answer(request)
        if not response.has_header("Cache-Control"):
            # Whoever uses the browser next must not find pages of the one before.
            patch_cache_control(response, private=True, no_cache=True, no_store=True)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            reason = why_ended(request)
        except HTTPError as error:
            if not HELP.match(request.path):
                return error_response(request, error)
            # Most of all when the platform is away people must be able to say so.
            request.user = AnonymousUser()
            return self.get_response(request)
        if reason:
            context.set_user(None)
            sessions.end(request)
            if not OPEN.match(request.path):
                return signed_out_page(request, reason)
        return self.get_response(request)


def why_ended(request: HttpRequest) -> str:
    """Return why the session must end, an empty text while it may go on."""
    now = time.time()
    session = request.session
    if now - session.get(SIGNED_IN_AT, 0) > settings.SESSION_COOKIE_AGE:
        return "expired"
    context.set_user(session[SESSION_KEY])
    _read_user_and_service(request)
    if not request.user.is_authenticated:
        # Django empties a session whose person has a new password or a newer session.
        return "elsewhere" if SESSION_KEY not in session else "barred"
    if not request.user.platform_admin:
        return ""
    idle = now - session.get(LAST_PAGE_AT, 0)
    if idle > settings.SUPERUSER_IDLE_SECONDS:
        return "idle"
    if idle > NOTE_EVERY_SECONDS and request.headers.get("HX-Request") != "true":
        session[LAST_PAGE_AT] = int(now)
    if session.get(ADMIN_VIEW_OFF):
        request.user.turn_admin_view_off()
    return ""


def signed_out_page(request: HttpRequest, reason: str) -> HttpResponse:
    """Say why the person has to sign in again; a part of a page only says 401."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401)
    return render(request, "users/signed_out.html", {"reason": reason}, status=401)


def _read_user_and_service(request: HttpRequest) -> None:
    named = SERVICE_PATH.match(request.path)
    if named is None:
        bool(request.user.is_authenticated)
        return
    # The first runs in this thread, as it reads the session from the database.
    _is_known, service = together(
        lambda: request.user.is_authenticated,
        lambda: Service.objects.filter(pk=named[1]).first(),
    )
    request.service_of_path = service  # type: ignore[attr-defined]
