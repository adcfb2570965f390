"""The table of what is answered how is that of the managers as they are."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import NotSupportedError

from portal.inbound.models import InboundSms
from portal.remote import described
from portal.remote.asked import Asked, hearing
from portal.services.models import Service
from tests.builders import new_id


@pytest.fixture(scope="module")
def lines():
    found = described.table().splitlines()
    return {line.split("`")[1]: line for line in found if line.startswith("| `")}


def test_the_documents_table_is_current():
    text = described.README.read_text(encoding="utf-8")

    assert described.with_table(text) == text, "Run manage.py describe_mirror."


def test_the_command_writes_the_table(tmp_path, monkeypatch):
    document = tmp_path / "README.md"
    document.write_text("Before\n<!-- table -->\nold\n<!-- end of table -->\nAfter\n")
    monkeypatch.setattr(
        "portal.remote.management.commands.describe_mirror.README", document
    )

    call_command("describe_mirror", stdout=io.StringIO())

    written = document.read_text()
    assert written.startswith("Before\n<!-- table -->\n| Model |")
    assert written.endswith("<!-- end of table -->\nAfter\n")
    assert "\nold\n" not in written


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("services.Service", "`active=True`: `GET /service (only_active=True)`"),
        ("services.ServiceSmsSender", "by `service`: `GET /service/<service>/sms-s"),
        ("services.ServiceSmsSender", "| `archived=True` |"),
        ("inbound.InboundSms", "(phone_number=<user_number>)`"),
        ("users.User", "by `state=active`: `POST /platform-admin/users-list`"),
        ("jobs.Job", "pages of 50, by `-created_at` only"),
        ("api_keys.ApiKey", "by `id`: the `service` is looked up first"),
        ("api_keys.ApiKey", "made<br>changed<br>revoked"),
        ("platform.Event", "| made |"),
    ],
)
def test_a_line_says_what_a_manager_does(lines, label, told):
    assert told in lines[label]


def test_the_table_has_a_line_or_a_word_on_every_model(lines):
    text = described.table()

    for model in described.mirror_models():
        if model.__module__.startswith("portal."):
            assert f"`{model._meta.label}`" in text


def test_nothing_is_sent_while_hearing():
    with hearing(), pytest.raises(Asked) as asked:
        list(InboundSms.objects.filter(service=new_id(), user_number="07700900001"))

    assert asked.value.request.method == "POST"
    with hearing(), pytest.raises(NotSupportedError):
        list(Service.objects.order_by("?"))
