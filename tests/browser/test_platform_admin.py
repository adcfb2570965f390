"""The first page of platform admins, with figures that the background counted."""

from __future__ import annotations

from tests.browser.accessibility import check_page
from tests.browser.journey import person_with_role, sign_in


def test_figures_come_from_the_background_and_a_search_finds_a_service(page, demo):
    sign_in(page, demo, person_with_role(demo, "Platform admin"))
    page.get_by_role("link", name="Platform admin", exact=True).click()
    for _ in range(60):
        if page.get_by_text("As of").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    assert page.get_by_text("services are live").is_visible()
    check_page(page)

    page.get_by_label("Find services, organisations, people or any ID").fill("parking")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Riverside parking permits", exact=True).wait_for()
    check_page(page)
