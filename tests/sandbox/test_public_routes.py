"""The public routes, as a developer who tries a key meets them."""

from __future__ import annotations

import base64
import datetime
import uuid

import pytest

PDF = base64.b64encode(b"%PDF-1.4 a letter").decode()
ADDRESS = {
    "address_line_1": "A Person",
    "address_line_2": "1 Test Street",
    "address_line_7": "sw1a1aa",
}


@pytest.fixture
def key_of(sandbox, person):
    """Make API keys: ``key_of(service, "test")``."""

    def make(service, key_type="normal"):
        name = f"{key_type} {uuid.uuid4().hex}"
        data = {"name": name, "key_type": key_type, "created_by": person["id"]}
        return sandbox.post(f"/service/{service['id']}/api-key", data)["data"]

    return make


@pytest.fixture
def v2(sandbox, key_of):
    """Call a public route with a new key: ``v2(service, "GET", "/templates")``."""
    keys = {}

    def call(service, method, path, data=None, key_type="normal"):
        name = (service["id"], key_type)
        keys[name] = keys.get(name) or key_of(service, key_type)
        return sandbox.call(
            method, f"/v2{path}", data, issuer=service["id"], secret=keys[name]
        )

    return call


def refusal(answer):
    [error] = answer.json()["errors"]
    assert answer.json()["status_code"] == answer.status_code
    return answer.status_code, error["error"], error["message"]


class TestWithKeys:
    @pytest.fixture
    def post(self, v2, service):
        """Send from the service in trial mode with a key of some type."""

        def call(key_type, data, kind="sms"):
            return v2(service, "POST", f"/notifications/{kind}", data, key_type)

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
        values = {"name": "Jo", "address_line_1": "A", "address_line_2": "B"}
        data = {"template_id": letter["id"], "personalisation": values}

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


def test_a_text_message_is_answered_read_and_listed(
    v2, live_service, new_template, sandbox
):
    template = new_template(live_service)
    data = {
        "phone_number": "07700 900 555",
        "template_id": template["id"],
        "personalisation": {"name": "Jo"},
        "reference": "my reference",
    }

    sent = v2(live_service, "POST", "/notifications/sms", data).json()
    read = v2(live_service, "GET", f"/notifications/{sent['id']}").json()
    query = "?reference=my+reference&template_type=sms"
    listed = v2(live_service, "GET", f"/notifications{query}").json()

    base = sandbox.base_url
    assert sent == {
        "id": read["id"],
        "reference": "my reference",
        "uri": f"{base}/v2/notifications/{read['id']}",
        "template": {
            "id": template["id"],
            "version": 1,
            "uri": f"{base}/services/{live_service['id']}/templates/{template['id']}",
        },
        "scheduled_for": None,
        "content": {"body": "Hello Jo", "from_number": "GOVUK"},
    }
    assert (read["body"], read["phone_number"]) == ("Hello Jo", "07700 900 555")
    assert read["cost_details"]["billable_sms_fragments"] == 1
    assert read["cost_in_pounds"] == read["cost_details"]["sms_rate"]
    assert [one["id"] for one in listed["notifications"]] == [sent["id"]]
    assert listed["links"]["next"].endswith(f"older_than={sent['id']}")


def test_an_email_can_be_unsubscribed_from(v2, live_service, new_template):
    template = new_template(live_service, "email", has_unsubscribe_link=True)
    link = "https://service.example/stop"
    data = {
        "email_address": "reader@example.com",
        "template_id": template["id"],
        "personalisation": {"name": "Jo"},
    }

    own = v2(
        live_service,
        "POST",
        "/notifications/email",
        data | {"one_click_unsubscribe_url": link},
    ).json()
    ours = v2(live_service, "POST", "/notifications/email", data).json()
    read = v2(live_service, "GET", f"/notifications/{ours['id']}").json()

    assert own["content"]["one_click_unsubscribe_url"] == link
    assert ours["content"]["one_click_unsubscribe_url"] is None
    assert f"/unsubscribe/{ours['id']}/" in read["one_click_unsubscribe_url"]
    assert (read["cost_in_pounds"], read["subject"]) == (0.0, "About you")


