from __future__ import annotations

import pytest

from tests.builders import folder, service, template
from tests.users.personas import SERVICE_ID, USER_ID, sign_in, staff

BASE = f"/services/{SERVICE_ID}/templates"
API = f"/service/{SERVICE_ID}"


def own_template(**overrides):
    """A template of the service, whole."""
    return template(**{"service": SERVICE_ID, **overrides})


def own_folder(name, **overrides):
    """A folder of the service that the member of the tests may see."""
    defaults = {"service_id": SERVICE_ID, "users_with_permission": [USER_ID]}
    return folder(name=name, **defaults | overrides)


def line_of(whole):
    """A template as the API's list gives it: without its words."""
    names = ("folder", "id", "is_precompiled_letter", "name", "template_type")
    return {name: whole[name] for name in names}


@pytest.fixture
def known_service(api):
    """Let the API know the service; call it to have it say something else."""
    api.get(API, json={"data": service(id=SERVICE_ID)})
    api.assert_all_requests_are_fired = False

    def tell(**overrides):
        told = service(id=SERVICE_ID, **overrides)
        api.replace("GET", api.url(API), json={"data": told})

    return tell


@pytest.fixture
def signed_in(db, client, api, known_service):
    """Sign somebody in: `signed_in(staff("manage_templates"))`."""

    def sign(person):
        return sign_in(client, person, api)

    return sign


@pytest.fixture
def editor(signed_in):
    """The browser of somebody who may change templates."""
    return signed_in(staff("manage_templates"))


@pytest.fixture
def listed(api):
    """Let the API list these templates and folders of the service."""

    def register(*templates, folders=()):
        lines = [line_of(whole) for whole in templates]
        api.get(f"{API}/template", json={"data": lines})
        api.get(f"{API}/template-folder", json={"template_folders": list(folders)})

    return register


@pytest.fixture
def known(api, listed):
    """Let the API know a template whole, and the folders around it."""

    def register(whole, *, folders=()):
        api.get(f"{API}/template/{whole['id']}", json={"data": whole})
        listed(whole, folders=folders)
        return f"{BASE}/{whole['id']}"

    return register


@pytest.fixture
def sent_to(api):
    """The bodies that were posted to a path of the API, the user's id left out."""
    import json

    def bodies(path):
        return [
            {
                k: v
                for k, v in json.loads(call.request.body).items()
                if k != "created_by"
            }
            for call in api.calls
            if call.request.method == "POST" and call.request.url == api.url(path)
        ]

    return bodies
