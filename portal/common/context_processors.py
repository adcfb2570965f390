"""What every template of the portal may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """Add the portal's name, and whether this is the demo."""
    return {
        "brand_name": settings.PORTAL_BRAND_NAME,
        "is_demo": settings.PORTAL_DEMO,
        "demo_outbox": settings.PORTAL_DEMO_OUTBOX if settings.PORTAL_DEMO else "",
    }