def test_values_are_made_harmless_where_asked_for(v2, live_service, new_template):
    data = {
        "email_address": "reader@example.com",
        "template_id": new_template(live_service, "email")["id"],
        "personalisation": {"name": "see https://evil.example/x or *me*"},
        "sanitise_content_for": ["NAME"],
    }

    sent = v2(live_service, "POST", "/notifications/email", data).json()

    assert sent["sanitised_content"]["name"] == {
        "unsanitised": "see https://evil.example/x or *me*",
        "sanitised": r"see  or \*me\*",
    }
    assert "evil" not in sent["content"]["body"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"template_id": str(uuid.uuid4())}, "Template not found"),
        ({"personalisation": {}}, "Missing personalisation: name"),
        (
            {"personalisation": {"name": {"file": PDF}}},
            "Can only send a file by email",
        ),
        (
            {"personalisation": {"name": "x" * 919}},
            "Your message is too long. Text messages cannot be longer than 918 "
            "characters. Your message is 925 characters long.",
        ),
    ],
)
def test_a_message_that_cannot_be_sent_is_a_bad_request(
    v2, live_service, new_template, wrong, told
):
    data = {
        "phone_number": "07700900555",
        "template_id": new_template(live_service)["id"],
        "personalisation": {"name": "Jo"},
    }

    answer = v2(live_service, "POST", "/notifications/sms", data | wrong)

    assert refusal(answer) == (400, "BadRequestError", told)


def test_a_channel_that_the_service_lacks_is_a_bad_request(
    sandbox, v2, live_service, new_template
):
    template = new_template(live_service)
    sandbox.post(f"/service/{live_service['id']}", {"permissions": ["email"]})
    data = {"phone_number": "07700900555", "template_id": template["id"]}

    answer = v2(live_service, "POST", "/notifications/sms", data)

    told = "Service is not allowed to send text messages"
    assert refusal(answer) == (400, "BadRequestError", told)


def test_an_empty_body_says_what_is_missing(live_service, v2):
    empty = v2(live_service, "POST", "/notifications/sms", {})

    told = [error["message"] for error in empty.json()["errors"]]
    assert told == [
        "phone_number is a required property",
        "template_id is a required property",
    ]


def test_simulated_recipients_are_answered_and_forgotten(
    v2, live_service, new_template
):
    data = {
        "phone_number": "07700900000",
        "template_id": new_template(live_service)["id"],
        "personalisation": {"name": "Jo"},
    }

    sent = v2(live_service, "POST", "/notifications/sms", data)

    assert sent.status_code == 201
    read = v2(live_service, "GET", f"/notifications/{sent.json()['id']}")
    assert refusal(read) == (404, "NoResultFound", "No result found")


