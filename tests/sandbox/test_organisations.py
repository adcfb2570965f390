from __future__ import annotations

import uuid

import pytest

from tests.sandbox.conftest import new_person, new_service

PLATFORM_ADMIN = "22222222-0000-4000-8000-000000000001"


def new_organisation(sandbox, **overrides):
    data = {
        "name": f"Organisation {uuid.uuid4().hex}",
        "crown": True,
        "organisation_type": "central",
    }
    return sandbox.post("/organisations", data | overrides)


def new_email_brand(sandbox):
    name = uuid.uuid4().hex
    return sandbox.post("/email-branding", {"name": name, "alt_text": name})["data"]


@pytest.fixture
def organisation(sandbox):
    return new_organisation(sandbox)


@pytest.fixture
def path(organisation):
    return f"/organisations/{organisation['id']}"


def link(sandbox, organisation, service):
    sandbox.post(
        f"/organisations/{organisation['id']}/service", {"service_id": service["id"]}
    )


def test_a_new_service_belongs_to_the_organisation_of_its_creators_address(
    sandbox, path, organisation
):
    domain = f"{uuid.uuid4().hex}.gov.uk"
    sandbox.post(path, {"domains": [domain], "organisation_type": "local"})
    person = new_person(
        sandbox, email_address=f"{uuid.uuid4().hex}@team.{domain.upper()}"
    )

    made = new_service(sandbox, person, organisation_type="central")

    assert made["organisation"] == organisation["id"]
    assert made["organisation_type"] == "local"


def test_services_follow_a_change_of_type(sandbox, path, organisation, service):
    link(sandbox, organisation, service)

    sandbox.post(path, {"organisation_type": "nhs_gp"})

    found = sandbox.get(f"/service/{service['id']}")["data"]
    assert found["organisation_type"] == "nhs_gp"


def test_a_service_takes_its_organisations_brand_but_keeps_its_own(
    sandbox, path, organisation, person
):
    plain, branded = (new_service(sandbox, person) for _ in range(2))
    own, default = (new_email_brand(sandbox) for _ in range(2))
    sandbox.post(f"/service/{branded['id']}", {"email_branding": own["id"]})
    link(sandbox, organisation, plain)
    link(sandbox, organisation, branded)

    sandbox.post(path, {"email_branding_id": default["id"]})

    brands = [
        sandbox.get(f"/service/{made['id']}")["data"]["email_branding"]
        for made in (plain, branded)
    ]
    assert brands == [default["id"], own["id"]]


def test_an_organisation_of_the_nhs_gets_its_brand(sandbox):
    made = new_organisation(sandbox, organisation_type="nhs_local", crown=False)

    brand = sandbox.get(f"/email-branding/{made['email_branding_id']}")
    assert brand["email_branding"]["name"] == "NHS"
    pool = sandbox.get(f"/organisations/{made['id']}/letter-branding-pool")["data"]
    assert [brand["name"] for brand in pool] == ["NHS"]


def test_a_domain_belongs_to_one_organisation(sandbox, path):
    domain = f"{uuid.uuid4().hex}.gov.uk"
    sandbox.post(path, {"domains": [domain]})
    other = new_organisation(sandbox)

    answer = sandbox.post(
        f"/organisations/{other['id']}", {"domains": [domain.upper()]}, 400
    )

    assert answer["message"] == "Domain already exists"


def test_the_longest_domain_decides(sandbox, path, organisation):
    domain = f"{uuid.uuid4().hex}.gov.uk"
    parent = new_organisation(sandbox)
    sandbox.post(f"/organisations/{parent['id']}", {"domains": [domain]})
    sandbox.post(path, {"domains": [f"sub.{domain}"]})

    found = sandbox.get(f"/organisations/by-domain?domain=a.sub.{domain}")

    assert found["id"] == organisation["id"]


def test_a_pending_invitation_keeps_an_organisation_from_being_archived(
    sandbox, path, organisation
):
    invite = {"email_address": "a@example.gov.uk", "invited_by": PLATFORM_ADMIN}
    sandbox.post(f"/organisation/{organisation['id']}/invite", invite)

    answer = sandbox.post(f"{path}/archive", status=400)

    assert "invited team members" in answer["message"]


def test_archiving_frees_name_and_domains(sandbox, path, organisation):
    domain = f"{uuid.uuid4().hex}.gov.uk"
    sandbox.post(path, {"domains": [domain]})

    sandbox.post(f"{path}/archive")

    again = new_organisation(sandbox, name=organisation["name"])
    sandbox.post(f"/organisations/{again['id']}", {"domains": [domain]})


def test_a_name_too_long_for_its_column_is_refused_and_nothing_kept(sandbox, path):
    answer = sandbox.post(path, {"notes": "kept?", "name": "x" * 256}, 404)

    assert answer["message"] == "No result found"
    assert sandbox.get(path)["notes"] is None
