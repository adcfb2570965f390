"""Every page about messages that staff know is there, for whom it was, by its old address."""

from __future__ import annotations

from django.urls import Resolver404, resolve

from tests.contract.staff_routes import (
    MORE_METHODS,
    NAMES,
    PART,
    STRICTER,
    address_today,
    recorded_rules,
    rule_of_access,
)
from tests.guards import pages
from tests.guards.people import everyone

RULES = recorded_rules()


def every_address():
    """Yield every address of the record: its rule, its parts and the portal's match."""
    for rule in RULES.values():
        for parts, address in rule.addresses():
            try:
                match = resolve(address)
            except Resolver404:
                match = None
            yield rule, parts, address, match


def test_the_table_knows_no_other_rules():
    assert {*NAMES, *MORE_METHODS, *STRICTER} - set(RULES) == set()


def test_every_address_leads_to_the_page_of_its_name():
    wrong = {
        address: match and match.view_name
        for rule, parts, address, match in every_address()
        if match is None or match.view_name != rule.name.format(**parts)
    }

    assert not wrong


def test_every_page_takes_the_methods_of_its_rule_and_no_others():
    wrong = {}
    for rule, _parts, address, match in every_address():
        more = {MORE_METHODS[rule.path][0]} if rule.path in MORE_METHODS else set()
        methods = set(pages.PAGES[match.route].rules()) if match else set()
        if methods != set(rule.access) | more:
            wrong[address] = methods

    assert not wrong


def test_every_page_is_for_those_whom_its_rule_lets_in():
    wrong = []
    for rule, _parts, address, match in every_address():
        ours = pages.PAGES[match.route].rules() if match else {}
        for method, access in rule.access.items():
            if method == "POST" and rule.path in STRICTER:
                access = [STRICTER[rule.path][0]]
            recorded = rule_of_access(access)
            for name in everyone():
                if not match or ours[method].admits(name) is not recorded.admits(name):
                    wrong.append((method, address, name))

    assert not wrong


def test_every_address_of_the_past_leads_to_the_recorded_page(client):
    wrong = {}
    for rule, parts, address, _match in every_address():
        if not rule.new_endpoint:
            continue
        today = PART.sub(
            lambda part, parts=parts: parts.get(part[2], ""), address_today(rule)
        ).rstrip("/")

        answer = client.get(address)

        if (answer.status_code // 100, answer.get("Location")) != (3, today):
            wrong[address] = answer.get("Location")

    assert not wrong
