from __future__ import annotations

import uuid

SERVICE_ID = "0fcdbd7b-6d4b-4ba2-a0c3-0b4a5c1f7d11"
PERSON_ID = "6ce466d0-fd6a-11e5-82f5-e0accb9d11a6"


def row(number, **overrides):
    """A notification as the API gives it for a report."""
    return {
        "id": str(uuid.UUID(int=number + 1)),
        "recipient": f"0770090{number:04}",
        "client_reference": "",
        "template_name": "Reminder",
        "template_type": "sms",
        "created_by_name": "Sandy Sender",
        "created_by_email_address": "sandy@example.gov.uk",
        "job_name": "people.csv",
        "row_number": number + 1,
        "status": "Delivered",
        "created_at": "2026-11-20 10:00:00",
        "api_key_name": None,
        **overrides,
    }


class SentMessages:
    """Answers the API's routes about what a service sent, newest first."""

    def __init__(self, api, count):
        self.rows = [row(number) for number in range(count)]
        self.base = f"/service/{SERVICE_ID}"
        self.api = api
        self.requests = 0
        self.fails_at = {}

    def register(self):
        self.api.assert_all_requests_are_fired = False
        self.api.get(
            f"{self.base}/notifications/count",
            json={"notifications_sent_count": len(self.rows)},
        )
        self.api.add_callback(
            "GET", self.api.url(f"{self.base}/notifications/csv"), self.page
        )
        return self

    def page(self, request):
        import json

        self.requests += 1
        if status := self.fails_at.get(self.requests):
            return status, {}, json.dumps({"result": "error", "message": "No."})
        size = int(request.params["page_size"])
        ids = [found["id"] for found in self.rows]
        last = request.params.get("older_than")
        start = ids.index(last) + 1 if last else 0
        answer = {"notifications": self.rows[start : start + size], "page_size": size}
        return 200, {}, json.dumps(answer)
