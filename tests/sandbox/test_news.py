"""What comes back from the world, and the callbacks that tell services of it."""

from __future__ import annotations

import http.server
import json
import ssl
import subprocess
import threading
import time
import uuid

import pytest
import requests

from tests.sandbox.conftest import running

TOKEN = "a-bearer-token-of-the-service"


class Receiver(http.server.BaseHTTPRequestHandler):
    """A service's own server, which notes what it is told."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        told = json.loads(self.rfile.read(length))
        self.server.calls.append((self.path, dict(self.headers), told))
        answers = self.server.answers
        self.send_response(answers.pop(0) if answers else 200)
        self.end_headers()

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    @property
    def url(self):
        return f"https://127.0.0.1:{self.server_port}/told?by=notify"

    def wait_for(self, count):
        until = time.monotonic() + 15
        while len(self.calls) < count and time.monotonic() < until:
            time.sleep(0.05)
        assert len(self.calls) == count
        return self.calls


@pytest.fixture
def receiver():
    server = Server(("127.0.0.1", 0), Receiver)
    server.calls, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def listen(sandbox, person, live_service):
    """Let the service be told of one kind of news at a URL."""

    def make(kind, url):
        data = {
            "url": url,
            "bearer_token": TOKEN,
            "updated_by_id": person["id"],
            "callback_type": kind,
        }
        sandbox.post(f"/service/{live_service['id']}/callback-api", data)

    return make


@pytest.fixture
def number(sandbox, live_service):
    """The service's own number."""
    path = f"/inbound-number/service/{live_service['id']}"
    sandbox.post(path, {})
    sandbox.post(
        f"/service/{live_service['id']}",
        {"permissions": ["sms", "email", "letter", "inbound_sms"]},
    )
    given = sandbox.get(path)["data"]
    yield given["number"]
    sandbox.post(
        f"/service/{live_service['id']}/inbound-sms/remove", {"archive": False}
    )


def finished(sandbox, service, sent, status="delivered"):
    path = f"/service/{service['id']}/notifications/{sent['id']}"
    return sandbox.wait_for(path, lambda found: found["status"], status)


def calls_of(sandbox, service):
    told = sandbox.get("/_sandbox/callbacks.json")["callbacks"]
    return [call for call in told if call["service_id"] == service["id"]]


def wait_for_answer(sandbox, service, text):
    until = time.monotonic() + 15
    while time.monotonic() < until:
        calls = calls_of(sandbox, service)
        if calls and text in calls[0]["answer"]:
            return calls[0]
        time.sleep(0.1)
    raise AssertionError(calls_of(sandbox, service))


def test_a_service_is_told_what_became_of_a_message(
    sandbox, live_service, new_template, send, receiver, listen
):
    listen("delivery_status", receiver.url)
    template = new_template(live_service)

    sent = send(live_service, template, to="07700900002")

    [(path, headers, told)] = receiver.wait_for(1)
    finished(sandbox, live_service, sent, "permanent-failure")
    assert path == "/told?by=notify"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["Content-Type"] == "application/json"
    assert told.pop("created_at") < told.pop("sent_at") < told.pop("completed_at")
    assert told == {
        "id": sent["id"],
        "reference": None,
        "to": "07700900002",
        "status": "permanent-failure",
        "notification_type": "sms",
        "template_id": template["id"],
        "template_version": 1,
    }


def test_a_text_message_comes_in(
    sandbox, live_service, number, receiver, listen, person
):
    listen("inbound_sms", receiver.url)

    came = sandbox.post(
        "/_sandbox/inbound.json",
        {"to": number, "from": "07700 900 444", "content": "Is it me?"},
        201,
    )

    [(_, _, told)] = receiver.wait_for(1)
    date = told.pop("date_received")
    assert date.endswith("Z")
    assert told == {
        "id": came["id"],
        "source_number": "447700900444",
        "destination_number": number,
        "message": "Is it me?",
    }
    path = f"/service/{live_service['id']}/inbound-sms"
    assert [row["content"] for row in sandbox.post(path)["data"]] == ["Is it me?"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"to": "07700900000"}, "to"),
        ({"to": ""}, "to"),
        ({"from": " "}, "from"),
        ({"content": ""}, "content"),
        ({"content": "x" * 1601}, "content"),
    ],
)
def test_a_text_message_to_nobody_is_refused(sandbox, number, wrong, field):
    data = {"to": number, "from": "07700900444", "content": "Hello"} | wrong

    refused = sandbox.post("/_sandbox/inbound.json", data, 400)

    assert list(refused["message"]) == [field]


def test_people_text_from_a_page(sandbox, live_service, number):
    page = f"{sandbox.base_url}/_sandbox/inbound"
    form = {"to": number, "from": "07700900445", "content": "By hand"}

    shown = requests.get(page, timeout=10)
    done = requests.post(page, data=form, timeout=10)
    wrong = requests.post(page, data=form | {"from": ""}, timeout=10)

    assert f"{number}: {live_service['name']}" in shown.text
    assert "Done." in done.text
    assert wrong.status_code == 400
    assert "By hand" in wrong.text


def test_a_reply_is_filled_in(sandbox, live_service, number, new_template, send):
    sent = send(live_service, new_template(live_service), to="07700900446")

    shown = requests.get(
        f"{sandbox.base_url}/_sandbox/inbound",
        params={"reply_to": sent["id"]},
        timeout=10,
    )

    assert 'value="07700900446"' in shown.text
    assert f'value="{number}" selected' in shown.text


