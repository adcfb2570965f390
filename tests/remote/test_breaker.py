from __future__ import annotations

import pytest

from portal.remote.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(5, failures=2, clock=clock)


def test_a_new_breaker_admits(breaker):
    assert breaker.admits()
    assert not breaker.is_open


def test_it_opens_after_the_failures_it_allows(breaker):
    breaker.failed()
    assert not breaker.is_open
    breaker.failed()

    assert breaker.is_open
    assert not breaker.admits()


def test_a_success_in_between_starts_the_count_again(breaker):
    breaker.failed()
    breaker.succeeded()
    breaker.failed()

    assert not breaker.is_open


def test_it_closes_by_time(breaker, clock):
    breaker.failed()
    breaker.failed()
    clock.now = 5

    assert not breaker.is_open


def test_only_one_trial_is_admitted_when_the_time_is_over(breaker, clock):
    breaker.failed()
    breaker.failed()
    clock.now = 5

    assert [breaker.admits() for _ in range(3)] == [True, False, False]


def test_a_lost_trial_is_replaced_after_the_same_time(breaker, clock):
    breaker.failed()
    breaker.failed()
    clock.now = 5
    breaker.admits()
    clock.now = 10

    assert breaker.admits()


def test_a_trial_that_succeeds_closes_it(breaker, clock):
    breaker.failed()
    breaker.failed()
    clock.now = 5
    breaker.admits()
    breaker.succeeded()

    assert [breaker.admits() for _ in range(3)] == [True, True, True]


def test_a_trial_that_fails_opens_it_at_once(breaker, clock):
    breaker.failed()
    breaker.failed()
    clock.now = 5
    breaker.admits()
    breaker.failed()
    clock.now = 9

    assert breaker.is_open
