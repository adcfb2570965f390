"""Requests of people to join a service that exists."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient

_PERMISSION_SECONDS = 300


class JoiningMethods(NotifyAdminAPIClient):
    """Methods about requests to join."""

    def create_service_join_request(
        self,
        user_to_invite_id: Id,
        *,
        service_id: Id,
        service_managers_ids: Collection[Id],
        reason: str,
    ) -> Any:
        """Ask these managers to let someone join."""
        data = {
            "requester_id": user_to_invite_id,
            "contacted_user_ids": service_managers_ids,
            "invite_link_host": settings.ADMIN_BASE_URL,
            "reason": reason,
        }
        return self.post(f"/service/{service_id}/service-join-request", data=data)

    @cache.set(
        "service-join-request-{request_id}",
        tags=("service_join_requests",),
        ttl=_PERMISSION_SECONDS,
    )
    def get_service_join_request(self, request_id: Id, service_id: Id) -> Any:
        """Return a request with the people in it."""
        return self.get(f"/service/{service_id}/service-join-request/{request_id}")

    @cache.delete(
        "service-join-request-{request_id}",
        "user-{requester_id}",
        "service-{service_id}-template-folders",
        strict=True,
    )
    def update_service_join_requests(
        self, request_id: Id, requester_id: Id, service_id: Id, **kwargs: Any
    ) -> Any:
        """Approve or refuse a request, with what the person may do."""
        return self.post(
            f"/service/{service_id}/service-join-request/{request_id}", data=kwargs
        )
