"""What belongs to another service is not there, whatever the address says."""

from __future__ import annotations

import re

import pytest

from tests.guards import pages
from tests.guards.world import INACTIVE, NO_RESULT

# What the API knows nothing of under the service of the address.
ELSEWHERE = "12121212-0000-4000-8000-000000000002"
IDS = re.compile(r"<(?:base64_)?uuid:(\w+)>")
FROM = f"{pages.COPY}/from-service/<uuid:from_service>"
END_TOUR = f"{pages.S}/end-tour/<uuid:example_template_id>"
# Where the answer is another than "not found", and why.
OTHERWISE = {
    # Another service is refused as it is everywhere.
    ("GET", FROM, "from_service"): 403,
    ("GET", f"{FROM}/from-folder/<uuid:from_folder>", "from_service"): 403,
    # Nothing of the template is read or shown.
    ("GET", f"{pages.BLOCKED}/<uuid:template_id>", "template_id"): 200,
    # A new file is sent; the one of the address is not read.
    ("POST", f"{pages.S}/check-contact-list/<uuid:upload_id>", "upload_id"): 400,
    # The API finds a job no more that is being sent: the job's own page says which it is.
    ("POST", pages.J, "job_id"): 302,
    # The example was deleted before: the dashboard, as after any tour.
    ("GET", END_TOUR, "example_template_id"): 302,
    ("POST", END_TOUR, "example_template_id"): 302,
}
OF_SERVICES = [
    (method, route)
    for method, route in pages.requests_of_all_pages()
    if route.startswith((pages.S, "d/"))
]
WITH_IDS = [
    (method, route, name)
    for method, route in OF_SERVICES
    for name in IDS.findall(route)
    if name != "service_id"
]


@pytest.fixture
def api_of_service(world):
    """Let the API find only what belongs to the service."""

    def changed(path, answer):
        return NO_RESULT if ELSEWHERE in path else answer

    world.changed = changed
    return world


@pytest.mark.parametrize(("method", "route", "name"), WITH_IDS)
def test_the_id_of_another_services_thing_is_not_found(
    visit, api_of_service, method, route, name
):
    browser = visit(pages.somebody_who_may(method, route))

    response = browser(method, route, fills={name: ELSEWHERE})

    assert response.status_code == OTHERWISE.get((method, route, name), 404)
    assert api_of_service.writes == [] or (method, route) == ("POST", pages.J)


@pytest.mark.parametrize(("method", "route"), OF_SERVICES)
def test_another_service_is_not_found_or_refused(visit, api_of_service, method, route):
    browser = visit("member with all permissions")

    unknown = browser(method, route, fills={"service_id": ELSEWHERE})
    others = browser(method, route, fills={"service_id": INACTIVE})

    assert unknown.status_code == 404
    assert others.status_code == 403
    assert api_of_service.writes == []
