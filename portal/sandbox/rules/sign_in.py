"""Codes, failed attempts and what a sign-in leaves behind."""

from __future__ import annotations

import datetime
import secrets
import uuid

from django.contrib.auth.hashers import check_password, make_password

from portal.sandbox import clock
from portal.sandbox.refusals import Refusal
from portal.users.models import User, VerifyCode

MOST_FAILURES = 10
MOST_FAILURES_WITH_KEY = 5
MOST_OPEN_CODES = 5
CODE_LIFETIME = datetime.timedelta(minutes=30)
CODE_DIGITS = 5


def count_failure(user: User) -> None:
    """Count a failed attempt."""
    user.failed_login_count += 1
    user.save()


def reset_failures(user: User) -> None:
    """Forget the failed attempts."""
    if user.failed_login_count:
        user.failed_login_count = 0
        user.save()


def signed_in(user: User) -> None:
    """Begin a new session, which ends any other of the same person."""
    user.current_session_id = uuid.uuid4()
    user.logged_in_at = clock.now()
    user.failed_login_count = 0
    user.save()


def new_code(user: User, kind: str) -> str | None:
    """Make a code of that kind, unless too many are still open."""
    open_codes = VerifyCode.objects.filter(
        user_id=user.pk, code_used=False, expiry_datetime__gt=clock.now()
    )
    if open_codes.count() >= MOST_OPEN_CODES:
        return None
    code = str(uuid.uuid4())
    if kind == "sms":
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    VerifyCode.objects.create(
        user_id=user.pk,
        code=make_password(code),
        code_type=kind,
        expiry_datetime=clock.now() + CODE_LIFETIME,
        created_at=clock.now(),
    )
    return code


def use_code(user: User, code: str, kind: str) -> None:
    """Sign in with a code; refuse it when it is wrong, used or too old."""
    if user.failed_login_count >= MOST_FAILURES:
        raise Refusal("Code not found", 404)
    found = find_code(user, code, kind)
    if found is None:
        count_failure(user)
        raise Refusal("Code not found", 404)
    if found.code_used or found.expiry_datetime < clock.now():
        count_failure(user)
        raise Refusal("Code has expired")
    found.code_used = True
    found.save()
    if kind == "email":
        user.email_access_validated_at = clock.now()
    signed_in(user)


def find_code(user: User, code: str, kind: str) -> VerifyCode | None:
    """The newest code of that kind that says the same."""
    codes = VerifyCode.objects.filter(user_id=user.pk, code_type=kind)
    return next(
        (
            found
            for found in codes.order_by("-created_at")
            if check_password(code, found.code)
        ),
        None,
    )
