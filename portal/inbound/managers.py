"""How numbers and the text messages sent to them are read from the API and written to it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from django.db import NotSupportedError
from django.utils.translation import gettext as _

from portal.clients import inbound_number_client, service_api_client
from portal.remote.aliases import answered_by_api
from portal.remote.errors import Rejected
from portal.remote.owners import Item, Items, ServiceListQuerySet
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.inbound.models import (
        InboundNumber,
        InboundSms,  # noqa: F401 - named in strings
    )

NEWEST_FIRST = ("-created_at",)


class InboundNumberQuerySet(RemoteQuerySet["InboundNumber"]):
    """The platform's numbers: all of them, the free ones, or a service's."""

    ended_as = "taken away"

    def available(self) -> Self:
        """Those that a service could get."""
        return self.filter(active=True, service=None)

    def for_service(self, service: Any) -> Self:
        """The number of a service."""
        return self.filter(service=getattr(service, "pk", service))

    def fetch(self, plan: Plan) -> Rows:
        if service := plan.equal("service"):
            pk = str(service["service"])
            found = inbound_number_client.get_inbound_sms_number_for_service(pk)
            return Rows.of(found["data"])
        if self._is_available(plan):
            found = inbound_number_client.get_available_inbound_sms_numbers()
        else:
            found = inbound_number_client.get_all_inbound_sms_number_service()
        return Rows(found["data"])

    def _is_available(self, plan: Plan) -> bool:
        is_free = plan.terms.get(("service", "isnull")) is True
        return is_free and plan.equal("active").get("active") is True

    def give(self, service: Any) -> None:
        """Give a service any number that is free."""
        pk = str(getattr(service, "pk", service))
        inbound_number_client.add_inbound_number_to_service(pk)

    def send_update(
        self, instance: InboundNumber, payload: dict[str, Any]
    ) -> Row | None:
        """Give a number to a service, or take it away and keep it, or not, for others."""
        self.refuse_other(payload, "service_id", "active")
        if service := payload.get("service_id"):
            self._refuse_moving(instance)
            inbound_number_client.add_inbound_number_to_service(
                service, str(instance.pk)
            )
            return None
        self._take_away(instance, keep=payload.get("active", instance.active))
        return None

    def send_delete(self, instance: InboundNumber) -> None:
        """Take a number away from its service for good."""
        self._take_away(instance, keep=False)

    def _take_away(self, instance: InboundNumber, *, keep: bool) -> None:
        owner = instance.loaded("service_id")
        if owner is None:
            raise NotSupportedError(
                "The Notify API changes numbers only as their services get or lose them."
            )
        service_api_client.remove_service_inbound_sms(str(owner), archive=not keep)

    def _refuse_moving(self, instance: InboundNumber) -> None:
        if instance.loaded("service_id"):
            sentence = _("Another service has this number: take it away there first.")
            raise Rejected(sentence, errors={"service": [sentence]})


class InboundSmsQuerySet(ServiceListQuerySet["InboundSms"]):
    """What people texted to a service, as long as it keeps text messages; newest first."""

    kind = "inbound_sms"
    list_fields = (
        *("id", "service", "notify_number", "user_number", "content"),
        "created_at",
    )

    def latest_of_each_number(self) -> Self:
        """The last message of each number that texted."""
        if not answered_by_api(self.db):
            raise NotSupportedError(
                "The last message of each number is the Notify API's to choose: on SQL "
                'use .order_by("user_number", "-created_at").distinct("user_number").'
            )
        return self.scoped("latest", True)

    def load_detail(self, service_id: str, pk: str) -> Item:
        row: Row = service_api_client.get_inbound_sms_by_id(service_id, pk)
        return row

    def load_list(self, service_id: str, plan: Plan) -> Items:
        if self.scopes.get("latest"):
            return self._latest(service_id, plan)
        number = plan.equal("user_number").get("user_number", "")
        rows: Items = service_api_client.get_inbound_sms(service_id, number)["data"]
        return rows

    def _latest(self, service_id: str, plan: Plan) -> list[Row]:
        in_order = plan.exact and plan.order_by in {(), NEWEST_FIRST}
        enough = plan.stop if in_order and set(plan.terms) == _OF_ONE else None
        pages: list[list[Row]] = []
        more = True
        while more and (enough is None or sum(map(len, pages)) < enough):
            found = service_api_client.get_most_recent_inbound_sms(
                service_id, page=len(pages) + 1
            )
            pages.append(found["data"])
            more = found["has_next"]
        return list(chain.from_iterable(pages))


_OF_ONE = {("service", "exact")}
