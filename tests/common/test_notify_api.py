"""``manage.py notify_api``: any method of any client, from the shell."""

from __future__ import annotations

import inspect
import io
import json
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from portal.common.management.commands.notify_api import methods_of, ready_made

EVERY_METHOD = [
    (client_name, method_name)
    for client_name, client in ready_made().items()
    for method_name in methods_of(client)
]


def notify_api(*args):
    out = io.StringIO()
    call_command("notify_api", *args, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("client_name", "method_name"), EVERY_METHOD)
def test_every_method_can_be_called_with_all_its_arguments(client_name, method_name):
    client = ready_made()[client_name]
    parameters = inspect.signature(getattr(client, method_name)).parameters.values()
    kinds = {one.name: one.kind.name for one in parameters}
    names = [
        "an_attribute" if kind == "VAR_KEYWORD" else name
        for name, kind in kinds.items()
        if kind != "VAR_POSITIONAL"
    ]
    lists = [f"{name}=[1]" for name in kinds if name not in {*names, "kwargs"}]
    method = mock.create_autospec(getattr(client, method_name), return_value={"a": 1})

    with mock.patch.object(client, method_name, method):
        said = notify_api(
            client_name, method_name, *lists, *[f"{name}=1" for name in names]
        )

    method.assert_called_once_with(*[1 for _ in lists], **dict.fromkeys(names, 1))
    assert json.loads(said) == {"a": 1}


def test_the_answer_is_readable_json(api):
    api.get("/service/s", json={"data": {"name": "Café"}})

    assert notify_api("service_api_client", "get_service", "service_id=s") == (
        '{\n  "data": {\n    "name": "Café"\n  }\n}\n'
    )


def test_a_client_has_a_short_name(api):
    api.get("/service/s", json={"data": {}})

    assert notify_api("service", "get_service", "service_id=s")


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("false", False), ('["a"]', ["a"]), ("07700 900900", "07700 900900")],
)
def test_values_are_json_where_they_can_be(api, text, value):
    api.post("/service/s", json={})

    notify_api("service", "update_service", "service_id=s", f"notes={text}")

    assert json.loads(api.calls[0].request.body)["notes"] == value


def test_a_file_can_be_given(api, settings, tmp_path):
    settings.DOCUMENT_DOWNLOAD_API_HOST = "http://api.test"
    path = tmp_path / "a.txt"
    path.write_bytes(b"Hello")
    api.post("/services/s/antivirus-and-mimetype-check", json={})

    notify_api(
        "document_download",
        "file_check_and_antivirus_scan",
        "service_id=s",
        "file_name=a.txt",
        f"file_bytes=@{path}",
    )

    assert json.loads(api.calls[0].request.body)["document"] == "SGVsbG8="


def test_the_call_is_made_on_behalf_of_someone(api):
    api.post("/service/s/api-key/revoke/k", json={})

    notify_api(
        "api_key", "revoke_api_key", "service_id=s", "key_id=k", "--user", "somebody"
    )

    assert json.loads(api.calls[0].request.body) == {"created_by": "somebody"}


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["servce_api_client"], "service_api_client"),
        (["service", "get_servic"], "get_service"),
        (["service", "get_service", "servce_id=1"], "service_id"),
        (["service", "get_service", "1"], "Write '1' as key=value."),
        (["service", "get_service"], "service_id"),
        (["service", "update_service", "service_id=s", "made_up=1"], "made_up"),
        (
            [
                "document_download",
                "file_check_and_antivirus_scan",
                "service_id=s",
                "file_name=a",
                "file_bytes=@/nowhere",
            ],
            "/nowhere cannot be read",
        ),
    ],
)
def test_a_wrong_name_or_argument_is_answered_with_what_is_near(args, says):
    with pytest.raises(CommandError, match=says) as caught:
        notify_api(*args)

    assert caught.value.returncode == 1


def test_a_refusal_of_the_api_is_a_sentence(api):
    api.get("/service/s", status=404, json={"message": "No result found"})

    with pytest.raises(CommandError, match="answered 404: No result found") as caught:
        notify_api("service", "get_service", "service_id=s")

    assert caught.value.returncode == 1


def test_an_api_that_does_not_answer_is_a_sentence(api):
    api.get("/service/s", status=503)

    with pytest.raises(CommandError, match=r"The service is not available at the"):
        notify_api("service", "get_service", "service_id=s")


def test_a_folder_that_does_not_exist_is_a_sentence(api):
    api.get("/service/s/template-folder", json={"template_folders": []})

    with pytest.raises(CommandError, match="there is no such thing"):
        notify_api(
            "template_folder", "get_template_folder", "service_id=s", "folder_id=f"
        )


def test_no_token_is_ever_printed(api, settings):
    secrets = {"token": "t-o-k-e-n", "current_session_id": "s-e-s-s", "password": None}
    api.get(
        "/service/s/callback-api/c", json={"data": [{"bearer_token": "b"}, secrets]}
    )

    said = notify_api(
        "service",
        "get_service_callback_api",
        "service_id=s",
        "callback_api_id=c",
        "callback_type=delivery_status",
    )

    hidden = "(hidden)"
    assert json.loads(said) == [
        {"bearer_token": hidden},
        {"token": hidden, "current_session_id": hidden, "password": None},
    ]
    assert api.calls[0].request.headers["Authorization"].split()[1] not in said
    assert settings.ADMIN_CLIENT_SECRET not in said


def test_clients_and_methods_are_listed():
    assert "service_api_client" in notify_api().splitlines()
    assert "get_service(service_id)" in notify_api("service").splitlines()
