"""A file's progress as JSON."""

from __future__ import annotations

import pytest

from tests import builders
from tests.users.personas import SERVICE_ID

pytestmark = pytest.mark.django_db


def test_a_script_gets_how_far_a_file_is(sender, api):
    api.assert_all_requests_are_fired = False
    browser = sender()
    job = builders.job(
        notification_count=3,
        statistics=[
            {"status": "delivered", "count": 1},
            {"status": "permanent-failure", "count": 1},
        ],
    )
    url = f"/service/{SERVICE_ID}/job/{job['id']}"
    api.get(url, json={"data": job})
    api.get(
        f"{url}/notifications",
        json={"notifications": [builders.notification()], "links": {}},
    )

    told = browser.get(f"/services/{SERVICE_ID}/jobs/{job['id']}.json").json()

    assert told["job"]["id"] == job["id"]
    assert told["job"]["job_status"] == "finished"
    assert [told["job"][name] for name in ("sending", "delivered", "failed")] == [
        *(1, 1, 1)
    ]
    assert len(told["notifications"]) == 1
    assert told["has_next"] is False
