from __future__ import annotations

import pytest

from portal.remote import context
from portal.remote.errors import Unavailable


def test_outside_of_a_scope_there_is_no_context():
    assert context.current() is None
    assert context.remaining(7) == 7


def test_a_scope_ends():
    with context.scope() as inner:
        assert context.current() is inner

    assert context.current() is None


def test_each_scope_has_its_own_trace():
    with context.scope() as one:
        pass
    with context.scope() as two:
        pass

    assert one.trace_id != two.trace_id
    assert (len(one.trace_id), len(one.span_id)) == (32, 16)


def test_a_nested_scope_keeps_trace_user_and_memo():
    with context.scope(user_id="1", trace_id="a" * 32) as outer:
        outer.memo["k"] = "v"
        with context.scope() as inner:
            assert (inner.user_id, inner.trace_id) == ("1", "a" * 32)
            assert inner.memo is outer.memo


def test_a_nested_scope_cannot_lengthen_the_deadline():
    with context.scope(seconds=1), context.scope(seconds=100):
        assert context.remaining(50) <= 1


def test_a_call_gets_its_own_limit_or_what_is_left():
    with context.scope(seconds=10):
        assert context.remaining(2) == 2
        assert 9 < context.remaining(20) <= 10


def test_after_the_deadline_nothing_is_left():
    with context.scope(seconds=0), pytest.raises(Unavailable):
        context.remaining(1)


def test_the_user_can_be_named_later():
    with context.scope() as entered:
        context.set_user("abc")

        assert entered.user_id == "abc"


def test_naming_a_user_outside_of_a_scope_does_nothing():
    context.set_user("abc")

    assert context.current() is None


def test_a_page_that_looks_at_a_file_may_take_longer():
    with context.scope(seconds=1):
        context.extend(100)
        assert context.remaining(50) == 50
        context.extend(1)
        assert context.remaining(50) == 50


def test_what_has_no_deadline_gets_none():
    context.extend(1)

    with context.scope() as entered:
        context.extend(1)
        assert entered.deadline is None
