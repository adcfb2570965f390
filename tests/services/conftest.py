from __future__ import annotations

import pytest

from tests.builders import job, service
from tests.users.personas import SERVICE_ID, sign_in, staff

BASE = f"/services/{SERVICE_ID}"
API = f"/service/{SERVICE_ID}"
NOTHING = {"requested": 0, "delivered": 0, "failed": 0}


@pytest.fixture
def known_service(api):
    """Let the API know the service; call it to have it say something else."""
    api.get(API, json={"data": service(id=SERVICE_ID)})
    api.assert_all_requests_are_fired = False

    def tell(**overrides):
        told = service(id=SERVICE_ID, **overrides)
        api.replace("GET", api.url(API), json={"data": told})

    return tell


@pytest.fixture
def signed_in(db, client, api, known_service):
    """Sign somebody in: `signed_in(staff("view_activity"))`."""

    def sign(person):
        return sign_in(client, person, api)

    return sign


@pytest.fixture
def viewer(signed_in):
    """The browser of somebody who may see what the service sends."""
    return signed_in(staff("view_activity"))


@pytest.fixture
def figures(api):
    """Let the API give a dashboard's figures: `figures(email={...}, uses=[…])`."""

    def register(
        *, uses=(), jobs=(), scheduled=0, next_at=None, months=None, used=(), **channels
    ):
        told = dict.fromkeys(("email", "sms", "letter"), NOTHING)
        waiting = [
            job(job_status="scheduled", scheduled_for=next_at) for _ in range(scheduled)
        ]
        answers = {
            "statistics": {"data": told | channels},
            "template-statistics": {"data": list(uses)},
            "job": {"data": [*waiting, *jobs], "links": {}},
            "notifications/monthly": {"data": months or {}},
            "notifications/templates_usage/monthly": {"stats": list(used)},
            "returned-letter-statistics": {
                "returned_letter_count": 0,
                "most_recent_report": None,
            },
            "unsubscribe-request-statistics": {},
            "inbound-sms/summary": {"count": 0, "most_recent": None},
        }
        for path, answer in answers.items():
            api.upsert("GET", api.url(f"{API}/{path}"), json=answer)

    return register


@pytest.fixture
def api_away(api):
    """Let the API fail for every figure."""

    def register():
        for path in ("statistics", "template-statistics", "job"):
            api.upsert("GET", api.url(f"{API}/{path}"), status=503)
        api.upsert("GET", api.url(f"{API}/job/scheduled-job-stats"), status=503)

    return register
