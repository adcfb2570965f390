"""Things that belong to one service, under whose address the API keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, ClassVar, Self, TypeVar

from django.db import NotSupportedError
from django.db.models import Model

from portal.remote.client import NotifyAdminAPIClient
from portal.remote.errors import NotFound
from portal.remote.gather import DETAILS_AT_MOST
from portal.remote.paging import PagedQuerySet
from portal.remote.parallel import together
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

M = TypeVar("M", bound=Model)
Item = Mapping[str, Any]
Items = Iterable[Item]


class OfService:
    """A part of a QuerySet whose rows have addresses that begin with their service.

    A query names the service, or the keys: whose those are is looked up then, side
    by side, for one call more each.
    """

    owned_by: ClassVar[str | None] = "service"
    # What POST /platform-admin/find-by-uuid calls them; empty: it does not know them.
    kind: ClassVar[str] = ""
    # So many keys are read one by one, for more their services' lists; 0: no such address.
    details_at_most: ClassVar[int] = 5

    def for_service(self, service: Any) -> Self:
        """Those of a service."""
        queryset: Any = self
        found: Self = queryset.filter(service=getattr(service, "pk", service))
        return found

    def load_detail(self, service_id: str, pk: str) -> Item | None:
        """Load one from its own address; None or NotFound: the service has none."""
        raise NotImplementedError

    def one_by_one(self, plan: Plan) -> Rows | None:
        """Answer a query for a few keys from their own addresses; None for any other."""
        pks = plan.one_of("id")
        if pks is None or len(pks) > self.details_at_most:
            return None
        loads = [partial(self._detail, *pair) for pair in self._addresses(plan, pks)]
        return Rows([row for row in together(*loads) if row])

    def service_of(self, plan: Plan) -> str:
        """Give the one service of a query. Raises ScopeRequired, NotFound."""
        if plan.one_of("service") is None and (pk := plan.equal("id").get("id")):
            return self._find(plan, pk)
        return str(plan.require("service"))

    def _detail(self, service_id: str, pk: str) -> Row | None:
        try:
            row = self.load_detail(service_id, pk)
        except NotFound:
            return None
        return _owned(service_id, row) if row else None

    def _addresses(self, plan: Plan, pks: list[Any]) -> list[tuple[str, str]]:
        keys = list(dict.fromkeys(map(str, pks)))
        services = plan.one_of("service")
        if services is None:
            owners = together(*(partial(self._owner, plan, pk) for pk in keys))
            return [(o, pk) for o, pk in zip(owners, keys, strict=True) if o]
        return [(str(service), pk) for service in services for pk in keys]

    def _owner(self, plan: Plan, pk: str) -> str | None:
        try:
            return self._find(plan, pk)
        except NotFound:
            return None

    def _find(self, plan: Plan, pk: Any) -> str:
        if not self.kind:
            plan.require("service")
        found = NotifyAdminAPIClient().post(
            "/platform-admin/find-by-uuid", data={"uuid": str(pk)}
        )
        if found["type"] != self.kind:
            raise NotFound(f"No {self.kind} has this id")
        return str(found["context"]["service_id"])


class ServiceListQuerySet(OfService, RemoteQuerySet[M]):
    """Things that the API lists for each service, whole and without pages."""

    def load_list(self, service_id: str, plan: Plan) -> Items:
        """Load a service's list; the plan says what may be left out of it."""
        raise NotImplementedError

    def fetch(self, plan: Plan) -> Rows:
        """Load single ones, or the lists of the services in question side by side."""
        if (rows := self.one_by_one(plan)) is not None:
            return rows
        services = self._services(plan)
        lists = together(*(partial(self._list, pk, plan) for pk in services))
        return Rows([row for rows in lists for row in rows])

    def _list(self, service_id: str, plan: Plan) -> list[Row]:
        try:
            items = self.load_list(service_id, plan)
        except NotFound:
            return []
        return [_owned(service_id, item) for item in items]

    def _services(self, plan: Plan) -> list[str]:
        pks, services = plan.one_of("id"), plan.one_of("service")
        if services is None and pks is None:
            plan.require("service")
        asked = pks if services is None else services
        if len(asked or ()) > DETAILS_AT_MOST:
            raise NotSupportedError(
                f"The Notify API lists {plan.plural} of one service at a time, and "
                f"{len(asked or ())} calls are too many: narrow the query first."
            )
        if services is None:
            pairs = self._addresses(plan, pks or [])
            return list(dict.fromkeys(service for service, _ in pairs))
        return list(dict.fromkeys(map(str, services)))


class ServicePagesQuerySet(OfService, PagedQuerySet[M]):
    """Things that the API pages through for one service."""

    # No list to fall back on.
    details_at_most = DETAILS_AT_MOST

    def load_one(self, plan: Plan) -> Rows | None:
        """Answer a query for keys; the pages need one service."""
        if (rows := self.one_by_one(plan)) is None:
            plan.require("service")
        return rows


def _owned(service_id: str, item: Item) -> Row:
    return dict(item) if "service" in item else {"service_id": service_id, **item}
