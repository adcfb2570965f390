"""Things that belong to one service, organisation or person, under whose address they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain
from typing import Any, ClassVar, Self, TypeVar

from django.db import NotSupportedError
from django.db.models import Model

from portal.remote.client import NotifyAdminAPIClient
from portal.remote.errors import NotFound
from portal.remote.gather import DETAILS_AT_MOST
from portal.remote.paging import PagedQuerySet
from portal.remote.parallel import those_found
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

M = TypeVar("M", bound=Model)
Item = Mapping[str, Any]
Items = Iterable[Item]


class Owned:
    """A part of a QuerySet whose rows have addresses that begin with their owner.

    A query names the owner, or the keys: whose those are is looked up then, side by
    side, for one call more each.
    """

    owned_by: ClassVar[str | None]
    # What POST /platform-admin/find-by-uuid calls them; empty: it does not know them.
    kind: ClassVar[str] = ""
    # So many keys are read one by one, for more their owners' lists; 0: no such address.
    details_at_most: ClassVar[int] = 5

    def load_detail(self, owner_id: str, pk: str) -> Item | None:
        """Load one from its own address; None or NotFound: the owner has none."""
        raise NotImplementedError

    def load_alone(self, pk: str, plan: Plan) -> Item | None:
        """Load one whose owner is not known, and is found first."""
        owner_id = self.find_owner(pk, plan)
        item = self.load_detail(owner_id, pk)
        return self._owned(owner_id, item) if item else None

    def find_owner(self, pk: Any, plan: Plan) -> str:
        """Find whose a key is. Raises NotFound, and ScopeRequired where the API does not tell."""
        if not self.kind:
            plan.require(str(self.owned_by))
        return find_owner(self.kind, pk, str(self.owned_by))

    def owner_of(self, plan: Plan) -> str:
        """Give the one owner of a query. Raises ScopeRequired, NotFound."""
        name = str(self.owned_by)
        if plan.one_of(name) is None and (pk := plan.equal("id").get("id")):
            return self.find_owner(pk, plan)
        return str(plan.require(name))

    def one_by_one(self, plan: Plan) -> Rows | None:
        """Answer a query for a few keys from their own addresses; None for any other."""
        pks, owners = _texts(plan, "id"), _texts(plan, str(self.owned_by))
        if pks is None or len(pks) > self.details_at_most:
            return None
        if owners is None:
            loads = [partial(self.load_alone, pk, plan) for pk in pks]
        else:
            loads = [partial(self._detail, one, pk) for one in owners for pk in pks]
        return Rows(those_found(*loads))

    def _detail(self, owner_id: str, pk: str) -> Item | None:
        item = self.load_detail(owner_id, pk)
        return self._owned(owner_id, item) if item else None

    def _owned(self, owner_id: str, item: Item) -> Row:
        key = f"{self.owned_by}_id"
        return dict(item) if self.owned_by in item else {key: owner_id, **item}


class OfService(Owned):
    """A part of a QuerySet of what belongs to a service."""

    owned_by: ClassVar[str | None] = "service"

    def for_service(self, service: Any) -> Self:
        """Those of a service."""
        queryset: Any = self
        found: Self = queryset.filter(service=getattr(service, "pk", service))
        return found


class OwnedListQuerySet(Owned, RemoteQuerySet[M]):
    """Things that the API lists for each owner, whole and without pages."""

    # Fields whose true ones the lists leave out, as "archived".
    unlisted: ClassVar[tuple[str, ...]] = ()

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        """Load an owner's list; the plan says what may be left out of it."""
        raise NotImplementedError

    def fetch(self, plan: Plan) -> Rows:
        """Load single ones, or the lists of the owners in question side by side."""
        if (rows := self.one_by_one(plan)) is not None:
            return rows
        for name in self.unlisted:
            if plan.equal(name).get(name):
                raise NotSupportedError(
                    f"The Notify API does not list {plan.plural} that are {name}."
                )
        loads = (partial(self._list, owner, plan) for owner in self._owners(plan))
        found: list[Row] = list(chain.from_iterable(those_found(*loads)))
        # A list of theirs is the answer as it is where nothing but the owner is asked for.
        return Rows(found, complete=self._asks_owners_only(plan), total=len(found))

    def _asks_owners_only(self, plan: Plan) -> bool:
        owners = {(str(self.owned_by), "exact"), (str(self.owned_by), "in")}
        whole = plan.exact and plan.start == 0 and plan.stop is None
        return whole and not plan.order_by and plan.terms.keys() <= owners

    def _list(self, owner_id: str, plan: Plan) -> list[Row]:
        items = self.load_list(owner_id, plan)
        return [self._owned(owner_id, item) for item in items]

    def _owners(self, plan: Plan) -> list[str]:
        name = str(self.owned_by)
        pks, owners = _texts(plan, "id"), _texts(plan, name)
        asked = pks if owners is None else owners
        if asked is None:
            return [str(plan.require(name))]
        if len(asked) > DETAILS_AT_MOST:
            raise NotSupportedError(
                f"The Notify API lists {plan.plural} of one {name} at a time, and "
                f"{len(asked)} calls are too many: narrow the query first."
            )
        if owners is None:
            finds = (partial(self.find_owner, pk, plan) for pk in asked)
            return list(dict.fromkeys(those_found(*finds)))
        return owners


class OwnedPagesQuerySet(Owned, PagedQuerySet[M]):
    """Things that the API pages through for one owner."""

    # No list to fall back on.
    details_at_most = DETAILS_AT_MOST

    def load_one(self, plan: Plan) -> Rows | None:
        """Answer a query for keys; the pages need one owner."""
        if (rows := self.one_by_one(plan)) is None:
            plan.require(str(self.owned_by))
        return rows


class ServiceListQuerySet(OfService, OwnedListQuerySet[M]):
    """Things that the API lists for each service."""


class ServicePagesQuerySet(OfService, OwnedPagesQuerySet[M]):
    """Things that the API pages through for one service."""


def find_owner(kind: str, pk: Any, owned_by: str) -> str:
    """Find whose something of a kind is. Raises NotFound. POST /platform-admin/find-by-uuid."""
    found = NotifyAdminAPIClient().post(
        "/platform-admin/find-by-uuid", data={"uuid": str(pk)}
    )
    if found["type"] != kind:
        raise NotFound(f"No {kind} has this id")
    return str(found["context"][f"{owned_by}_id"])


def _texts(plan: Plan, name: str) -> list[str] | None:
    values = plan.one_of(name)
    return None if values is None else list(dict.fromkeys(map(str, values)))
