"""Queries about people, and the calls that answer them."""

from __future__ import annotations

import pytest
from django.db import NotSupportedError

from portal.users.models import User
from tests.builders import new_id, user

pytestmark = pytest.mark.django_db

SERVICE = new_id()
ANN = user(
    name="Ann",
    services=[SERVICE],
    permissions={
        SERVICE: ["send_texts", "send_emails", "send_letters", "manage_users"]
    },
)


@pytest.fixture
def ann(api):
    api.get(f"/user/{ANN['id']}", json={"data": ANN})
    return User.objects.get(pk=ANN["id"])


def test_a_shown_permission_needs_all_its_stored_ones(ann):
    assert ann.permissions_for_service(SERVICE) == {"send_messages"}
    assert ann.has_permission_for_service(SERVICE, "send_messages")
    assert not ann.has_permission_for_service(SERVICE, "manage_service")
    assert not ann.has_permission_for_service(new_id(), "send_messages")


def test_memberships(ann):
    assert ann.belongs_to_service(SERVICE)
    assert ann.service_ids == [SERVICE]
    assert ann.organisation_ids == []
    assert not ann.belongs_to_organisation(new_id())


def test_the_password_is_not_shown(ann):
    with pytest.raises(NotSupportedError, match="does not show password of users"):
        str(ann.password)


@pytest.mark.parametrize(
    ("lookup", "found"), [("email_address__iexact", 1), ("email_address", 0)]
)
def test_an_address_is_found_whatever_its_case(api, lookup, found):
    api.post("/user/email", json={"data": ANN})

    assert User.objects.filter(**{lookup: "ANN@example.gov.uk"}).count() == found


def test_an_unknown_address_is_nobodys(api):
    api.post("/user/email", status=404, json={"message": "No result found"})

    assert not User.objects.filter(email_address="x@example.gov.uk").exists()


def test_what_is_no_address_is_nobodys(api):
    told = {"email": ["Not a valid email address"]}
    api.post("/user/email", status=400, json={"result": "error", "message": told})

    assert not User.objects.filter(email_address="x").exists()


def test_the_team_of_a_service(api):
    api.get(f"/service/{SERVICE}/users", json={"data": [ANN, user(state="pending")]})

    team = User.objects.for_service(SERVICE)

    assert team.count() == 2
    assert [person.name for person in team.active()] == ["Ann"]


def test_everybody_is_too_many():
    with pytest.raises(NotSupportedError, match="lists active users only"):
        list(User.objects.all())


def test_a_column_that_may_not_be_changed_is_refused(ann):
    ann.state = "inactive"

    with pytest.raises(NotSupportedError, match="state of users"):
        ann.save()
