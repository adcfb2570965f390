"""One's own security keys: registering, naming and deleting them, and signing in with one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.remote.errors import Rejected
from portal.users import actions, webauthn
from portal.users.forms.account import KeyForm, KeyNameForm
from portal.users.models import User, WebauthnCredential
from portal.users.permissions import SignedInRequest, user_is_logged_in
from portal.users.views.account import READ_AND_WRITE, posted
from portal.users.views.steps import after_proof, by_security_key

REGISTERING, SIGNING_IN = "registering-key", "signing-in-with-key"


def may_use_security_keys(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """Let people in whom the platform lets sign in with a security key."""

    @wraps(view)
    def checked(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.may_use_security_keys:
            raise PermissionDenied(_("You do not have permission to do this."))
        return view(request, *args, **kwargs)

    return user_is_logged_in(checked)


@require_GET
@may_use_security_keys
def keys(request: SignedInRequest) -> HttpResponse:
    return _list(request)


@READ_AND_WRITE
@never_cache
@may_use_security_keys
def register(request: SignedInRequest) -> HttpResponse:
    """Say what to ask a new key, and keep the one that answers."""
    if request.method == "GET":
        options, request.session[REGISTERING] = actions.ask_to_register(
            user=request.user
        )
        return JsonResponse(options)
    answer, state = _answer(request, REGISTERING)
    try:
        key = actions.register_key(
            user=request.user, answer=answer, state=state, origin=_origin(request)
        )
    except (webauthn.KeyRefused, Rejected):
        problem = _("The security key was not registered. Try again.")
        return _list(request, problem)
    messages.success(
        request,
        _("“%(name)s” is registered. You are asked for it when you sign in next.")
        % {"name": key.name},
    )
    return redirect("users:account_keys")


@READ_AND_WRITE
@may_use_security_keys
def manage(request: SignedInRequest, key_id: UUID) -> HttpResponse:
    """Name a key."""
    key, is_only = _key_of(request, key_id)
    form = KeyNameForm(posted(request), initial={"name": key.name})
    if form.is_valid():
        key.name = form.cleaned_data["name"]
        try:
            key.save()
        except Rejected as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The name has been changed."))
            return redirect("users:account_keys")
    context = {"form": form, "key": key, "is_only": is_only}
    status = 400 if form.errors else 200
    return render(request, "users/account/key.html", context, status=status)


@require_http_methods(["GET", "POST"])
@may_use_security_keys
def delete(request: SignedInRequest, key_id: UUID) -> HttpResponse:
    """Delete a key once the person is sure; never the last one, as nobody could sign in."""
    key, is_only = _key_of(request, key_id)
    if is_only:
        return _not_deleted(request)
    if request.method == "GET":
        return render(request, "users/account/key_delete.html", {"key": key})
    try:
        key.delete()
    except Rejected:
        return _not_deleted(request)
    messages.success(request, _("“%(name)s” has been deleted.") % {"name": key.name})
    return redirect("users:account_keys")


@require_GET
@never_cache
@by_security_key
def two_factor_webauthn(request: HttpRequest, user: User) -> HttpResponse:
    """Ask for the key after the password."""
    return _ask(request)


@READ_AND_WRITE
@never_cache
@by_security_key
def authenticate(request: HttpRequest, user: User) -> HttpResponse:
    """Say what to ask the person's keys, and sign in whose key answers."""
    if request.method == "GET":
        options, request.session[SIGNING_IN] = actions.ask_for_key(user=user)
        return JsonResponse(options)
    answer, state = _answer(request, SIGNING_IN)
    if not state:
        return _ask(request, _("That took too long. Check your security key again."))
    try:
        is_in = actions.check_key(
            user=user, answer=answer, state=state, origin=_origin(request)
        )
    except webauthn.KeyRefused:
        return _ask(
            request,
            _("This is not a security key of your account. Try another one."),
        )
    if not is_in:
        return _ask(
            request,
            _("Too many wrong security keys. Sign in with your password again."),
        )
    return after_proof(request, user)


def _ask(request: HttpRequest, problem: str = "") -> HttpResponse:
    return _show(request, "users/two_factor_webauthn.html", problem)


def _list(request: SignedInRequest, problem: str = "") -> HttpResponse:
    found = actions.list_keys(user=request.user)
    return _show(request, "users/account/keys.html", problem, keys=found)


def _show(
    request: HttpRequest, template: str, problem: str, **more: Any
) -> HttpResponse:
    elsewhere = (
        "" if webauthn.works_at(request.get_host()) else webauthn.place_of_keys()
    )
    context = {
        "errors": [("", problem)] if problem else [],
        "page_has_errors": bool(problem),
        "elsewhere": elsewhere,
        **more,
    }
    return render(request, template, context, status=400 if problem else 200)


def _answer(request: HttpRequest, what: str) -> tuple[str, dict[str, Any]]:
    # A state serves once: who has seen an answer must not be able to give it again.
    state: dict[str, Any] = request.session.pop(what, None) or {}
    form = KeyForm(request.POST)
    return (form.cleaned_data["credential"] if form.is_valid() else ""), state


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _not_deleted(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        _("You cannot delete your only security key. Register another one first."),
    )
    return redirect("users:account_keys")


def _key_of(request: SignedInRequest, key_id: UUID) -> tuple[WebauthnCredential, bool]:
    found = actions.list_keys(user=request.user)
    key = next((key for key in found if key.pk == key_id), None)
    if key is None:
        raise Http404(_("There is no such security key."))
    return key, len(found) == 1