class TestLetters:
    def test_a_letter_from_a_template(self, v2, live_service, new_template):
        letter = new_template(live_service, "letter")
        data = {
            "template_id": letter["id"],
            "personalisation": ADDRESS | {"name": "Jo"},
        }

        sent = v2(live_service, "POST", "/notifications/letter", data).json()
        read = v2(live_service, "GET", f"/notifications/{sent['id']}").json()

        assert set(sent["content"]) == {"body", "subject"}
        assert (read["line_1"], read["status"]) == ("A Person", "accepted")
        assert datetime.datetime.fromisoformat(read["estimated_delivery"])
        assert read["cost_details"]["billable_sheets_of_paper"] == 1

    def test_an_address_is_a_validation_error(self, v2, live_service, new_template):
        letter = new_template(live_service, "letter")
        values = {"address_line_1": "A", "address_line_2": "B", "name": "Jo"}
        data = {"template_id": letter["id"], "personalisation": values}

        answer = v2(live_service, "POST", "/notifications/letter", data)

        told = "Address must be at least 3 lines"
        assert refusal(answer) == (400, "ValidationError", told)

    def test_letters_are_not_for_trial_mode(self, v2, service):
        data = {"reference": "a letter", "content": PDF}

        answer = v2(service, "POST", "/notifications/letter", data)

        told = "Cannot send letters when service is in trial mode"
        assert refusal(answer) == (403, "BadRequestError", told)

    @pytest.mark.parametrize("key_type", ["normal", "test"])
    def test_a_precompiled_letter(self, sandbox, v2, live_service, key_type):
        data = {"reference": "my letter", "content": PDF, "postage": "first"}

        sent = v2(live_service, "POST", "/notifications/letter", data, key_type).json()

        assert sent == {
            "id": sent["id"],
            "reference": "my letter",
            "postage": "first",
        }
        sandbox.wait_for(
            f"/service/{live_service['id']}/notifications/{sent['id']}",
            lambda found: found["status"] != "pending-virus-check",
            True,
        )
        read = v2(live_service, "GET", f"/notifications/{sent['id']}").json()
        assert read["status"] == {"normal": "accepted", "test": "received"}[key_type]
        pdf = v2(live_service, "GET", f"/notifications/{sent['id']}/pdf")
        assert pdf.content.startswith(b"%PDF")

    def test_content_that_is_no_base64_is_refused(self, v2, live_service):
        data = {"reference": "my letter", "content": "x"}

        answer = v2(live_service, "POST", "/notifications/letter", data)

        told = "Cannot decode letter content (invalid base64 encoding)"
        assert refusal(answer) == (400, "BadRequestError", told)


class TestFiles:
    @pytest.fixture
    def post(self, v2, live_service, new_template):
        template = new_template(live_service, "email")

        def call(**value):
            data = {
                "email_address": "reader@example.com",
                "template_id": template["id"],
                "personalisation": {"name": {"file": PDF} | value},
            }
            return v2(live_service, "POST", "/notifications/email", data)

        return call

    def test_files_need_a_way_to_ask_about_them(self, post):
        status, error, told = refusal(post())

        assert (status, error) == (400, "BadRequestError")
        assert told.startswith("Send files by email has not been set up")

    def test_a_file_becomes_a_link(self, sandbox, post, live_service):
        data = {"contact_link": "https://service.example/help"}
        sandbox.post(f"/service/{live_service['id']}", data)

        sent = post(retention_period="4 weeks").json()

        assert "Hello http://localhost:8000/d/" in sent["content"]["body"]

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            (
                {"retention_period": "90 weeks"},
                "retention_period Unsupported value for retention_period: 90 weeks. "
                "Supported periods are from 1 to 78 weeks.",
            ),
            (
                {"is_csv": "yes"},
                "is_csv Unsupported value for is_csv: yes. "
                "Use a boolean true or false value.",
            ),
            (
                {"filename": "letter"},
                "filename `filename` must end with a file extension. "
                "For example, filename.csv",
            ),
        ],
    )
    def test_what_is_said_of_a_file_is_checked(self, post, value, told):
        assert refusal(post(**value)) == (400, "ValidationError", told)


class TestLimits:
    def test_a_day_has_a_limit(self, sandbox, v2, live_service, new_template):
        service = f"/service/{live_service['id']}"
        sandbox.post(service, {"sms_message_limit": 1})
        data = {
            "phone_number": "07700900555",
            "template_id": new_template(live_service)["id"],
            "personalisation": {"name": "Jo"},
        }
        v2(live_service, "POST", "/notifications/sms", data)

        over = v2(live_service, "POST", "/notifications/sms", data)
        tested = v2(live_service, "POST", "/notifications/sms", data, "test")

        told = "Exceeded send limits (sms: 1) for today"
        assert refusal(over) == (429, "TooManyRequestsError", told)
        assert tested.status_code == 201

    def test_a_minute_has_a_limit_for_each_type_of_key(
        self, sandbox, v2, live_service, new_template
    ):
        sandbox.post(f"/service/{live_service['id']}", {"rate_limit": 3})
        data = {
            "phone_number": "07700900000",
            "template_id": new_template(live_service)["id"],
            "personalisation": {"name": "Jo"},
        }

        answers = [
            v2(live_service, "POST", "/notifications/sms", data) for _ in range(3)
        ]
        tested = v2(live_service, "POST", "/notifications/sms", data, "test")

        assert [answer.status_code for answer in answers] == [201, 201, 429]
        assert refusal(answers[-1]) == (
            429,
            "RateLimitError",
            "Exceeded rate limit for key type LIVE of 3 requests per 60 seconds",
        )
        assert tested.status_code == 201


