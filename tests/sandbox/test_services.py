from __future__ import annotations

import uuid

import pytest

from tests.sandbox.conftest import new_person, new_service


def refused(sandbox, path, data, status=400):
    return sandbox.post(path, data, status)["message"]


def go_live(sandbox, service):
    return sandbox.post(f"/service/{service['id']}", {"restricted": False})


@pytest.mark.parametrize(
    ("name", "local_part"),
    [
        ("Parks & Trees Team", "parks.trees.team"),
        ("  Cyngor Ŵyr {}", "cyngor.wyr.{}"),
        ("É-Service {}", "eservice.{}"),
    ],
)
def test_the_sender_of_emails_comes_from_the_name(sandbox, person, name, local_part):
    word = uuid.uuid4().hex

    made = new_service(sandbox, person, name=name.format(word))

    assert made["email_sender_local_part"] == local_part.format(word)


def test_names_that_differ_in_punctuation_alone_are_the_same(sandbox, person, service):
    taken = service["name"].replace("Service ", "Service & ")
    data = {"name": taken, "created_by": person["id"]}
    other = new_service(sandbox, person)

    message = refused(sandbox, f"/service/{other['id']}", data)

    assert message == {"name": [f"Duplicate service name '{taken}'"]}


def test_a_name_without_latin_letters_is_refused(sandbox, service):
    message = refused(sandbox, f"/service/{service['id']}", {"name": "Служба"})

    assert list(message) == ["normalised_service_name"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": None}, "Field may not be null."),
        ({"name": 5}, "Not a valid string."),
        ({"name": "x" * 256}, "Longer than maximum length 255."),
        ({"sms_message_limit": "many"}, "Not a valid integer."),
        ({"restricted": "perhaps"}, "Not a valid boolean."),
        ({"go_live_at": "2030-01-01T00:00:00Z"}, "Not a valid datetime."),
    ],
)
def test_a_wrong_value_is_named(sandbox, service, change, sentence):
    message = refused(sandbox, f"/service/{service['id']}", change)

    assert message == {next(iter(change)): [sentence]}


def test_all_wrong_values_are_named_at_once(sandbox, service):
    change = {"rate_limit": "x", "count_as_live": "x"}

    message = refused(sandbox, f"/service/{service['id']}", change)

    assert set(message) == {"rate_limit", "count_as_live"}


def test_a_refused_change_changes_nothing(sandbox, service):
    path = f"/service/{service['id']}"

    refused(sandbox, path, {"notes": "new", "permissions": ["flying"]})

    assert sandbox.get(path)["data"]["notes"] is None
    assert len(sandbox.get(f"{path}/history")["data"]["service_history"]) == 1


def test_members_are_told_that_their_service_is_live(sandbox, service, person):
    go_live(sandbox, service)

    (text,) = sandbox.sent_to(person["email_address"])
    assert service["name"] in text


def test_a_service_of_a_platform_admin_does_not_count_as_live(sandbox):
    admin = {"id": "22222222-0000-4000-8000-000000000001"}

    assert new_service(sandbox, admin)["count_as_live"] is False


def test_a_live_service_keeps_two_managers(sandbox, service, person):
    go_live(sandbox, service)
    other = new_person(sandbox)
    path = f"/service/{service['id']}/users/{other['id']}"
    sandbox.post(path, {"permissions": [{"permission": "manage_settings"}]})

    answer = sandbox.delete(path, 400)

    assert answer["message"] == "User cannot be removed from the service"


def test_a_service_can_do_without_somebody_who_does_not_manage_it(sandbox, service):
    go_live(sandbox, service)
    path = f"/service/{service['id']}/users/{new_person(sandbox)['id']}"
    sandbox.post(path, {"permissions": [{"permission": "view_activity"}]})

    sandbox.delete(path)


def test_the_last_manager_stays_one(sandbox, service, person):
    path = f"/user/{person['id']}/service/{service['id']}/permission"

    message = refused(sandbox, path, {"permissions": []})

    assert message.endswith("too few users with manage_settings")


def test_an_unknown_permission_leaves_the_old_ones(sandbox, service, person):
    path = f"/user/{person['id']}/service/{service['id']}/permission"

    refused(sandbox, path, {"permissions": [{"permission": "fly"}]}, 404)

    found = sandbox.get(f"/user/{person['id']}")["data"]
    assert "manage_users" in found["permissions"][service["id"]]


def test_a_path_without_its_slash_is_sent_on_with_the_body(sandbox):
    answer = sandbox.call(
        "POST", "/letter-branding/get-unique-name", {"name": "Nobody has this"}
    )

    assert [step.status_code for step in answer.history] == [308]
    assert answer.json() == {"name": "Nobody has this"}
