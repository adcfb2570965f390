"""How recipients of files reach a service."""

from __future__ import annotations

from portal.common import audit
from portal.services.client import service_api_client
from portal.services.models import Service
from portal.users.models import User


def change_contact_details(*, service: Service, by: User, contact_link: str) -> bool:
    """Say on the pages of files how to reach the service; False if it said so already."""
    before = service.contact_link
    if contact_link == before:
        return False
    service_api_client.update_service(str(service.pk), contact_link=contact_link)
    audit.record(
        actor=by,
        action="changed",
        model="services.service",
        object_id=service.pk,
        object_repr=str(service),
        before={"contact_link": before},
        after={"contact_link": contact_link},
    )
    return True
