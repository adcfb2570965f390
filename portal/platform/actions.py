"""What the platform as a whole is told."""

from __future__ import annotations

import logging
from threading import Thread
from typing import Any

from portal.platform.client import events_api_client
from portal.remote import context
from portal.remote.errors import HTTPError

logger = logging.getLogger(__name__)

_SECONDS = 10


def record_event(*, event_type: str, data: dict[str, Any], user_id: str) -> None:
    """Add an event to the platform's records, without making anyone wait for it."""
    arguments = (event_type, data, user_id)
    Thread(target=post_event, args=arguments, daemon=True).start()


def post_event(event_type: str, data: dict[str, Any], user_id: str) -> None:
    """Add an event now; one that cannot be recorded is only logged."""
    with context.scope(user_id=user_id, seconds=_SECONDS):
        try:
            events_api_client.create_event(event_type, data)
        except HTTPError as error:
            logger.warning("An event was not recorded: %s", error.status_code)
