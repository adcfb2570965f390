"""The people of the tests, as the API describes them, and how to sign one in."""

from __future__ import annotations

import time
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from portal.remote.values import parse
from portal.users.identity import SHOWN_PERMISSIONS
from portal.users.models import User
from portal.users.sessions import BACKEND, LAST_PAGE_AT, SIGNED_IN_AT

SERVICE_ID = "11111111-0000-4000-8000-000000000001"
ORGANISATION_ID = "33333333-0000-4000-8000-000000000001"
USER_ID = "22222222-0000-4000-8000-000000000002"
SUPERUSER_ID = "22222222-0000-4000-8000-000000000001"
SESSION_ID = "44444444-0000-4000-8000-000000000001"


def person(**overrides):
    """Someone who belongs to nothing."""
    return {
        "id": USER_ID,
        "name": "Sandy Sender",
        "email_address": "sandy@example.gov.uk",
        "mobile_number": "07700900001",
        "auth_type": "sms_auth",
        "state": "active",
        "failed_login_count": 0,
        "platform_admin": False,
        "current_session_id": SESSION_ID,
        "logged_in_at": "2026-11-20T09:00:00.000000Z",
        "created_at": "2025-01-01T09:00:00.000000Z",
        "password_changed_at": "2025-01-01 09:00:00.000000",
        "email_access_validated_at": time.strftime("%Y-%m-%dT%H:%M:%S.000000Z"),
        "can_use_webauthn": False,
        "organisations": [],
        "organisation_permissions": {},
        "permissions": {},
        "services": [],
        "receives_new_features_email": True,
        "take_part_in_research": True,
        **overrides,
    }


def outsider(**overrides):
    """Someone with an account and no service."""
    return person(**overrides)


def staff(*permissions, service_id=SERVICE_ID, **overrides):
    """A member of the service with the permissions as pages show them."""
    stored = [name for shown in permissions for name in SHOWN_PERMISSIONS[shown]]
    return person(
        **{
            "services": [service_id],
            "permissions": {service_id: stored},
            **overrides,
        }
    )


def superuser(**overrides):
    """A platform admin who belongs to no service."""
    return person(
        **{
            "id": SUPERUSER_ID,
            "name": "Pat Platform",
            "email_address": "pat@example.gov.uk",
            "platform_admin": True,
            "can_use_webauthn": True,
            **overrides,
        }
    )


def sign_in(client, user, api=None, **session):
    """Put the person into the client's session, as the sign-in pages do.

    With ``api`` (the fixture) the API knows the person, however often it is asked.
    """
    known = User(**{name: parse(field, user[name]) for name, field in _columns(user)})
    stored = _session_of(client)
    stored[SESSION_KEY] = user["id"]
    stored[BACKEND_SESSION_KEY] = BACKEND
    stored[HASH_SESSION_KEY] = known.get_session_auth_hash()
    stored[SIGNED_IN_AT] = stored[LAST_PAGE_AT] = int(time.time())
    stored.update(session)
    stored.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = stored.session_key
    if api is not None:
        answer_user(api, user)
    return client


def answer_user(api, user):
    """Let the API know the person; never asked is fine too, as answers are cached."""
    api.assert_all_requests_are_fired = False
    return api.get(f"/user/{user['id']}", json={"data": user})


def _session_of(client):
    """Return the session of a client; a new one is not saved yet, as Django would."""
    if settings.SESSION_COOKIE_NAME in client.cookies:
        return client.session
    return import_module(settings.SESSION_ENGINE).SessionStore()


def _columns(user):
    fields = User._meta.concrete_fields
    return [(f.attname, f) for f in fields if f.attname in user]
