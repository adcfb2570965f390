"""Queries about services and organisations, and the calls that answer them."""

from __future__ import annotations

import json

import pytest
from django.db import NotSupportedError

from portal.organisations.models import Organisation
from portal.remote import context
from portal.remote.errors import InvalidResponse
from portal.services.models import Service
from tests.builders import new_id, organisation, service

pytestmark = pytest.mark.django_db

COUNCIL = organisation(name="Example Council")
PARKING = service(name="Parking permits", organisation=COUNCIL["id"])
LIBRARY = service(name="Library cards", restricted=True)
OLD = service(name="Old pages", active=False)


@pytest.fixture
def all_services(api):
    api.get("/service", json={"data": [PARKING, LIBRARY, OLD]})


def names(queryset):
    return sorted(obj.name for obj in queryset)


def made(api_calls):
    return [f"{call.method} {call.route}" for call in api_calls]


def test_a_service_has_columns_relations_and_what_is_beyond(api):
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})

    found = Service.objects.get(pk=PARKING["id"])

    assert str(found.organisation_id) == COUNCIL["id"]
    assert found.has_permission("letter")
    assert not found.has_permission("inbound_sms")
    assert found.email_branding_id is None
    assert found.is_live


def test_a_service_is_read_once_for_many_pages(api, api_calls):
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})

    for _ in range(3):
        Service.objects.get(pk=PARKING["id"])

    assert len(api_calls) == 1


def test_live_and_trial_services(all_services):
    assert names(Service.objects.live()) == ["Parking permits"]
    assert names(Service.objects.trial()) == ["Library cards"]


def test_active_ones_are_asked_for_as_such(api):
    active = api.get("/service", json={"data": [PARKING, LIBRARY]})

    list(Service.objects.filter(active=True))

    assert active.calls[0].request.params == {"only_active": "True"}


def test_the_services_of_a_person(api):
    pk = new_id()
    own = api.get("/service", json={"data": [PARKING, OLD]})

    assert names(Service.objects.for_user(pk).filter(active=True)) == [
        "Parking permits"
    ]
    assert own.calls[0].request.params == {"user_id": pk}


def test_the_services_of_an_organisation(api, api_calls):
    brief = {name: PARKING[name] for name in ("id", "name", "active", "restricted")}
    api.get(f"/organisations/{COUNCIL['id']}/services", json=[brief])

    found = Service.objects.for_organisation(COUNCIL["id"]).get()

    assert str(found.organisation_id) == COUNCIL["id"]
    assert made(api_calls) == ["GET /organisations/<id>/services"]


def test_the_organisations_of_services_are_read_from_one_cached_list(
    api, all_services, api_calls
):
    other = organisation(name="Other")
    api.get("/organisations", json=[COUNCIL, other])
    api.get(
        "/service",
        json={"data": [PARKING, {**LIBRARY, "organisation": other["id"]}]},
    )
    list(Service.objects.all())

    found = Service.objects.select_related("organisation").order_by("name")

    assert [s.organisation.name for s in found] == ["Other", "Example Council"]
    assert made(api_calls) == ["GET /service", "GET /service", "GET /organisations"]


def test_a_change_is_sent_under_the_apis_names(api):
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})
    api.post(f"/service/{PARKING['id']}", json={"data": {**PARKING, "rate_limit": 9}})
    found = Service.objects.get(pk=PARKING["id"])
    found.rate_limit = 9
    pat = new_id()
    found.go_live_user_id = pat

    with context.scope(user_id=pat):
        found.save()

    sent = [call.request for call in api.calls if call.request.method == "POST"]
    assert json.loads(sent[0].body) == {
        "created_by": pat,
        "rate_limit": 9,
        "go_live_user": pat,
    }


def test_what_the_api_does_not_let_be_changed_is_refused(api):
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})
    found = Service.objects.get(pk=PARKING["id"])
    found.email_sender_local_part = "x"

    with pytest.raises(NotSupportedError, match="email_sender_local_part of services"):
        found.save()


def test_a_column_that_the_api_never_shows_is_refused(api):
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})
    found = Service.objects.get(pk=PARKING["id"])

    with pytest.raises(NotSupportedError, match="does not show"):
        str(found.normalised_service_name)


def test_archiving_names_the_team_whose_permissions_end(api, api_calls):
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})
    api.get(f"/service/{PARKING['id']}/users", json={"data": []})
    api.post(f"/service/{PARKING['id']}/archive", status=204)

    Service.objects.get(pk=PARKING["id"]).delete()

    assert made(api_calls)[-1] == "POST /service/<id>/archive"


def test_a_new_organisation_gets_its_other_details_at_once(api, api_calls):
    api.post("/organisations", status=201, json=COUNCIL)
    api.post(f"/organisations/{COUNCIL['id']}", status=204)

    made_one = Organisation.objects.create(
        name="Example Council", organisation_type="local", notes="New"
    )

    assert str(made_one.pk) == COUNCIL["id"]
    assert made_one.notes == "New"
    assert json.loads(api.calls[-1].request.body) == {"notes": "New"}


@pytest.mark.parametrize(
    "shape", [None, [], {}, "text", {"data": None}, {"data": ["x"]}]
)
def test_an_answer_of_another_shape_is_an_invalid_one(api, shape):
    api.get("/service", json=shape)

    with pytest.raises(InvalidResponse):
        list(Service.objects.all())
