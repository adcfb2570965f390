"""The service itself: found, made, changed, archived; its team and figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from portal.remote.cache import cache
from portal.remote.client import (
    Id,
    NotifyAdminAPIClient,
    _attach_current_user,
    given,
    refuse_unknown,
)
from portal.remote.errors import HTTPError
from portal.services.client import shared_redis
from portal.services.types import ServiceAnswer

_SERVICE_SECONDS = 300

LIVE_LIMITS = {
    "email_message_limit": 250_000,
    "sms_message_limit": 250_000,
    "letter_message_limit": 20_000,
}
TRIAL_LIMIT = 50

ALLOWED_ATTRIBUTES = frozenset(
    {
        "active",
        "billing_contact_email_addresses",
        "billing_contact_names",
        "billing_reference",
        "confirmed_email_sender_name",
        "confirmed_unique",
        "contact_link",
        "count_as_live",
        "created_by",
        "custom_email_sender_name",
        "email_branding",
        "email_message_limit",
        "free_sms_fragment_limit",
        "go_live_at",
        "go_live_user",
        "has_active_go_live_request",
        "international_sms_message_limit",
        "letter_branding",
        "letter_contact_block",
        "letter_message_limit",
        "name",
        "notes",
        "organisation_type",
        "permissions",
        "prefix_sms",
        "purchase_order_number",
        "rate_limit",
        "reply_to_email_address",
        "restricted",
        "sms_message_limit",
        "sms_sender",
        "volume_email",
        "volume_letter",
        "volume_sms",
    }
)
KEY_TYPES = ("normal", "team", "test")
# What makes a service run, send to anyone, and do more: changes to it are strict.
STATUS_ATTRIBUTES = frozenset({"active", "count_as_live", "permissions", "restricted"})


class ServiceMethods(NotifyAdminAPIClient):
    """Methods about the service itself."""

    @cache.delete("user-{user_id}")
    def create_service(
        self,
        service_name: str,
        organisation_type: str,
        email_message_limit: int,
        international_sms_message_limit: int,
        sms_message_limit: int,
        letter_message_limit: int,
        restricted: bool,
        user_id: Id,
    ) -> Any:
        """Make a service with this user in it, and return its id."""
        data = {
            "name": service_name,
            "organisation_type": organisation_type,
            "active": True,
            "email_message_limit": email_message_limit,
            "international_sms_message_limit": international_sms_message_limit,
            "sms_message_limit": sms_message_limit,
            "letter_message_limit": letter_message_limit,
            "user_id": user_id,
            "restricted": restricted,
        }
        return self.post("/service", data=_attach_current_user(data))["data"]["id"]

    @cache.set("service-{service_id}", tags=("services",), ttl=_SERVICE_SECONDS)
    def get_service(self, service_id: Id) -> ServiceAnswer:
        """Return ``{"data": {...}}``."""
        answer: ServiceAnswer = self.get(f"/service/{service_id}")
        return answer

    def get_service_statistics(
        self, service_id: Id, limit_days: int | None = None
    ) -> Any:
        """Return requested, delivered and failed by type for the last days."""
        return self.get(
            f"/service/{service_id}/statistics", params=given(limit_days=limit_days)
        )["data"]

    def get_services(self, params_dict: Mapping[str, Any] | None = None) -> Any:
        """Return ``{"data": [...]}`` of all services, or of a ``user_id``'s."""
        return self.get("/service", params=params_dict)

    def find_services_by_name(self, service_name: str | None) -> Any:
        """Return ``{"data": [...]}`` of the services whose name contains this."""
        return self.get(
            "/service/find-services-by-name", params=given(service_name=service_name)
        )

    def get_live_services_data(
        self, params_dict: Mapping[str, Any] | None = None
    ) -> Any:
        """Return ``{"data": [...]}`` with volumes, people and usage of each live service."""
        return self.get("/service/live-services-data", params=params_dict)

    def get_active_services(self, params_dict: Mapping[str, Any] | None = None) -> Any:
        """Return ``{"data": [...]}`` of those not archived."""
        return self.get_services({**(params_dict or {}), "only_active": True})

    @cache.delete("service-{service_id}", strict=STATUS_ATTRIBUTES)
    def update_service(self, service_id: Id, **kwargs: Any) -> Any:
        """Change the given attributes and return the service; TypeError for unknown ones."""
        refuse_unknown("service", kwargs, ALLOWED_ATTRIBUTES)
        answer = self.post(f"/service/{service_id}", data=_attach_current_user(kwargs))
        if "rate_limit" in kwargs:
            # What is left of the old limit would hold until it is used up.
            shared_redis.forget(*(f"{service_id}-tokens-{one}" for one in KEY_TYPES))
        return answer

    @cache.delete("live-service-and-organisation-counts", strict=True)
    def update_status(self, service_id: Id, live: bool) -> Any:
        """Make a service live, or a trial again, with the limits that go with it."""
        limits = LIVE_LIMITS if live else dict.fromkeys(LIVE_LIMITS, TRIAL_LIMIT)
        return self.update_service(
            service_id,
            **limits,
            restricted=not live,
            go_live_at=_now() if live else None,
            has_active_go_live_request=False,
        )

    @cache.delete("live-service-and-organisation-counts", strict=True)
    def update_count_as_live(self, service_id: Id, count_as_live: bool) -> Any:
        """Say whether a live service counts in the public figures."""
        return self.update_service(service_id, count_as_live=count_as_live)

    def archive_service(
        self, service_id: Id, cached_service_user_ids: Collection[Id]
    ) -> Any:
        """Archive a service; name its team, whose cached permissions end with it."""
        users = [f"user-{user_id}" for user_id in cached_service_user_ids]
        with cache.writing(
            f"service-{service_id}",
            f"service-{service_id}-templates",
            f"service-{service_id}-template",
            *users,
            strict=True,
        ):
            return self.post(f"/service/{service_id}/archive")

    @cache.delete("service-{service_id}", "user-{user_id}", strict=True)
    def remove_user_from_service(self, service_id: Id, user_id: Id) -> Any:
        """Take someone out of the service's team."""
        return self.delete(
            f"/service/{service_id}/users/{user_id}", data=_attach_current_user({})
        )

    def get_service_history(self, service_id: Id) -> Any:
        """Return the versions of a service, its keys and events."""
        return self.get(f"/service/{service_id}/history")["data"]

    def get_monthly_notification_stats(self, service_id: Id, year: int) -> Any:
        """Return numbers by month, type and status of a financial year."""
        return self.get(
            f"/service/{service_id}/notifications/monthly", params={"year": year}
        )

    def get_guest_list(self, service_id: Id) -> Any:
        """Return whom a team key may send to besides the team."""
        return self.get(f"/service/{service_id}/guest-list")

    @cache.delete("service-{service_id}")
    def update_guest_list(self, service_id: Id, data: Mapping[str, Any]) -> Any:
        """Replace the guest list: ``{"email_addresses": [...], "phone_numbers": [...]}``."""
        return self.put(f"/service/{service_id}/guest-list", data=data)

    def get_notification_count(
        self, service_id: Id, notification_type: str
    ) -> int | None:
        """Return how many the API counted today; None where its Redis cannot be asked."""
        today = datetime.now(UTC).date()
        return shared_redis.read_count(
            f"{service_id}-{notification_type}-{today}-count"
        )

    def parse_edit_service_http_error(self, http_error: HTTPError) -> str | None:
        """Return what to tell the person whose name for a service was refused."""
        if "normalised_service_name" in http_error.errors:
            return _("Enter a service name that no other service has")
        if "name" in http_error.errors:
            return _("Enter a service name that the platform accepts")
        return None

    def parse_custom_email_sender_name_http_error(
        self, http_error: HTTPError
    ) -> str | None:
        """Return what to tell the person whose e-mail sender name was refused."""
        if "email_sender_local_part" in http_error.errors:
            return _("Enter a sender name that makes an e-mail address no one else has")
        return None


def _now() -> str:
    # The API's own form of a time: UTC, without a zone.
    return str(datetime.now(UTC).replace(tzinfo=None))
