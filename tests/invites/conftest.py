from __future__ import annotations

import pytest

from portal.platform import actions as platform_actions
from tests.builders import invitation
from tests.services.conftest import known_service, signed_in  # noqa: F401
from tests.users.personas import SERVICE_ID, person

BASE = f"/services/{SERVICE_ID}"
API = f"/service/{SERVICE_ID}"
TOKEN = "abc.def"  # noqa: S105 - made up
LINK = f"/invitation/{TOKEN}"
INVITER = person(id="22222222-0000-4000-8000-000000000009", name="Morgan Manager")


@pytest.fixture(autouse=True)
def events(monkeypatch):
    """Record events in place of a thread, so that none outlives its test."""

    class AtOnce:
        def __init__(self, target, args, daemon):
            self.start = lambda: target(*args)

    monkeypatch.setattr(platform_actions, "Thread", AtOnce)


@pytest.fixture
def invited(api, known_service):  # noqa: F811
    """Let a link stand for an invitation: `invited(status="cancelled")`."""

    def tell(**overrides):
        told = invitation(
            service=SERVICE_ID,
            email_address="sandy@example.gov.uk",
            from_user=INVITER["id"],
            **overrides,
        )
        api.get(f"/invite/service/check/{TOKEN}", json={"data": told})
        api.get(f"/user/{INVITER['id']}", json={"data": INVITER})
        return told

    return tell
