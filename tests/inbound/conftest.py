from __future__ import annotations

import pytest

from tests.services.conftest import known_service, signed_in  # noqa: F401
from tests.users.personas import SERVICE_ID, staff

BASE = f"/services/{SERVICE_ID}"
API = f"/service/{SERVICE_ID}"


@pytest.fixture
def receiving(known_service):  # noqa: F811
    """Let the service have a number."""
    known_service(permissions=["sms", "inbound_sms"])


@pytest.fixture
def viewer(signed_in, receiving):  # noqa: F811
    """The browser of somebody who may see what comes in, and answer it."""
    return signed_in(staff("view_activity", "send_messages"))
