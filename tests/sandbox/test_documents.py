"""The sandbox's document-download service, and the links that its e-mails have."""

from __future__ import annotations

import base64
import json
import re
import uuid

import pytest
import requests

from tests.sandbox.test_jobs import new_job  # noqa: F401  a fixture

PDF = b"%PDF-1.7 words"
HOST = "/_sandbox/document-download/services"
KEY = {"Authorization": "Bearer sandbox-only"}
LINK = re.compile(r"http://localhost:8000/d/([\w-]{22})/([\w-]{22})\?key=([\w-]{43})")


def encoded(content=PDF):
    return base64.b64encode(content).decode()


@pytest.fixture
def documents(sandbox):
    """Call the service: ``documents("POST", "/<service>/documents", {...})``."""

    def call(method, path, data=None, headers=KEY, **query):
        return requests.request(
            method,
            f"{sandbox.base_url}{HOST}{path}",
            json=data,
            params=query,
            headers=headers,
            timeout=10,
            allow_redirects=False,
        )

    return call


def place(text):
    """Where the file of a link is, and its key."""
    ids = LINK.search(text).groups()
    service, document = (
        uuid.UUID(bytes=base64.urlsafe_b64decode(f"{part}==")) for part in ids[:2]
    )
    return f"/{service}/documents/{document}", ids[2]


@pytest.fixture
def stored(documents):
    """Store a file; gives where it is and its key."""

    def store(**data):
        given = {"document": encoded(), "filename": "a.pdf"} | data
        answer = documents("POST", f"/{uuid.uuid4()}/documents", given)
        assert answer.status_code == 201, answer.text
        return place(answer.json()["document"]["url"])

    return store


def test_a_file_is_told_of_and_given_for_its_key(documents, stored):
    path, key = stored(retention_period="2 weeks")

    told = documents("GET", f"{path}/check", headers={}, key=key).json()["document"]
    given = documents("GET", path, headers={}, key=key)

    assert (told["filename"], told["file_extension"]) == ("a.pdf", "pdf")
    assert (told["size_in_bytes"], told["confirm_email"]) == (len(PDF), False)
    assert given.content == PDF
    assert given.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(("key", "status"), [(None, 400), ("A" * 43, 400), ("!", 400)])
def test_a_wrong_key_opens_nothing(documents, stored, key, status):
    path, _key = stored()

    assert documents("GET", path, key=key).status_code == status
    assert documents("GET", f"{path}/check", key=key).status_code == status


def test_a_file_that_is_not_there_is_not_found(documents, stored):
    path, key = stored()

    gone = f"{path[:-12]}{'0' * 12}"

    assert documents("GET", f"{gone}/check", key=key).status_code == 404


def test_a_file_for_one_address_waits_for_it(documents, stored):
    path, key = stored(confirmation_email="Ann@example.com")
    ask = {"key": key}

    closed = documents("GET", path, key=key)
    wrong = documents("POST", f"{path}/authenticate", ask | {"email_address": "b@c.de"})
    bad = documents("POST", f"{path}/authenticate", ask | {"email_address": "b"})
    none = documents("POST", f"{path}/authenticate", ask)
    right = documents(
        "POST", f"{path}/authenticate", ask | {"email_address": "ann@example.com"}
    )
    cookie = f"document_access_signed_data={right.json()['signed_data']}"

    assert closed.status_code == 302
    assert (wrong.status_code, bad.status_code, none.status_code) == (403, 400, 400)
    assert documents("GET", path, headers={"Cookie": cookie}, key=key).content == PDF


def test_the_proof_of_one_file_opens_no_other(documents, stored):
    address = {"email_address": "ann@example.com"}
    one, key = stored(confirmation_email="ann@example.com")
    other, other_key = stored(confirmation_email="ann@example.com")
    proof = documents("POST", f"{one}/authenticate", {"key": key} | address).json()
    cookie = f"document_access_signed_data={proof['signed_data']}"

    answer = documents("GET", other, headers={"Cookie": cookie}, key=other_key)

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"document": encoded(), "filename": "a.pdf"}, 200),
        ({"document": encoded(b"a,b"), "filename": "a.csv"}, 200),
        ({"document": encoded()}, 200),
        ({}, 400),
        ({"document": "ä"}, 400),
        ({"document": ""}, 400),
        ({"document": encoded(), "filename": "a.exe"}, 400),
        ({"document": encoded(b"MZ"), "filename": "a.pdf"}, 400),
        ({"document": encoded(), "filename": f"{'a' * 97}.pdf"}, 400),
        ({"document": encoded(b"%PDF-" + b"x" * 2**21)}, 200),
        ({"document": encoded(b"%PDF-" + b"x" * (2**21 + 1024))}, 413),
        (
            {
                "document": encoded(b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"),
                "filename": "a.txt",
            },
            400,
        ),
    ],
)
def test_files_are_checked(documents, data, status):
    path = f"/{uuid.uuid4()}/antivirus-and-mimetype-check"

    assert documents("POST", path, data).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"), [({}, 401), ({"Authorization": "Bearer other"}, 403)]
)
def test_only_the_platform_stores_files(documents, headers, status):
    path = f"/{uuid.uuid4()}/documents"

    assert documents("POST", path, {}, headers=headers).status_code == status


