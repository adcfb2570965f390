"""How people are read from the API and written to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django.db import NotSupportedError
from django.utils.translation import gettext as _

from portal.clients import admin_api_client, user_api_client
from portal.remote.aliases import answered_by_api
from portal.remote.client import current_user_id
from portal.remote.errors import Rejected
from portal.remote.gather import DETAILS_AT_MOST
from portal.remote.parallel import together
from portal.remote.plan import Plan, Row, Rows, ScopeRequired
from portal.remote.query import RemoteQuerySet
from portal.users.client import ALLOWED_ATTRIBUTES

if TYPE_CHECKING:
    from portal.users.models import User

# What finding by e-mail address gives of each person.
BRIEF = frozenset({"id", "name", "email_address", "mobile_number"})
CONTACTS = frozenset({"email_address", "mobile_number"})


class UserQuerySet(RemoteQuerySet["User"]):
    """People: one, by e-mail address, of a service or an organisation, or all active."""

    ended_as = "archived"

    def active(self) -> Self:
        """Those who can sign in."""
        return self.filter(state="active")

    def for_service(self, service: Any) -> Self:
        """The members of a service's team."""
        pk = getattr(service, "pk", service)
        if answered_by_api(self.db):
            return self.scoped("service", str(pk))
        from portal.users.models import ServiceUser

        members = ServiceUser.objects.using(self.db).filter(service_id=pk)
        return self.filter(pk__in=members.values("user"))

    def for_organisation(self, organisation: Any) -> Self:
        """The members of an organisation's team."""
        pk = getattr(organisation, "pk", organisation)
        if answered_by_api(self.db):
            return self.scoped("organisation", str(pk))
        from portal.users.models import UserToOrganisation

        members = UserToOrganisation.objects.using(self.db).filter(organisation_id=pk)
        return self.filter(pk__in=members.values("user"))

    def row(self, item: Row) -> Row:
        row = super().row(item)
        # The list of all people names the services, the other answers have ids.
        if any(isinstance(service, dict) for service in row.get("services", ())):
            row["services"] = [service["id"] for service in row["services"]]
        return row

    def fetch(self, plan: Plan) -> Rows:
        if service := self.scopes.get("service"):
            return Rows(user_api_client.get_users_for_service(service))
        if organisation := self.scopes.get("organisation"):
            return Rows(user_api_client.get_users_for_organisation(organisation))
        rows = self.details(plan, user_api_client.get_user, at_most=DETAILS_AT_MOST)
        if rows is not None:
            return rows
        for lookup in ("exact", "iexact"):
            if address := plan.terms.get(("email_address", lookup)):
                return _by_address(address)
        for lookup in ("icontains", "contains", "istartswith", "startswith"):
            if part := plan.terms.get(("email_address", lookup)):
                return self._by_part(part)
        if plan.equal("state") == {"state": "active"}:
            return Rows(admin_api_client.fetch_users_list()["data"])
        raise ScopeRequired(
            "The Notify API lists active users only: add .filter(state='active'), "
            "an e-mail address, or .for_service(…)."
        )

    def _by_part(self, part: str) -> Rows:
        items = user_api_client.find_users_by_full_or_partial_email(part)["data"]
        mask: dict[Any, Any] = self.query.get_select_mask()
        if mask and BRIEF.issuperset(field.name for field in mask):
            return Rows(items)
        if len(items) > DETAILS_AT_MOST:
            raise NotSupportedError(
                f"{len(items)} people have {part!r} in their e-mail address, which is "
                "too many to read: give more of it, or ask with only() for less."
            )
        loads = (partial(user_api_client.get_user, item["id"]) for item in items)
        return Rows(together(*loads))

    def unlock(self, user: User) -> None:
        """Let someone sign in again who gave too many wrong passwords or codes."""
        user_api_client.reset_failed_login_count(str(user.pk))
        user.failed_login_count = 0

    def send_update(self, instance: User, payload: dict[str, Any]) -> Row | None:
        self.refuse_other(payload, *ALLOWED_ATTRIBUTES)
        if payload.get("platform_admin"):
            sentence = _("Nobody can be made a platform admin through the API.")
            raise Rejected(sentence, errors={"platform_admin": [sentence]})
        changes = dict(payload)
        editor = current_user_id()
        if editor and editor != str(instance.pk) and payload.keys() & CONTACTS:
            # The API tells the person that somebody else changed it.
            changes["updated_by"] = editor
        row: Row = user_api_client.update_user_attribute(str(instance.pk), **changes)
        return row

    def send_delete(self, instance: User) -> None:
        user_api_client.archive_user(str(instance.pk))


def _by_address(address: str) -> Rows:
    try:
        return Rows.of(user_api_client.get_user_by_email_or_none(address))
    except Rejected as refused:
        # What is no address is nobody's.
        if "email" in refused.errors:
            return Rows([])
        raise
