from __future__ import annotations

import uuid
from itertools import count

import pytest

from portal.common.once import make_once, new_form_id

ANN, BOB = uuid.uuid4(), uuid.uuid4()


def counting():
    """Make a function that makes "1", "2" and so on."""
    numbers = count(1)
    return lambda: str(next(numbers))


def test_the_second_submission_gets_what_the_first_made():
    make, form_id = counting(), new_form_id()

    assert [make_once(form_id, make, by=ANN) for _ in range(2)] == ["1", "1"]


def test_two_forms_make_two_things():
    make = counting()

    assert [make_once(new_form_id(), make, by=ANN) for _ in range(2)] == ["1", "2"]


def test_a_form_without_an_id_is_always_done():
    make = counting()

    assert [make_once(None, make, by=ANN) for _ in range(2)] == ["1", "2"]


def test_nobody_gets_what_somebody_else_made():
    make, form_id = counting(), new_form_id()

    assert [make_once(form_id, make, by=who) for who in (ANN, BOB)] == ["1", "2"]


def test_a_submission_while_the_first_is_under_way_makes_nothing():
    form_id = new_form_id()
    seen = []

    def make():
        seen.append(make_once(form_id, lambda: "second", by=ANN))
        return "first"

    assert make_once(form_id, make, by=ANN) == "first"
    assert seen == [""]


def test_what_failed_can_be_tried_again():
    form_id = new_form_id()

    def fail():
        raise LookupError

    with pytest.raises(LookupError):
        make_once(form_id, fail, by=ANN)

    assert make_once(form_id, lambda: "thing", by=ANN) == "thing"
