"""A new e-mail address or mobile number for somebody in the team, confirmed before it is saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.remote.errors import Rejected
from portal.users import actions
from portal.users.forms.team import MemberEmailForm, MemberMobileForm
from portal.users.models import User
from portal.users.permissions import ServiceRequest, user_has_permissions
from portal.users.views.team import member_of

READ_AND_WRITE = require_http_methods(["GET", "POST"])
EMAIL, MOBILE = "email_address", "mobile_number"
FORMS = {EMAIL: MemberEmailForm, MOBILE: MemberMobileForm}
CONFIRM = {
    EMAIL: "users:confirm_member_email",
    MOBILE: "users:confirm_member_mobile",
}
ENTER = {EMAIL: "users:edit_member_email", MOBILE: "users:edit_member_mobile"}


@READ_AND_WRITE
@user_has_permissions("manage_service")
def edit_user_email(
    request: ServiceRequest, service_id: UUID, user_id: UUID
) -> HttpResponse:
    return _enter(request, user_id, EMAIL)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def confirm_edit_user_email(
    request: ServiceRequest, service_id: UUID, user_id: UUID
) -> HttpResponse:
    return _confirm(request, user_id, EMAIL)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def edit_user_mobile_number(
    request: ServiceRequest, service_id: UUID, user_id: UUID
) -> HttpResponse:
    return _enter(request, user_id, MOBILE)


@READ_AND_WRITE
@user_has_permissions("manage_service")
def confirm_edit_user_mobile_number(
    request: ServiceRequest, service_id: UUID, user_id: UUID
) -> HttpResponse:
    return _confirm(request, user_id, MOBILE)


def _enter(request: ServiceRequest, user_id: UUID, field: str) -> HttpResponse:
    member = member_of(request, user_id)
    shown = {EMAIL: member.email_address} if field == EMAIL else {}
    form = FORMS[field](
        request.POST if request.method == "POST" else None, initial=shown
    )
    if form.is_valid():
        value = form.cleaned_data[field]
        if value == getattr(member, field):
            return redirect("users:edit_member", request.service.pk, user_id)
        if field == EMAIL and actions.find_user(email_address=value) not in (
            None,
            member,
        ):
            form.add_error(field, _("Somebody else has this email address."))
        else:
            request.session[_key(field, user_id)] = value
            return redirect(CONFIRM[field], request.service.pk, user_id)
    context = {"service": request.service, "member": member, "form": form}
    status = 400 if form.errors else 200
    return render(request, "users/edit_contact.html", context, status=status)


def _confirm(request: ServiceRequest, user_id: UUID, field: str) -> HttpResponse:
    member = member_of(request, user_id)
    value = request.session.get(_key(field, user_id))
    if not value:
        return redirect(ENTER[field], request.service.pk, user_id)
    if request.method == "POST":
        return _save(request, member, field, value)
    context: dict[str, Any] = {
        "service": request.service,
        "member": member,
        "value": value,
        "is_email": field == EMAIL,
        "back_url": ENTER[field],
    }
    return render(request, "users/confirm_contact.html", context)


def _save(
    request: ServiceRequest, member: User, field: str, value: str
) -> HttpResponse:
    try:
        actions.change_contact(member=member, by=request.user, field=field, value=value)
    except Rejected:
        messages.error(
            request, _("It was refused: somebody else may have it. Enter another one.")
        )
        return redirect(ENTER[field], request.service.pk, member.pk)
    del request.session[_key(field, member.pk)]
    told = (
        _("The email address of %(name)s has been changed.")
        if field == EMAIL
        else _("The mobile number of %(name)s has been changed.")
    )
    messages.success(request, told % {"name": member.name})
    return redirect("users:team", request.service.pk)


def _key(field: str, user_id: UUID) -> str:
    return f"new-{field}-{user_id}"
