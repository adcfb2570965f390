"""Passwords and codes, checked and sent."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from portal.sandbox import outbox, tokens
from portal.sandbox.api.users.messages import next_page, portal_url
from portal.sandbox.http import body, fields, one, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import sign_in as rules
from portal.sandbox.shapes.users import user_shape
from portal.sandbox.validation import check
from portal.users.models import User


@route("POST", "/user/<uuid:user_id>/verify/password")
def verify_password(request: HttpRequest, user_id: uuid.UUID) -> None:
    user = one(User.objects, pk=user_id)
    password = fields(request).get("password")
    if password is None:
        raise Refusal({"password": ["Required field missing data"]})
    if not check_password(password, user.password):
        rules.count_failure(user)
        raise Refusal({"password": ["Incorrect password"]})
    rules.reset_failures(user)


@route("POST", "/user/<uuid:user_id>/reset-failed-login-count")
def reset_failed_login_count(
    request: HttpRequest, user_id: uuid.UUID
) -> dict[str, Any]:
    user = one(User.objects, pk=user_id)
    rules.reset_failures(user)
    return {"data": user_shape(user)}


@route("POST", "/user/<uuid:user_id>/verify/code")
def verify_code(request: HttpRequest, user_id: uuid.UUID) -> None:
    data = check(body(request), "post_verify_code_schema")
    user = one(User.objects, pk=user_id)
    rules.use_code(user, data["code"], data["code_type"])


@route("POST", "/user/<uuid:user_id>/sms-code")
def send_sms_code(request: HttpRequest, user_id: uuid.UUID) -> None:
    user = one(User.objects, pk=user_id)
    data = check(body(request), "post_send_user_sms_code_schema")
    to = data.get("to") or user.mobile_number
    if not to:
        raise Refusal({"to": ["There is no mobile number to send to"]})
    if code := rules.new_code(user, "sms"):
        outbox.notify("sms_code", to, {"verify_code": code})


@route("POST", "/user/<uuid:user_id>/email-code")
def send_email_code(request: HttpRequest, user_id: uuid.UUID) -> None:
    user = one(User.objects, pk=user_id)
    data = check(body(request), "post_send_user_email_code_schema")
    code = rules.new_code(user, "email")
    if not code:
        return
    token = tokens.make_fields(user_id=user.pk, secret_code=code)
    path = f"/email-auth/{token}{next_page(data)}"
    url = portal_url(path, data.get("email_auth_link_host"))
    outbox.notify("email_sign_in", user.email_address, {"name": user.name, "url": url})
