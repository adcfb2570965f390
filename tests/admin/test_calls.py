"""What each page of the admin asks of the API."""

from __future__ import annotations

import pytest

from portal.common.audit import record
from tests.builders import (
    MOMENT,
    api_key,
    invitation,
    new_id,
    organisation,
    provider,
    service,
    template,
    user,
)

COUNCIL = organisation(name="Example Council")
PARKING = service(name="Parking permits", organisation=COUNCIL["id"])
ANN = user(name="Ann", email_address="ann@example.gov.uk", services=[PARKING["id"]])
READY = template(name="Permit ready", service=PARKING["id"])
KEY = api_key(name="Website", created_by=ANN["id"])
MMG = provider(display_name="MMG")
SCOPE = f"?service__id__exact={PARKING['id']}"
KEPT = f"?_changelist_filters=service__id__exact%3D{PARKING['id']}"

SERVICE = f"/admin/services/service/{PARKING['id']}"
ORGANISATION = f"/admin/organisations/organisation/{COUNCIL['id']}"
PERSON = f"/admin/users/user/{ANN['id']}"
TEMPLATE = f"/admin/message_templates/template/{READY['id']}"
API_KEY = f"/admin/api_keys/apikey/{KEY['id']}"
PROVIDER = f"/admin/providers/providerdetails/{MMG['id']}"
ONE_SERVICE = "GET /service/<id>"
ONE_TEMPLATE = "GET /service/<id>/template/<id>"
TEAM = "GET /service/<id>/users"
KEYS = "GET /service/<id>/api-keys"

PAGES = {
    "/admin/": [],
    "/admin/services/": [],
    "/admin/services/service/": ["GET /service", "GET /organisations/<id>"],
    "/admin/services/service/add/": [],
    f"{SERVICE}/change/": [ONE_SERVICE, "GET /organisations/<id>"],
    f"{SERVICE}/delete/": [ONE_SERVICE],
    f"{SERVICE}/history/": [ONE_SERVICE],
    "/admin/organisations/organisation/": ["GET /organisations"],
    "/admin/organisations/organisation/add/": [],
    f"{ORGANISATION}/change/": [
        "GET /organisations/<id>",
        "GET /organisations/<id>/email-branding-pool",
        "GET /organisations/<id>/letter-branding-pool",
    ],
    f"{ORGANISATION}/delete/": ["GET /organisations/<id>"],
    f"{ORGANISATION}/history/": ["GET /organisations/<id>"],
    "/admin/users/user/": ["POST /platform-admin/users-list"],
    f"{PERSON}/change/": ["GET /user/<id>", "GET /service"],
    f"{PERSON}/delete/": ["GET /user/<id>"],
    f"{PERSON}/history/": ["GET /user/<id>"],
    "/admin/message_templates/template/": [],
    f"/admin/message_templates/template/{SCOPE}": [
        ONE_SERVICE,
        "GET /service/<id>/template",
    ],
    "/admin/message_templates/template/add/": [],
    f"/admin/message_templates/template/add/{KEPT}": [ONE_SERVICE],
    f"{TEMPLATE}/change/{KEPT}": [ONE_TEMPLATE, ONE_SERVICE],
    f"{TEMPLATE}/delete/{KEPT}": [ONE_TEMPLATE],
    f"{TEMPLATE}/history/{KEPT}": [ONE_TEMPLATE],
    "/admin/api_keys/apikey/": [],
    f"/admin/api_keys/apikey/{SCOPE}": [ONE_SERVICE, KEYS, TEAM],
    f"{API_KEY}/change/{KEPT}": [KEYS, ONE_SERVICE, "GET /user/<id>"],
    f"{API_KEY}/delete/{KEPT}": [KEYS],
    f"{API_KEY}/history/{KEPT}": [KEYS],
    "/admin/providers/providerdetails/": ["GET /provider-details"],
    f"{PROVIDER}/change/": ["GET /provider-details/<id>"],
    f"{PROVIDER}/history/": [
        "GET /provider-details/<id>",
        "GET /provider-details/<id>/versions",
    ],
    "/admin/common/auditevent/": [],
}


