"""Your account: what people see and change of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from portal.common.forms import PortalForm
from portal.remote.errors import Rejected
from portal.users import actions, sessions
from portal.users.forms.account import (
    ChangePasswordForm,
    NameForm,
    YesNoForm,
)
from portal.users.permissions import SignedInRequest, user_is_logged_in
from portal.users.throttle import allows

READ_AND_WRITE = require_http_methods(["GET", "POST"])
PASSWORDS_AT_MOST = 10
PASSWORDS_SECONDS = 600


@dataclass(frozen=True)
class Setting:
    """Something that is answered with yes or no."""

    field: str
    question: Any
    hint: Any
    yes: Any
    no: Any


RESEARCH = Setting(
    "take_part_in_research",
    gettext_lazy("Do you want to take part in user research?"),
    gettext_lazy(
        "We may email you to ask about your work. You can say no to each invitation."
    ),
    gettext_lazy("You take part in user research."),
    gettext_lazy("You no longer take part in user research."),
)
NEWS = Setting(
    "receives_new_features_email",
    gettext_lazy("Do you want to get emails about new features?"),
    gettext_lazy("We send a few a year."),
    gettext_lazy("You get emails about new features."),
    gettext_lazy("You no longer get emails about new features."),
)


@require_GET
@user_is_logged_in
def your_account(request: SignedInRequest) -> HttpResponse:
    account = actions.load_account(user=request.user)
    context = {
        "account": account,
        "is_admin": is_admin(request),
        "awaited": sessions.kept_change(request, "email_address").get("sent", ""),
    }
    return render(request, "users/account/index.html", context)


@READ_AND_WRITE
@user_is_logged_in
def name(request: SignedInRequest) -> HttpResponse:
    form = NameForm(posted(request), initial={"name": request.user.name})
    if form.is_valid() and save(request, form, "name", form.cleaned_data["name"]):
        return done(request, _("Your name has been changed."))
    return show(request, form, _("Change your name"))


@READ_AND_WRITE
@user_is_logged_in
def password(request: SignedInRequest) -> HttpResponse:
    form = ChangePasswordForm(posted(request))
    if form.is_valid() and accepts_password(request, form, "old_password"):
        try:
            user = actions.change_password(
                user=request.user, password=form.cleaned_data["new_password"]
            )
        except Rejected as refusal:
            form.add_refusal(refusal, {"_password": "new_password"})
        else:
            # Whoever knew the session of before must not go on with it.
            request.session.cycle_key()
            sessions.renew(request, user)
            return done(request, _("Your password has been changed."))
    return show(request, form, _("Change your password"))


@READ_AND_WRITE
@user_is_logged_in
def take_part_in_research(request: SignedInRequest) -> HttpResponse:
    return _yes_or_no(request, RESEARCH)


@READ_AND_WRITE
@user_is_logged_in
def emails_about_new_features(request: SignedInRequest) -> HttpResponse:
    return _yes_or_no(request, NEWS)


@READ_AND_WRITE
@user_is_logged_in
def platform_admin_view(request: SignedInRequest) -> HttpResponse:
    """Let platform admins see the portal as everybody else does, until they sign in again."""
    if not is_admin(request):
        raise PermissionDenied(_("You do not have permission to do this."))
    form = YesNoForm(
        posted(request),
        question=_("Do you want to use the platform admin view?"),
        hint=_("Without it you see only your own services. Signing in brings it back."),
        is_on=not request.user.admin_view_is_off,
    )
    if not form.is_valid():
        return show(request, form, _("Platform admin view"))
    if form.is_on:
        request.session.pop(sessions.ADMIN_VIEW_OFF, None)
        return done(request, _("The platform admin view is on."))
    request.session[sessions.ADMIN_VIEW_OFF] = True
    return done(request, _("The platform admin view is off until you sign in again."))


def is_admin(request: SignedInRequest) -> bool:
    """Tell whether the person is a platform admin, in that view or not."""
    return bool(request.user.platform_admin or request.user.admin_view_is_off)


def posted(request: HttpRequest) -> Any:
    """Return what a form was given, None while it is only shown."""
    return request.POST if request.method == "POST" else None


def accepts_password(
    request: SignedInRequest, form: PortalForm, field: str = "password"
) -> bool:
    """Check the person's password, and put what is against it into the form."""
    user = request.user
    if actions.is_locked(user):
        form.add_error(
            field,
            _(
                "Too many wrong passwords. Choose a new one by “Forgotten your password?”."
            ),
        )
    elif not allows(
        "own-password", str(user.pk), times=PASSWORDS_AT_MOST, seconds=PASSWORDS_SECONDS
    ):
        form.add_error(field, _("Too many attempts. Wait 10 minutes, then try again."))
    elif not actions.is_own_password(user=user, password=form.cleaned_data[field]):
        form.add_error(field, _("This is not your password. Enter it again."))
    return not form.errors


def save(request: SignedInRequest, form: PortalForm, field: str, value: Any) -> bool:
    """Change a field of the person, and put what the API has against it into the form."""
    try:
        actions.change_account(user=request.user, field=field, value=value)
    except Rejected as refusal:
        form.add_refusal(refusal)
        return False
    return True


def show(
    request: HttpRequest, form: PortalForm, title: str, **more: Any
) -> HttpResponse:
    """Show a page that changes one thing."""
    context = {"form": form, "title": title, "back": "users:account", **more}
    status = 400 if form.errors else 200
    return render(request, "users/account/change.html", context, status=status)


def done(request: HttpRequest, told: Any) -> HttpResponse:
    """Go back to the account and say what was done there."""
    messages.success(request, told)
    return redirect("users:account")


def _yes_or_no(request: SignedInRequest, setting: Setting) -> HttpResponse:
    form = YesNoForm(
        posted(request),
        question=setting.question,
        hint=setting.hint,
        is_on=getattr(request.user, setting.field),
    )
    if form.is_valid() and save(request, form, setting.field, form.is_on):
        return done(request, setting.yes if form.is_on else setting.no)
    return show(request, form, str(setting.question))
