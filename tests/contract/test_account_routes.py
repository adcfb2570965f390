"""Every recorded page about one's account, security keys and support is there, for no more people."""

from __future__ import annotations

import pytest
from django.urls import resolve

from tests.contract.staff_routes import CHOICES, PART, RECORDED
from tests.guards import pages
from tests.guards.people import ANONYMOUS, everyone

MODULES = {"your_account", "webauthn_credentials", "feedback", "two_factor"}
# The recorded views refuse inside what their decorators let through.
STRICTER = {
    "/webauthn/register": "for those whom the API lets use security keys",
    "/your-account/disable-platform-admin-view": "for platform admins",
    "/your-account/mobile-number/delete": "for those who sign in by email",
    "/your-account/security-keys": "for those whom the API lets use security keys",
}


def recorded():
    """Return methods and access by address; one address is one page here."""
    found = {}
    for entry in RECORDED:
        if entry["module"].rpartition("/")[2].removesuffix(".py") not in MODULES:
            continue
        address = PART.sub(lambda part: CHOICES[part[1]][0], entry["rule"])
        methods, access = found.setdefault(address, (set(), set()))
        methods.update(entry["methods"])
        access.update(entry["access"])
    return found


PAGES = recorded()


def test_the_record_is_not_empty():
    assert len(PAGES) > 35


@pytest.mark.parametrize("address", sorted(PAGES))
def test_a_recorded_page_is_there_with_its_methods(address):
    ours = pages.PAGES[resolve(address).route].rules()

    assert set(ours) == PAGES[address][0]


@pytest.mark.parametrize("address", sorted(PAGES))
def test_a_recorded_page_is_for_the_same_people(address):
    _methods, access = PAGES[address]
    is_stricter = address.startswith(tuple(STRICTER))
    for rule in pages.PAGES[resolve(address).route].rules().values():
        if isinstance(rule, pages.Visitor):
            continue
        for name in everyone():
            is_let_in = not access or name != ANONYMOUS
            assert rule.admits(name) == is_let_in or (
                is_stricter and not rule.admits(name)
            )
