from __future__ import annotations

import uuid

import pytest

from tests.sandbox.conftest import new_person


def notifications(service, query=""):
    return f"/service/{service['id']}/notifications{query}"


def test_what_was_sent_can_be_read_with_its_values(
    sandbox, service, new_template, send
):
    template = new_template(service)

    made = send(service, template)

    read = sandbox.get(notifications(service, f"/{made['id']}"))
    assert read["personalisation"] == {"name": "Jo"}
    assert read["template"]["content"] == "Hello ((name))"
    assert read["billable_units"] == 1


def test_a_long_text_message_counts_its_parts(sandbox, service, new_template, send):
    template = new_template(service, content="x" * 400)

    made = send(service, template)

    assert sandbox.get(notifications(service, f"/{made['id']}"))["billable_units"] == 3


def test_a_text_message_that_its_values_make_too_long_is_refused(
    service, new_template, send
):
    template = new_template(service)

    refused = send(service, template, 400, personalisation={"name": "x" * 918})

    assert "Text messages cannot be longer than 918 characters" in refused["message"]


def test_the_daily_limit_ends_sending(sandbox, person, service, new_template, send):
    sandbox.post(f"/service/{service['id']}", {"sms_message_limit": 1})
    template = new_template(service)
    send(service, template)

    refused = send(service, template, 429)

    assert refused["message"] == "Exceeded send limits (sms: 1) for today"


def test_a_service_without_a_channel_cannot_send(sandbox, service, new_template, send):
    template = new_template(service)
    sandbox.post(f"/service/{service['id']}", {"permissions": ["email"]})

    refused = send(service, template, 400)

    assert refused["message"] == "Service is not allowed to send text messages"


def test_a_number_abroad_needs_permission(sandbox, live_service, new_template, send):
    sandbox.post(f"/service/{live_service['id']}", {"permissions": ["sms"]})
    template = new_template(live_service)

    refused = send(live_service, template, 400, to="+33612345678")

    assert refused["message"] == "Cannot send to international mobile numbers"


def test_a_number_that_is_none_is_refused(live_service, new_template, send):
    send(live_service, new_template(live_service), 400, to="not a number")


def test_a_colleague_may_be_written_to_in_trial_mode(
    sandbox, service, new_template, send
):
    colleague = new_person(sandbox)
    path = f"/service/{service['id']}/users/{colleague['id']}"
    sandbox.post(path, {"permissions": [], "folder_permissions": []})
    template = new_template(service, "email")

    send(service, template, to=colleague["email_address"].upper())


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["A", "B"], "Address must be at least 3 lines"),
        (list("ABCDEFG") + ["SW1A 1AA"], "Address must be no more than 7 lines"),
        (
            ["A", "B", "Nowhere"],
            "Last line of address must be a real UK postcode or another country",
        ),
        (["A", "No fixed abode", "SW1A 1AA"], "Must be a real address"),
        (
            ["A", "BFPO 123", "France"],
            "The last line of a BFPO address must not be a country.",
        ),
    ],
)
def test_a_letter_needs_an_address(live_service, new_template, send, lines, message):
    letter = new_template(live_service, "letter")
    keys = [f"address_line_{number}" for number in range(1, 8)] + ["postcode"]
    values = dict(zip(keys, lines, strict=False)) | {"name": "Jo"}

    refused = send(live_service, letter, 400, to="A", personalisation=values)

    assert refused["message"] == message


def test_only_letters_can_be_cancelled(sandbox, service, new_template, send):
    made = send(service, new_template(service))

    refused = sandbox.post(notifications(service, f"/{made['id']}/cancel"), None, 400)

    assert refused["message"] == (
        "Notification cannot be cancelled - only letters can be cancelled"
    )


def test_a_search_finds_part_of_a_number(sandbox, live_service, new_template, send):
    template = new_template(live_service)
    made = send(live_service, template, to="07700 900 123")
    send(live_service, template, to="07700 900 456")

    found = sandbox.post(
        notifications(live_service), {"to": "0900123", "template_type": ["sms"]}
    )

    assert [row["id"] for row in found["notifications"]] == [made["id"]]


