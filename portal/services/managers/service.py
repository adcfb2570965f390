"""How services are read from the API and written to it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.utils.translation import gettext as _

from portal.clients import organisations_client, service_api_client, user_api_client
from portal.remote.aliases import answered_by_api
from portal.remote.client import current_user_id
from portal.remote.errors import Rejected
from portal.remote.owners import Items, ServiceListQuerySet
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet
from portal.services.client.services import ALLOWED_ATTRIBUTES, TRIAL_LIMIT

if TYPE_CHECKING:
    from portal.services.models import (
        Service,
        ServiceHistory,  # noqa: F401 - named in strings
        ServicePermission,
    )
    from portal.users.models import User

# What finding by name and an organisation's list give of each service.
BRIEF = frozenset({"id", "name", "active", "restricted"})


class ServiceQuerySet(RemoteQuerySet["Service"]):
    """Services: one, a person's, an organisation's, those of a name, or all."""

    ended_as = "archived"
    list_fields = (
        *("id", "name", "active", "restricted", "organisation", "organisation_type"),
        *("created_by", "count_as_live", "go_live_at", "go_live_user", "notes"),
        *("email_message_limit", "sms_message_limit", "letter_message_limit"),
        *("international_sms_message_limit", "rate_limit", "prefix_sms"),
        *("contact_link", "custom_email_sender_name", "email_sender_local_part"),
        *("confirmed_unique", "confirmed_email_sender_name", "consent_to_research"),
        *("has_active_go_live_request", "volume_sms", "volume_email", "volume_letter"),
        *("purchase_order_number", "billing_reference", "billing_contact_names"),
        "billing_contact_email_addresses",
    )

    def live(self) -> Self:
        """Those that send to anybody."""
        return self.filter(active=True, restricted=False)

    def trial(self) -> Self:
        """Those that send to their own team only."""
        return self.filter(active=True, restricted=True)

    def for_user(self, user: User | uuid.UUID | str) -> Self:
        """Those that a person is a member of."""
        pk = getattr(user, "pk", user)
        if answered_by_api(self.db):
            return self.scoped("member", str(pk))
        return self.filter(pk__in=_memberships(self.db, user_id=pk).values("service"))

    def for_organisation(self, organisation: Any) -> Self:
        """Those of an organisation."""
        return self.filter(organisation=getattr(organisation, "pk", organisation))

    def fetch(self, plan: Plan) -> Rows:
        if member := self.scopes.get("member"):
            return Rows(service_api_client.get_services({"user_id": member})["data"])
        if (rows := self.details(plan, _detail, at_most=25)) is not None:
            return rows
        if organisation := plan.equal("organisation"):
            pk = str(organisation["organisation"])
            items = organisations_client.get_organisation_services(pk)
            return Rows([{**item, "organisation": pk} for item in items])
        sought = plan.terms.get(("name", "icontains"))
        if sought and self._is_brief():
            return Rows(service_api_client.find_services_by_name(sought)["data"])
        if plan.equal("active").get("active") is True:
            return Rows(service_api_client.get_active_services()["data"])
        return Rows(service_api_client.get_services()["data"])

    def _is_brief(self) -> bool:
        mask: dict[Any, Any] = self.query.get_select_mask()
        return bool(mask) and BRIEF.issuperset(field.name for field in mask)

    def grant(self, service: Service, permissions: Iterable[str]) -> None:
        """Replace what a service may do."""
        before, wanted = sorted(service.permissions), sorted(permissions)
        answer = service_api_client.update_service(str(service.pk), permissions=wanted)
        service.take(self.row(_data(answer)), keep=service.changed_fields())
        service.wrote({"permissions": before}, {"permissions": wanted})

    def make_live(self, service: Service, *, live: bool) -> None:
        """Make a service live, or a trial again, with the limits that go with it."""
        answer = service_api_client.update_status(str(service.pk), live)
        kept = service.changed_fields() - {"restricted"}
        service.take(self.row(_data(answer)), keep=kept)
        service.wrote({"restricted": live}, {"restricted": not live})

    def send_create(self, payload: dict[str, Any]) -> Row:
        service_id = service_api_client.create_service(
            service_name=payload["name"],
            organisation_type=payload["organisation_type"],
            email_message_limit=_limit(payload, "email_message_limit"),
            international_sms_message_limit=_limit(
                payload, "international_sms_message_limit"
            ),
            sms_message_limit=_limit(payload, "sms_message_limit"),
            letter_message_limit=_limit(payload, "letter_message_limit"),
            restricted=payload["restricted"],
            user_id=payload.get("created_by_id") or current_user_id() or "",
        )
        if organisation := payload.get("organisation_id"):
            organisations_client.update_service_organisation(service_id, organisation)
        return _detail(service_id)

    def send_update(self, instance: Service, payload: dict[str, Any]) -> Row | None:
        changes = dict(payload)
        if "organisation_id" in changes:
            _move(instance, changes.pop("organisation_id"))
        if "go_live_user_id" in changes:
            changes["go_live_user"] = changes.pop("go_live_user_id")
        self.refuse_other(changes, *ALLOWED_ATTRIBUTES)
        pk = str(instance.pk)
        if changes.keys() == {"count_as_live"}:
            return _data(service_api_client.update_count_as_live(pk, **changes))
        if not changes:
            return None
        return _data(service_api_client.update_service(pk, **changes))

    def send_delete(self, instance: Service) -> None:
        pk = str(instance.pk)
        team = user_api_client.get_users_for_service(pk)
        service_api_client.archive_service(pk, [user["id"] for user in team])


class ServicePermissionQuerySet(ServiceListQuerySet["ServicePermission"]):
    """What services may do; a change replaces all that one may do."""

    ended_as = "removed"
    details_at_most = 0

    def load_list(self, service_id: str, plan: Plan) -> Items:
        return [{"permission": name} for name in _detail(service_id)["permissions"]]

    def send_create(self, payload: dict[str, Any]) -> Row:
        service_id, permission = payload["service_id"], payload["permission"]
        self._replace(service_id, {*self._granted(service_id), permission})
        return {"service_id": service_id, "permission": permission}

    def send_delete(self, instance: ServicePermission) -> None:
        service_id = str(instance.service_id)
        self._replace(service_id, self._granted(service_id) - {instance.permission})

    def _granted(self, service_id: str) -> set[str]:
        return set(_detail(service_id)["permissions"])

    def _replace(self, service_id: str, wanted: set[str]) -> None:
        service_api_client.update_service(service_id, permissions=sorted(wanted))


class ServiceHistoryQuerySet(RemoteQuerySet["ServiceHistory"]):
    """The versions of one service."""

    list_fields = (
        *("id", "version", "name", "active", "restricted", "created_by"),
        *("created_at", "updated_at", "custom_email_sender_name"),
        *("email_sender_local_part", "email_message_limit", "sms_message_limit"),
        "letter_message_limit",
    )

    def fetch(self, plan: Plan) -> Rows:
        history = service_api_client.get_service_history(str(plan.require("id")))
        return Rows(history["service_history"])


def _memberships(alias: str, **of: Any) -> Any:
    from portal.users.models import ServiceUser

    return ServiceUser.objects.using(alias).filter(**of)


def _detail(service_id: str) -> Row:
    return _data(service_api_client.get_service(service_id))


def _data(answer: Any) -> Row:
    row: Row = answer["data"]
    return row


def _limit(payload: dict[str, Any], name: str) -> int:
    return int(payload.get(name, TRIAL_LIMIT))


def _move(service: Service, organisation_id: str | None) -> None:
    if organisation_id is None:
        sentence = _("A service cannot be taken out of its organisation.")
        raise Rejected(sentence, errors={"organisation": [sentence]})
    organisations_client.update_service_organisation(str(service.pk), organisation_id)
