"""How callbacks, guest lists and data retention are read from the API and written to it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import NotSupportedError

from portal.clients import service_api_client
from portal.remote.client import current_user_id
from portal.remote.owners import Item, Items, ServiceListQuerySet
from portal.remote.parallel import together
from portal.remote.plan import Plan, Row
from portal.remote.values import derived_id

if TYPE_CHECKING:
    from portal.services.models import (
        ServiceCallbackApi,
        ServiceDataRetention,
        ServiceGuestList,
    )

# The two lists of the API's answer, and what the column calls them.
GUEST_LISTS = {"email_addresses": "email", "phone_numbers": "mobile"}


class ServiceCallbackApiQuerySet(ServiceListQuerySet["ServiceCallbackApi"]):
    """Where a service is told of news, one address for each kind; tokens are never shown."""

    ended_as = "removed"
    kind = "service_callback_api"

    def load_detail(self, service_id: str, pk: str) -> Item | None:
        for callback in _callbacks(service_id):
            if callback["callback_id"] == pk:
                return _callback(service_id, callback)
        return None

    def load_list(self, service_id: str, plan: Plan) -> Items:
        wanted = plan.one_of("callback_type")
        return together(
            *(
                partial(_callback, service_id, callback)
                for callback in _callbacks(service_id)
                if wanted is None or callback["callback_type"] in wanted
            )
        )

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = service_api_client.create_service_callback_api(
            payload["service_id"],
            payload["url"],
            payload["bearer_token"],
            payload.get("updated_by_id") or current_user_id() or "",
            payload["callback_type"],
        )["data"]
        return row

    def send_update(
        self, instance: ServiceCallbackApi, payload: dict[str, Any]
    ) -> Row | None:
        self.refuse_other(payload, "url", "bearer_token", "updated_by_id")
        row: Row = service_api_client.update_service_callback_api(
            str(instance.service_id),
            str(payload.get("url", instance.url)),
            payload.get("bearer_token"),
            payload.get("updated_by_id") or current_user_id() or "",
            str(instance.pk),
            str(instance.callback_type),
        )["data"]
        return row

    def send_delete(self, instance: ServiceCallbackApi) -> None:
        service_api_client.delete_service_callback_api(
            str(instance.service_id), str(instance.pk), str(instance.callback_type)
        )


class ServiceGuestListQuerySet(ServiceListQuerySet["ServiceGuestList"]):
    """Whom a service in trial mode may send to besides its team.

    The API gives recipients only: the keys are made of them, and a change of one
    replaces the whole list.
    """

    ended_as = "removed"
    details_at_most = 0

    def load_list(self, service_id: str, plan: Plan) -> Items:
        found = service_api_client.get_guest_list(service_id)
        return [
            _guest(service_id, recipient_type, recipient)
            for key, recipient_type in GUEST_LISTS.items()
            for recipient in found[key]
        ]

    def replace(self, service: Any, guests: Iterable[tuple[str, str]]) -> None:
        """Replace a service's guests: pairs of recipient type and recipient, in one call."""
        chosen = list(guests)
        service_api_client.update_guest_list(
            str(getattr(service, "pk", service)),
            {
                key: [to for kind, to in chosen if kind == recipient_type]
                for key, recipient_type in GUEST_LISTS.items()
            },
        )

    def send_create(self, payload: dict[str, Any]) -> Row:
        service_id = payload["service_id"]
        guest = (payload["recipient_type"], payload["recipient"])
        self.replace(service_id, [*self._guests(service_id), guest])
        return _guest(service_id, *guest)

    def send_update(
        self, instance: ServiceGuestList, payload: dict[str, Any]
    ) -> Row | None:
        self.refuse_other(payload, "recipient_type", "recipient")
        service_id = str(instance.service_id)
        old = (instance.loaded("recipient_type"), instance.loaded("recipient"))
        new = (instance.recipient_type, instance.recipient)
        guests = self._guests(service_id)
        self.replace(service_id, [new if one == old else one for one in guests])
        return _guest(service_id, *new)

    def send_delete(self, instance: ServiceGuestList) -> None:
        gone = (instance.recipient_type, instance.recipient)
        service_id = str(instance.service_id)
        rest = [one for one in self._guests(service_id) if one != gone]
        self.replace(service_id, rest)

    def _guests(self, service_id: str) -> list[tuple[str, str]]:
        found = service_api_client.get_guest_list(service_id)
        return [(kind, to) for key, kind in GUEST_LISTS.items() for to in found[key]]


class ServiceDataRetentionQuerySet(ServiceListQuerySet["ServiceDataRetention"]):
    """For how many days the API keeps what a service sent, by type."""

    kind = "service_data_retention"
    details_at_most = 0

    def load_list(self, service_id: str, plan: Plan) -> Items:
        rows: Items = service_api_client.get_service_data_retention(service_id)
        return rows

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = service_api_client.create_service_data_retention(
            payload["service_id"],
            payload["notification_type"],
            payload["days_of_retention"],
        )["result"]
        return row

    def send_update(
        self, instance: ServiceDataRetention, payload: dict[str, Any]
    ) -> Row | None:
        if payload.keys() != {"days_of_retention"}:
            raise NotSupportedError(
                "The Notify API lets the days of a data retention be changed, "
                "not what they are of."
            )
        service_api_client.update_service_data_retention(
            str(instance.service_id), str(instance.pk), payload["days_of_retention"]
        )
        return None


def _callbacks(service_id: str) -> list[Row]:
    answer: Any = service_api_client.get_service(service_id)
    callbacks: list[Row] = answer["data"]["service_callback_api"]
    return callbacks


def _callback(service_id: str, callback: Row) -> Row:
    kind = callback["callback_type"]
    found: Row = service_api_client.get_service_callback_api(
        service_id, callback["callback_id"], kind
    )
    return {**found, "callback_type": kind}


def _guest(service_id: str, recipient_type: str, recipient: str) -> Row:
    return {
        "id": derived_id("guest", service_id, recipient_type, recipient),
        "service_id": service_id,
        "recipient_type": recipient_type,
        "recipient": recipient,
    }
