from __future__ import annotations

import pytest

from portal.remote.cache import TagCache


@pytest.fixture
def ended(monkeypatch):
    """The tags that writes named."""
    seen, real = [], TagCache.writing

    def writing(self, *tags, **kwargs):
        seen.extend(tags)
        return real(self, *tags, **kwargs)

    monkeypatch.setattr(TagCache, "writing", writing)
    return seen