def test_a_recipient_complains(
    sandbox, live_service, new_template, send, receiver, listen
):
    listen("complaint", receiver.url)
    template = new_template(live_service, "email")
    sent = send(live_service, template, to="unhappy@example.com")
    finished(sandbox, live_service, sent)

    made = sandbox.post("/_sandbox/complaints.json", {"notification_id": sent["id"]})

    [(_, _, told)] = receiver.wait_for(1)
    assert told.pop("complaint_date").endswith("Z")
    assert told == {
        "notification_id": sent["id"],
        "complaint_id": made["id"],
        "reference": None,
        "to": "unhappy@example.com",
    }
    listed = sandbox.get("/complaint")["complaints"]
    assert made["id"] in [row["id"] for row in listed]


def test_only_emails_are_complained_about(sandbox, live_service, new_template, send):
    sent = send(live_service, new_template(live_service), to="07700900111")
    page = f"{sandbox.base_url}/_sandbox/complaints"

    refused = requests.post(page, data={"notification_id": sent["id"]}, timeout=10)

    assert refused.status_code == 400
    assert "Only emails can be complained about." in refused.text
    for wrong, status in (("nonsense", 400), (str(uuid.uuid4()), 404)):
        sandbox.post("/_sandbox/complaints.json", {"notification_id": wrong}, status)


@pytest.fixture
def printed(tmp_path_factory):
    """A sandbox in which it is three days later than the letters."""
    with running(tmp_path_factory.mktemp("printed"), "--empty") as started:
        yield started


class TestReturnedLetters:
    @pytest.fixture
    def sandbox(self, printed):
        return printed

    def test_a_letter_comes_back(
        self, sandbox, live_service, new_template, send, receiver, listen, person
    ):
        listen("returned_letter", receiver.url)
        letter = new_template(live_service, "letter")
        lines = ("A Person", "1 Test Street", "SW1A 1AA")
        values = {f"address_line_{n}": line for n, line in enumerate(lines, 1)}
        sent = send(
            live_service, letter, to="A Person", personalisation=values | {"name": "Jo"}
        )
        unprinted = {"notification_id": sent["id"]}
        sandbox.post("/_sandbox/returned-letters.json", unprinted, 400)
        sandbox.post("/_sandbox/clock.json", {"days": 1})
        finished(sandbox, live_service, sent, "sending")

        sandbox.post("/_sandbox/returned-letters.json", unprinted, 201)

        [(_, _, told)] = receiver.wait_for(1)
        assert told.pop("date_sent").endswith("Z")
        assert told == {
            "notification_id": sent["id"],
            "reference": None,
            "sent_by": person["email_address"],
            "template_name": "A template",
            "template_id": letter["id"],
            "template_version": 1,
            "spreadsheet_file_name": None,
            "spreadsheet_row_number": None,
            "upload_letter_file_name": None,
        }
        finished(sandbox, live_service, sent, "returned-letter")
        summary = sandbox.get(f"/service/{live_service['id']}/returned-letter-summary")
        assert summary[0]["returned_letter_count"] == 1


def test_a_server_that_fails_is_told_again(
    sandbox, live_service, new_template, send, receiver, listen
):
    receiver.answers = [500, 429, 503]
    listen("delivery_status", receiver.url)

    send(live_service, new_template(live_service), to="07700900111")

    calls = receiver.wait_for(4)
    assert len({told["id"] for _, _, told in calls}) == 1
    assert wait_for_answer(sandbox, live_service, "200")["attempts"] == 4


def test_a_server_that_always_fails_is_given_up(
    sandbox, live_service, new_template, send, receiver, listen
):
    receiver.answers = [500] * 10
    listen("delivery_status", receiver.url)

    send(live_service, new_template(live_service), to="07700900111")

    receiver.wait_for(6)
    sandbox.wait_for(
        "/_sandbox/callbacks.json",
        lambda told: [
            (call["attempts"], call["due_at"])
            for call in told["callbacks"]
            if call["service_id"] == live_service["id"]
        ],
        [(6, None)],
    )
    assert len(receiver.calls) == 6


def test_a_refusal_is_not_tried_again(
    sandbox, live_service, new_template, send, receiver, listen
):
    receiver.answers = [404]
    listen("delivery_status", receiver.url)

    send(live_service, new_template(live_service), to="07700900111")

    assert wait_for_answer(sandbox, live_service, "404")["attempts"] == 1
    assert calls_of(sandbox, live_service)[0]["due_at"] is None


@pytest.mark.parametrize(
    "url",
    ["https://service.example/told", "https://10.0.0.1/", "https://127.0.0.1.evil.io/"],
)
def test_other_machines_are_never_called(
    sandbox, live_service, new_template, send, listen, url
):
    listen("delivery_status", url)

    send(live_service, new_template(live_service), to="07700900111")

    call = wait_for_answer(sandbox, live_service, "Refused")
    assert call["answer"] == "Refused: the sandbox calls this machine only."
    assert call["due_at"] is None


def test_a_server_that_speaks_tls_is_told_by_tls(
    sandbox, live_service, new_template, send, receiver, listen, tmp_path
):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    command += ["-keyout", key, "-out", certificate, "-days", "1", "-subj", "/CN=me"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
    listen("delivery_status", receiver.url)

    send(live_service, new_template(live_service), to="07700900111")

    receiver.wait_for(1)
    assert wait_for_answer(sandbox, live_service, "200")


def test_what_was_told_is_shown_without_the_token(
    sandbox, live_service, new_template, send, receiver, listen
):
    listen("delivery_status", receiver.url)
    sent = send(live_service, new_template(live_service), to="07700900111")
    receiver.wait_for(1)

    page = requests.get(f"{sandbox.base_url}/_sandbox/callbacks", timeout=10).text

    assert sent["id"] in page
    assert live_service["name"] in page
    assert TOKEN not in page
