"""How often a page asks the API: no more than it must, nothing twice, and side by side."""

from __future__ import annotations

import json
import threading

import pytest

from tests.guards import calls, pages

# Guidance and old addresses ask for nothing but who reads them.
GETS = [
    route
    for method, route in pages.requests_of_all_pages()
    if method == "GET"
    and (
        route.startswith(("services/", "d/", "your-", "pricing/", "unsubscribe/"))
        or pages.PAGES[route].query
        or pages.PAGES[route].get in (pages.SIGNED_IN, pages.SUPERUSER)
    )
    and pages.PAGES[route].get is not pages.NOBODY
]


class Rounds:
    """Keeps each call waiting until all of its round are under way."""

    def __init__(self, *sizes):
        self.ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
        self.arrived = 0
        self.alone = []
        self.changed = threading.Condition()

    def wait(self, path):
        with self.changed:
            self.arrived += 1
            self.changed.notify_all()
            end = next((end for end in self.ends if self.arrived <= end), 0)
            # Only a page that asks one thing after the other waits for so long.
            if not self.changed.wait_for(lambda: self.arrived >= end, timeout=5):
                self.alone.append(path)


def ask(browser, world, route):
    """Ask for a page; return what it asked the API for."""
    world.calls.clear()
    response = browser("GET", route)
    response.getvalue()
    assert (
        response.status_code < 400 or response.status_code == pages.PAGES[route].status
    )
    return [
        (method, path, json.dumps(query, sort_keys=True), json.dumps(body))
        for method, path, query, body in world.calls
    ]


def twice(asked):
    return sorted({call for call in asked if asked.count(call) > 1})


@pytest.mark.parametrize("route", GETS)
def test_a_page_asks_as_often_as_it_says_and_nothing_twice(visit, world, route):
    sizes, often_afterwards = calls.CALLS.get(route, ((), None))
    rounds = Rounds(*sizes)
    browser = visit(pages.somebody_who_may("GET", route))

    def changed(path, answer):
        rounds.wait(path)
        return answer

    world.changed = changed
    cold = ask(browser, world, route)
    warm = ask(browser, world, route)

    assert twice(cold) == twice(warm) == []
    assert rounds.alone == []
    if sizes:
        assert (len(cold), len(warm)) == (sum(sizes), often_afterwards)


def test_a_list_asks_at_most_four_times_and_the_dashboard_five_then_once():
    assert {sum(sizes) for sizes, _ in calls.LISTS.values()} <= {1, 2, 3, 4}
    assert [sum(sizes) for sizes, _ in calls.DASHBOARD.values()] == [5]
    assert [warm for _, warm in calls.DASHBOARD.values()] == [1]


def test_what_a_page_asks_one_after_the_other_is_noticed():
    rounds = Rounds(1, 1)

    rounds.wait("/one")
    rounds.wait("/two")

    assert rounds.alone == []
    assert rounds.ends == [1, 2]
