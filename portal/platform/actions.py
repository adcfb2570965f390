"""What the platform as a whole is told and asked."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import Any
from uuid import UUID

from portal.clients import (
    admin_api_client,
    events_api_client,
    organisations_client,
    service_api_client,
    user_api_client,
)
from portal.platform.figures import Worry, read_worries
from portal.remote import context
from portal.remote.errors import HTTPError, NotFound
from portal.remote.parallel import together
from portal.services.models import Service

logger = logging.getLogger(__name__)

_SECONDS = 10
WORRIES_SHOWN = 10


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


@dataclass(frozen=True)
class Found:
    """What a platform admin's search gave, as the API lists it."""

    services: list[dict[str, Any]] = field(default_factory=list)
    organisations: list[dict[str, Any]] = field(default_factory=list)
    users: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.services or self.organisations or self.users)


def find_by_name(*, term: str) -> Found:
    """Look for services and organisations by name and for people by address, side by side."""
    services, organisations, users = together(
        lambda: service_api_client.find_services_by_name(term)["data"],
        lambda: organisations_client.search(term)["data"],
        lambda: user_api_client.find_users_by_full_or_partial_email(term)["data"],
    )
    return Found(services, organisations, users)


def find_by_uuid(*, uuid: UUID) -> tuple[str, dict[str, str]] | None:
    """Tell what has this id, with the ids of what it belongs to; None when nothing has."""
    try:
        answer = admin_api_client.find_by_uuid(str(uuid))
    except NotFound:
        return None
    return answer["type"], answer["context"]


def list_worries() -> list[Worry]:
    """List the services of which most fails, with their names of today."""
    worst = read_worries()[:WORRIES_SHOWN]
    services = Service.objects.in_bulk({worry.service_id for worry in worst})
    return [
        replace(worry, name=services[worry.service_id].name)
        for worry in worst
        if worry.service_id in services
    ]
