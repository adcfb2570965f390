"""A superuser in the Django admin, with what the page asked of the API."""

from __future__ import annotations

import pytest

from tests.users.personas import sign_in, superuser


@pytest.fixture
def pat(client, api, db):
    """A platform admin's browser; the person is known already and costs no call."""
    sign_in(client, superuser(), api)
    assert client.get("/admin/").status_code == 200
    return client


@pytest.fixture
def asked(pat, api_calls):
    """The calls of the next page, as "GET /service"."""
    api_calls.clear()

    class Asked(list):
        def __call__(self):
            found = [f"{call.method} {call.route}" for call in api_calls]
            api_calls.clear()
            return found

    return Asked()
