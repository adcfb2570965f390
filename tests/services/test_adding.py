"""Setting a service up."""

from __future__ import annotations

import json

import pytest

from tests.builders import new_id, organisation, service, template
from tests.users.personas import SERVICE_ID, USER_ID, outsider, sign_in, staff

pytestmark = pytest.mark.django_db

NAME = "/add-service/name-your-service"


def body(call):
    return json.loads(call.request.body)


@pytest.fixture
def browser(client, api):
    """The browser of somebody with a service already."""
    return sign_in(client, staff("view_activity", service_id=new_id()), api)


@pytest.fixture
def of_council(api):
    """Let the person's address belong to a council."""
    return api.get("/organisations/by-domain", json=organisation())


@pytest.fixture
def of_nobody(api):
    """Let the person's address belong to no organisation."""
    return api.get(
        "/organisations/by-domain", status=404, json={"message": "No result found"}
    )


@pytest.fixture
def makes(api):
    """Let the API make a service."""
    return api.post(
        "/service", status=201, json={"data": service(id=SERVICE_ID, restricted=True)}
    )


def test_a_service_begins_in_trial_mode(browser, of_council, makes):
    response = browser.post(NAME, {"name": "Tree care"})

    assert response["Location"] == f"/services/{SERVICE_ID}"
    assert body(makes.calls[0]) == {
        "name": "Tree care",
        "organisation_type": "local",
        "active": True,
        "restricted": True,
        "email_message_limit": 50,
        "sms_message_limit": 50,
        "letter_message_limit": 50,
        "international_sms_message_limit": 50,
        "user_id": USER_ID,
        "created_by": USER_ID,
    }


def test_who_runs_it_is_asked_where_nobody_knows(browser, of_nobody, makes):
    asked = browser.post(NAME, {"name": "Tree care"})
    response = browser.post(NAME, {"name": "Tree care", "organisation_type": "nhs_gp"})

    assert list(asked.context["form"].errors) == ["organisation_type"]
    assert response.status_code == 302
    assert body(makes.calls[0])["organisation_type"] == "nhs_gp"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter a name"),
        ("–", "at least 2 letters"),
        ("x", "at least 2 letters"),
        ("y" * 144, "143 characters"),
    ],
)
def test_a_name_says_something(browser, of_council, name, sentence):
    response = browser.post(NAME, {"name": name})

    assert response.status_code == 400
    assert sentence in response.context["form"].errors["name"][0]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name": ["Duplicate service name 'Tree care'"]}, "“Tree care” already"),
        ({"normalised_service_name": ["Unsafe characters"]}, "does not accept"),
    ],
)
def test_a_name_that_is_refused_is_told_at_the_field(
    browser, of_council, api, told, sentence
):
    api.post("/service", status=400, json={"result": "error", "message": told})

    response = browser.post(NAME, {"name": "Tree care"})

    assert sentence in response.context["form"].errors["name"][0]
    assert 'value="Tree care"' in response.content.decode()


def test_a_form_that_is_sent_twice_makes_one_service(browser, of_council, makes):
    form_id = str(browser.get(NAME).context["form"]["form_id"].value())
    answers = [
        browser.post(NAME, {"name": "Tree care", "form_id": form_id}) for _ in range(2)
    ]

    assert {answer["Location"] for answer in answers} == {f"/services/{SERVICE_ID}"}
    assert makes.call_count == 1


def test_people_may_join_a_service_in_place_of_making_one(browser, api):
    told = organisation(permissions=["can_ask_to_join_a_service"])
    api.get("/organisations/by-domain", json=told)

    page = browser.get("/add-service").content.decode()

    assert 'href="/join-a-service/choose"' in page
    assert f'href="{NAME}"' in page


def test_others_go_straight_to_the_name(browser, of_nobody):
    assert browser.get("/add-service")["Location"] == NAME


def test_only_people_of_the_public_sector_make_services(client, api, settings):
    settings.PORTAL_EMAIL_DOMAINS = ["gov.uk"]
    api.get("/organisations", json=[])
    browser = sign_in(client, outsider(email_address="a@example.com"), api)

    assert browser.get("/add-service").status_code == 403
    assert browser.post(NAME, {"name": "Tree care"}).status_code == 403


def test_a_first_service_begins_with_an_example_and_a_tour(
    client, api, of_council, makes
):
    example = template(service=SERVICE_ID)
    made = api.post(
        f"/service/{SERVICE_ID}/template", status=201, json={"data": example}
    )
    browser = sign_in(client, outsider(), api)

    response = browser.post(NAME, {"name": "Tree care"})

    assert response["Location"] == f"/services/{SERVICE_ID}/tour/{example['id']}"
    assert body(made.calls[0])["template_type"] == "sms"
    assert "((name))" in body(made.calls[0])["content"]


def test_a_service_without_an_example_is_a_service_too(client, api, of_council, makes):
    api.post(f"/service/{SERVICE_ID}/template", status=500, json={"message": "no"})
    browser = sign_in(client, outsider(), api)

    response = browser.post(NAME, {"name": "Tree care"})

    assert response["Location"] == f"/services/{SERVICE_ID}"