def test_a_page_says_whether_there_are_others(sandbox, service, new_template, send):
    template = new_template(service)
    for _ in range(3):
        send(service, template)

    first = sandbox.get(notifications(service, "?page_size=2"))
    second = sandbox.get(notifications(service, "?page_size=2&page=2"))

    assert (first["links"], len(first["notifications"])) == ({"next": True}, 2)
    assert (second["links"], len(second["notifications"])) == ({"prev": True}, 1)


def test_what_was_sent_today_counts_in_every_statistic(
    sandbox, service, new_template, send
):
    template = new_template(service)
    send(service, template)
    send(service, template)
    base = f"/service/{service['id']}"

    totals = sandbox.get(f"{base}/statistics?today_only=True")["data"]
    by_template = sandbox.get(f"{base}/template-statistics?whole_days=0")["data"]

    assert totals["sms"]["requested"] == 2
    assert sum(row["count"] for row in by_template) == 2
    assert sandbox.get(f"{base}/notifications/count")["notifications_sent_count"] == 2


class TestWithKeys:
    @pytest.fixture
    def post(self, sandbox, service, person):
        """Send on the public route with a new key of some type."""

        def call(key_type, data, kind="sms"):
            key = sandbox.post(
                f"/service/{service['id']}/api-key",
                {"name": key_type, "key_type": key_type, "created_by": person["id"]},
            )["data"]
            return sandbox.call(
                "POST",
                f"/v2/notifications/{kind}",
                data,
                issuer=service["id"],
                secret=key,
            )

        return call

    @pytest.fixture
    def message(self, service, new_template):
        return {
            "template_id": new_template(service)["id"],
            "phone_number": "07700900999",
            "personalisation": {"name": "Jo"},
        }

    def test_a_test_key_sends_to_anybody(self, post, message):
        assert post("test", message).status_code == 201

    def test_a_team_key_sends_to_the_team_only(self, post, message, person):
        refused = post("team", message)

        assert refused.json()["errors"] == [
            {
                "error": "BadRequestError",
                "message": "Can’t send to this recipient using a team-only API key",
            }
        ]

    def test_a_team_key_sends_to_the_guest_list(self, sandbox, post, message, service):
        sandbox.call(
            "PUT",
            f"/service/{service['id']}/guest-list",
            {"phone_numbers": ["07700900999"], "email_addresses": []},
        )

        assert post("team", message).status_code == 201

    def test_letters_have_no_team_keys(self, post, service, new_template):
        letter = new_template(service, "letter")
        data = {"template_id": letter["id"], "personalisation": {}}

        refused = post("team", data, "letter")

        assert refused.status_code == 403
        assert "team api key" in refused.json()["errors"][0]["message"]

    def test_a_template_must_fit_the_route(self, post, message, service, new_template):
        email = new_template(service, "email")

        refused = post("normal", message | {"template_id": email["id"]})

        assert refused.json()["errors"][0]["message"] == (
            "email template is not suitable for sms notification"
        )

    def test_a_wrong_number_is_a_validation_error(self, post, message):
        refused = post("normal", message | {"phone_number": "x"})

        assert refused.json()["errors"][0]["error"] == "ValidationError"

    def test_a_token_of_another_service_is_refused(self, sandbox, service):
        refused = sandbox.call(
            "GET", "/v2/templates", issuer=str(uuid.uuid4()), secret="x" * 32
        )

        assert refused.status_code == 403
        assert refused.json()["errors"] == [
            {"error": "AuthError", "message": "Invalid token: service not found"}
        ]

    def test_what_a_key_sent_can_be_read_with_a_key_of_its_type(
        self, sandbox, post, message, service, person
    ):
        made = post("test", message).json()
        key = sandbox.post(
            f"/service/{service['id']}/api-key",
            {"name": "other", "key_type": "test", "created_by": person["id"]},
        )["data"]

        read = sandbox.call(
            "GET", f"/v2/notifications/{made['id']}", issuer=service["id"], secret=key
        ).json()

        assert (read["body"], read["phone_number"]) == ("Hello Jo", "07700900999")
