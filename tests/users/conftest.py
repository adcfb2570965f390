"""What tests of a service's team share with those of its other pages."""

from __future__ import annotations

from tests.services.conftest import known_service, signed_in  # noqa: F401
