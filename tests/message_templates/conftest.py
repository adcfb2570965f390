from __future__ import annotations

import pytest

from tests.builders import service
from tests.users.personas import SERVICE_ID, sign_in, staff

BASE = f"/services/{SERVICE_ID}/templates"


@pytest.fixture
def known_service(api):
    """Let the API know the service; gives what it says of it, to be changed."""
    told = service(id=SERVICE_ID)
    api.get(f"/service/{SERVICE_ID}", json={"data": told})
    api.assert_all_requests_are_fired = False
    return told


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

    def register(templates=(), folders=()):
        api.get(f"/service/{SERVICE_ID}/template", json={"data": list(templates)})
        api.get(
            f"/service/{SERVICE_ID}/template-folder",
            json={"template_folders": list(folders)},
        )

    return register