def test_a_period_that_is_none_is_refused(documents):
    data = {"document": encoded(), "retention_period": "79 weeks"}

    answer = documents("POST", f"/{uuid.uuid4()}/documents", data)

    assert answer.status_code == 400


def test_files_expire_by_the_sandboxes_clock(sandbox, documents, stored):
    path, key = stored(retention_period="1 weeks")

    sandbox.post("/_sandbox/clock.json", {"days": 8})
    answer = documents("GET", f"{path}/check", key=key)
    sandbox.post("/_sandbox/clock.json", {"reset": True})

    assert answer.status_code == 410


@pytest.fixture
def with_file(sandbox, live_service, new_template, person):
    """A template whose e-mails link to a file that is in its bucket."""

    def make(content=PDF, **settings):
        email = new_template(live_service, "email", content="Hi ((name)), ((a.pdf))")
        service = live_service["id"]
        file_id = str(uuid.uuid4())
        files = f"/service/{service}/templates/{email['id']}/template_email_files"
        data = {"id": file_id, "filename": "a.pdf", "created_by_id": person["id"]}
        sandbox.post(files, data)
        live = {"validate_users_email": False, "retention_period": 3}
        sandbox.post(f"{files}/{file_id}", live | settings | {"pending": False})
        if content:
            folder = sandbox.files / "template_email_files" / service
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file_id).write_bytes(content)
        return email

    return make


def send(sandbox, service, email, person, to, **more):
    data = {
        "template_id": email["id"],
        "to": to,
        "personalisation": {"name": "Ann"},
        "created_by": person["id"],
    }
    return sandbox.call(
        "POST", f"/service/{service['id']}/send-notification", data | more
    )


def text_of(sandbox, service, notification_id):
    path = f"/service/{service['id']}/notifications/{notification_id}"
    return sandbox.get(path)["personalisation"]


def test_an_email_has_a_link_of_its_own_to_the_file(
    sandbox, documents, live_service, with_file, person
):
    email = with_file(link_text="the map")

    sent = [
        send(sandbox, live_service, email, person, person["email_address"]).json()["id"]
        for _ in range(2)
    ]

    first, second = (text_of(sandbox, live_service, pk)["a.pdf"] for pk in sent)
    assert first.startswith("[the map](http://localhost:8000/d/")
    assert first != second
    path, key = place(first)
    assert documents("GET", path, key=key).content == PDF


def test_the_recipient_is_asked_for_the_address_where_the_file_wants_it(
    sandbox, documents, live_service, with_file, person
):
    email = with_file(validate_users_email=True)

    answer = send(sandbox, live_service, email, person, person["email_address"])

    path, key = place(text_of(sandbox, live_service, answer.json()["id"])["a.pdf"])
    told = documents("GET", f"{path}/check", key=key).json()["document"]
    assert told["confirm_email"] is True


def test_the_other_placeholders_are_still_asked_for(
    sandbox, live_service, with_file, person
):
    email = with_file()

    answer = send(
        sandbox, live_service, email, person, "a@example.com", personalisation={}
    )

    assert answer.json()["message"] == "Missing personalisation: name"


def test_a_file_that_is_not_in_its_bucket_cannot_be_sent(
    sandbox, live_service, with_file, person
):
    email = with_file(content=b"")

    answer = send(sandbox, live_service, email, person, person["email_address"])

    assert answer.status_code == 500


def test_the_rows_of_a_spreadsheet_get_links(
    sandbox,
    live_service,
    with_file,
    new_job,  # noqa: F811
):
    email = with_file()
    text = "email address,name\na@example.com,Ann\nb@example.com,Ben\n"

    job = new_job(live_service, email, text)["data"]

    path = f"/service/{live_service['id']}/job/{job['id']}/notifications"
    sandbox.wait_for(path, lambda found: len(found["notifications"]), 2)
    found = sandbox.get(path)["notifications"]
    links = {json.dumps(one["personalisation"]["a.pdf"]) for one in found}
    assert len(links) == 2


def test_the_outbox_leads_to_the_file(sandbox, live_service, with_file, person):
    email = with_file(link_text="the map")
    to = person["email_address"]
    send(sandbox, live_service, email, person, to)

    sandbox.wait_for(
        f"/service/{live_service['id']}/notifications",
        lambda found: found["notifications"][0]["status"] in ("created", "sending"),
        False,
    )
    page = requests.get(
        f"{sandbox.base_url}/_sandbox/outbox", params={"to": to}, timeout=10
    ).text

    assert re.search(r'<a href="http://localhost:8000/d/[^"]+">the map</a>', page)