class TestTemplates:
    def test_templates_are_read_by_id_and_version(
        self, sandbox, v2, live_service, new_template
    ):
        template = new_template(live_service)
        path = f"/service/{live_service['id']}/template/{template['id']}"
        sandbox.post(path, {"content": "Goodbye ((name))"})

        latest = v2(live_service, "GET", f"/template/{template['id']}").json()
        first = v2(live_service, "GET", f"/template/{template['id']}/version/1").json()

        assert (latest["version"], latest["body"]) == (2, "Goodbye ((name))")
        assert (first["version"], first["body"]) == (1, "Hello ((name))")
        assert first["personalisation"] == {"name": {"required": True}}

    def test_templates_are_listed_by_type(self, v2, live_service, new_template):
        text = new_template(live_service)
        new_template(live_service, "email")

        listed = v2(live_service, "GET", "/templates?type=sms").json()["templates"]
        wrong = v2(live_service, "GET", "/templates?type=fax")

        assert [one["id"] for one in listed] == [text["id"]]
        assert refusal(wrong) == (
            400,
            "ValidationError",
            "type fax is not one of [sms, email, letter]",
        )

    def test_a_preview_needs_all_values(self, v2, live_service, new_template):
        template = new_template(live_service, "email")
        path = f"/template/{template['id']}/preview"

        shown = v2(live_service, "POST", path, {"personalisation": {"name": "Jo"}})
        wrong = v2(live_service, "POST", path)

        assert shown.json() == {
            "id": template["id"],
            "type": "email",
            "version": 1,
            "body": "Hello Jo",
            "html": None,
            "subject": "About you",
            "postage": None,
        }
        told = "Missing personalisation: name"
        assert refusal(wrong) == (400, "BadRequestError", told)

    def test_a_template_of_another_service_is_not_found(
        self, v2, live_service, new_template, service
    ):
        template = new_template(service)

        answer = v2(live_service, "GET", f"/template/{template['id']}")

        assert refusal(answer) == (404, "NoResultFound", "No result found")


def test_received_messages_are_listed_the_newest_first(sandbox, v2, live_service):
    sandbox.post(f"/inbound-number/service/{live_service['id']}", {})
    permissions = {"permissions": ["sms", "inbound_sms"]}
    sandbox.post(f"/service/{live_service['id']}", permissions)
    path = f"/inbound-number/service/{live_service['id']}"
    to = sandbox.get(path)["data"]["number"]
    for content in ("One", "Two"):
        data = {"to": to, "from": "07700900777", "content": content}
        sandbox.post("/_sandbox/inbound.json", data)

    listed = v2(live_service, "GET", "/received-text-messages").json()
    newest, oldest = listed["received_text_messages"]
    older = v2(
        live_service, "GET", f"/received-text-messages?older_than={newest['id']}"
    ).json()
    sandbox.post(
        f"/service/{live_service['id']}/inbound-sms/remove", {"archive": False}
    )

    assert (newest["content"], oldest["content"]) == ("Two", "One")
    assert newest["user_number"] == "447700900777"
    assert [one["id"] for one in older["received_text_messages"]] == [oldest["id"]]
    assert listed["links"]["next"].endswith(f"?older_than={oldest['id']}")
