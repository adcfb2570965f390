"""Measure the list of a service with 1,000 templates in 40 folders: `python -m tests.benchmarks.template_list`.

Prints the portal's own time for a page from warm caches (the API is not asked), and the
page's weight.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

TEMPLATES, FOLDERS, ROUNDS = 1_000, 40, 30
MOST_MS, MOST_KIB = 30, 100


def main() -> int:
    """Print own milliseconds and weight; fail beyond twice the time or beyond the weight."""
    import django
    import responses

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from tests.users.personas import SERVICE_ID, sign_in, staff

    call_command("migrate", verbosity=0)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as api:
        register(api)
        browser = sign_in(Client(), staff("manage_templates"))
        path = f"/services/{SERVICE_ID}/templates"
        results = {
            name: measured(browser, path + query)
            for name, query in (("list", ""), ("search", "?search=permit"))
        }
    for name, (own, weight) in results.items():
        say(
            f"{name}: {own:.1f} ms own (goal {MOST_MS}), {weight:.0f} KiB (goal {MOST_KIB})"
        )
    # Twice the time: a busy machine must not look like a mistake.
    return int(
        any(own > 2 * MOST_MS or kib > MOST_KIB for own, kib in results.values())
    )


def register(api) -> None:
    """Let the API know the person, the service, its folders and templates."""
    import re

    from django.conf import settings

    from tests.builders import folder, service, template
    from tests.message_templates.conftest import line_of
    from tests.users.personas import SERVICE_ID, USER_ID, staff

    folders = [
        folder(
            name=f"Folder number {n}",
            service_id=SERVICE_ID,
            users_with_permission=[USER_ID],
        )
        for n in range(FOLDERS)
    ]
    templates = [
        line_of(
            template(
                name=f"Permit reminder number {n}",
                folder=folders[n % FOLDERS]["id"] if n % 5 else None,
            )
        )
        for n in range(TEMPLATES)
    ]
    base = f"{settings.API_HOST_NAME}/service/{SERVICE_ID}"
    person = staff("manage_templates")
    api.get(re.compile(f"{settings.API_HOST_NAME}/user/"), json={"data": person})
    api.get(base, json={"data": service(id=SERVICE_ID)})
    api.get(f"{base}/template", json={"data": templates})
    api.get(f"{base}/template-folder", json={"template_folders": folders})


def measured(browser, url: str) -> tuple[float, float]:
    """The median of the processor's time for a page, in milliseconds, and its KiB."""
    browser.get(url)
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        response = browser.get(url)
        times.append((time.process_time() - began) * 1000)
    assert response.status_code == 200, response.status_code
    return statistics.median(times), len(response.content) / 1024


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