@pytest.fixture
def world(api):
    """All that the pages may ask; what is not asked is no fault here."""
    api.assert_all_requests_are_fired = False
    api.get("/service", json={"data": [PARKING]})
    api.get("/organisations", json=[COUNCIL])
    api.get(f"/organisations/{COUNCIL['id']}", json=COUNCIL)
    for pool in ("email-branding-pool", "letter-branding-pool"):
        api.get(f"/organisations/{COUNCIL['id']}/{pool}", json={"data": []})
    path = f"/service/{PARKING['id']}"
    api.get(path, json={"data": PARKING})
    api.get(f"{path}/template", json={"data": [READY]})
    api.get(f"{path}/template/{READY['id']}", json={"data": READY})
    api.get(f"{path}/users", json={"data": [ANN]})
    api.get(f"{path}/api-keys", json={"apiKeys": [KEY]})
    api.get(f"/user/{ANN['id']}", json={"data": ANN})
    api.post("/platform-admin/users-list", json={"data": [{**ANN, "services": []}]})
    api.get("/provider-details", json={"provider_details": [MMG]})
    one = f"/provider-details/{MMG['id']}"
    api.get(one, json={"provider_details": MMG})
    api.get(f"{one}/versions", json={"data": []})


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_more_than_it_needs(pat, world, asked, path):
    assert pat.get(path).status_code == 200

    assert asked() == PAGES[path]


def test_an_event_of_the_audit_log_asks_nothing(pat, asked):
    event = record(
        actor="Pat",
        action="changed",
        model="services.service",
        object_id=PARKING["id"],
        object_repr="Parking permits",
        before={
            "organisation_type": "nhs_gp",
            "restricted": True,
            "permissions": ["sms"],
        },
        after={"organisation_type": "local", "restricted": False, "permissions": []},
    )

    page = pat.get(f"/admin/common/auditevent/{event.pk}/change/").content.decode()

    assert asked() == []
    for words in (
        "Type of organisation",
        "GP surgery",
        "Local government",
        "Send text messages",
    ):
        assert words in page
    assert "nhs_gp" not in page
    assert "/history/" not in page
    history = f"/admin/common/auditevent/{event.pk}/history/"
    assert pat.get(history).status_code == 404


@pytest.mark.parametrize(
    ("app", "model", "field", "route", "answer"),
    [
        ("services", "service", "organisation", "/organisations", [COUNCIL]),
        (
            *("message_templates", "template", "service"),
            *("/service/find-services-by-name", {"data": [PARKING]}),
        ),
    ],
)
def test_a_choosing_box_asks_once(pat, api, asked, app, model, field, route, answer):
    api.get(route, json=answer)
    query = {"app_label": app, "model_name": model, "field_name": field, "term": "P"}

    found = pat.get("/admin/autocomplete/", query).json()["results"]

    assert asked() == [f"GET {route}"]
    assert len(found) == 1


HUNDRED = range(100)


def hundred_keys(api):
    people = [user(name=f"Person {n}") for n in HUNDRED]
    keys = [
        api_key(name=f"Key {n}", created_by=person["id"])
        for n, person in enumerate(people)
    ]
    api.get(f"/service/{PARKING['id']}/api-keys", json={"apiKeys": keys})
    # Some have left the team.
    api.get(f"/service/{PARKING['id']}/users", json={"data": people[:90]})


def hundred_invitations(api):
    people = [user(name=f"Person {n}") for n in HUNDRED]
    made = [invitation(service=PARKING["id"], from_user=one["id"]) for one in people]
    api.get(f"/service/{PARKING['id']}/invite", json={"data": made})
    api.get(f"/service/{PARKING['id']}/users", json={"data": people})


def hundred_services(api):
    councils = [organisation(name=f"Council {n}") for n in HUNDRED]
    services = [
        service(name=f"Service {one['name']}", organisation=one["id"])
        for one in councils
    ]
    api.get("/service", json={"data": services})
    api.get("/organisations", json=councils)


def hundred_numbers(api):
    numbers = [
        {
            "id": new_id(),
            "number": f"07700900{n:03}",
            "provider": "mmg",
            "service": {"id": new_id(), "name": f"Service {n}"},
            "active": True,
            "created_at": MOMENT,
            "updated_at": None,
        }
        for n in HUNDRED
    ]
    api.get("/inbound-number", json={"data": numbers})


@pytest.mark.parametrize(
    ("path", "fill", "name"),
    [
        (f"/admin/api_keys/apikey/{SCOPE}", hundred_keys, "Person 89"),
        (f"/admin/invites/inviteduser/{SCOPE}", hundred_invitations, "Person 99"),
        ("/admin/services/service/", hundred_services, "Council 99"),
        ("/admin/inbound/inboundnumber/", hundred_numbers, "Service 99"),
    ],
)
def test_a_hundred_rows_with_their_relations_ask_each_endpoint_once(
    pat, api, asked, path, fill, name
):
    api.assert_all_requests_are_fired = False
    api.get(f"/service/{PARKING['id']}", json={"data": PARKING})
    fill(api)

    page = pat.get(path)

    assert len(page.context["cl"].result_list) == 100
    assert name in page.content.decode()
    calls = asked()
    assert len(calls) == len(set(calls))
    assert len(calls) <= 3
