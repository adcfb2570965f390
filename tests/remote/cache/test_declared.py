from __future__ import annotations

import re

import pytest

import portal.clients  # noqa: F401 - every client declares what it reads and writes
from portal.remote.cache import cache

ARGUMENT = re.compile(r"\{\w+\}")


def shape(text):
    """A key format without the names of its arguments, which differ by method."""
    return ARGUMENT.sub("*", text)


READ = {shape(tag) for tags in cache.reads.values() for tag in tags}


@pytest.mark.parametrize("method", sorted(cache.writes))
def test_every_tag_that_a_write_names_is_read_somewhere(method):
    assert {shape(tag) for tag in cache.writes[method]} <= READ


def test_no_two_reads_share_a_key():
    keys = [shape(tags[0]) for tags in cache.reads.values()]

    # The current version of a template has a method of its own, and an own lifetime.
    assert len(keys) == len(set(keys))
