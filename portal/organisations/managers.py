"""How organisations are read from the API and written to it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from portal.clients import (
    email_branding_client,
    letter_branding_client,
    organisations_client,
    user_api_client,
)
from portal.remote.aliases import answered_by_api
from portal.remote.owners import Items, OwnedListQuerySet
from portal.remote.parallel import those_found
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet
from portal.remote.values import derived_id

if TYPE_CHECKING:
    from portal.organisations.models import (
        Domain,
        Organisation,
        OrganisationPermission,
    )

CREATED_WITH = ("name", "crown", "organisation_type", "agreement_signed")
# Which endpoint knows the organisations that have a branding.
USERS_OF_BRANDINGS: dict[str, Any] = {
    "email_branding": email_branding_client,
    "letter_branding": letter_branding_client,
}
# Not the API's to take: it keeps them itself.
KEPT_BY_API = frozenset({"id", "created_at", "updated_at", "active"})


class OrganisationQuerySet(RemoteQuerySet["Organisation"]):
    """Organisations: one with all its details, or the cached list of all."""

    ended_as = "archived"
    list_fields = ("id", "name", "active", "organisation_type")

    def active(self) -> Self:
        """Those that are not archived."""
        return self.filter(active=True)

    def for_user(self, user: Any) -> Self:
        """Those that a person is a member of."""
        pk = getattr(user, "pk", user)
        if answered_by_api(self.db):
            return self.scoped("member", str(pk))
        return self.filter(memberships__user=pk)

    def fetch(self, plan: Plan) -> Rows:
        if member := self.scopes.get("member"):
            found = user_api_client.get_organisations_and_services_for_user(member)
            return Rows([{"active": True, **one} for one in found["organisations"]])
        for name, client in USERS_OF_BRANDINGS.items():
            if branding := plan.equal(name).get(name):
                found = client.get_orgs_and_services_associated_with_branding(branding)
                keys = [one["id"] for one in found["data"]["organisations"]]
                load = organisations_client.get_organisation
                return Rows(those_found(*(partial(load, key) for key in keys)))
        # A few are read from the list as well: it is cached, details are not.
        rows = self.details(plan, organisations_client.get_organisation, at_most=1)
        return Rows(organisations_client.get_organisations()) if rows is None else rows

    def set_domains(self, organisation: Organisation, domains: Iterable[str]) -> None:
        """Replace the e-mail domains whose people belong to an organisation."""
        wanted = list(domains)
        before = {"domains": organisation.domain_names}
        organisations_client.update_organisation(str(organisation.pk), domains=wanted)
        organisation.extra = {**organisation.extra, "domains": wanted}
        organisation.wrote(before, {"domains": wanted})

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = organisations_client.create_organisation(
            payload["name"],
            payload.get("crown"),
            payload["organisation_type"],
            payload.get("agreement_signed"),
        )
        more = {
            name: value
            for name, value in payload.items()
            if name not in {*CREATED_WITH, *KEPT_BY_API} and value != row.get(name)
        }
        if more:
            organisations_client.update_organisation(row["id"], **more)
        return {**row, **more}

    def send_update(
        self, instance: Organisation, payload: dict[str, Any]
    ) -> Row | None:
        pk, services = str(instance.pk), []
        if "organisation_type" in payload:
            # The API changes the type of its services too.
            services = organisations_client.get_organisation_services(pk)
        organisations_client.update_organisation(
            pk, cached_service_ids=[service["id"] for service in services], **payload
        )
        return None

    def send_delete(self, instance: Organisation) -> None:
        organisations_client.archive_organisation(str(instance.pk))


class DomainQuerySet(RemoteQuerySet["Domain"]):
    """The e-mail domains whose people belong to an organisation."""

    def fetch(self, plan: Plan) -> Rows:
        return Rows(
            [
                {"domain": domain, "organisation_id": organisation["id"]}
                for organisation in organisations_client.get_organisations()
                for domain in organisation["domains"]
            ]
        )

    def send_create(self, payload: dict[str, Any]) -> Row:
        pk = payload["organisation_id"]
        self._replace(pk, [*self._present(pk), payload["domain"]])
        return payload

    def send_delete(self, instance: Domain) -> None:
        pk = str(instance.organisation_id)
        self._replace(pk, [one for one in self._present(pk) if one != instance.domain])

    def _present(self, organisation_id: str) -> list[str]:
        found: Any = organisations_client.get_organisation(organisation_id)
        return list(found["domains"])

    def _replace(self, organisation_id: str, domains: list[str]) -> None:
        organisations_client.update_organisation(organisation_id, domains=domains)


class OrganisationPermissionQuerySet(OwnedListQuerySet["OrganisationPermission"]):
    """What the people of organisations may do; the keys are made of both."""

    owned_by = "organisation"
    details_at_most = 0
    list_fields = ("id", "organisation", "permission")

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        return [
            {
                "id": derived_id("organisation permission", owner_id, name),
                "permission": name,
            }
            for name in self._present(owner_id)
        ]

    def send_create(self, payload: dict[str, Any]) -> Row:
        pk, name = payload["organisation_id"], payload["permission"]
        self._replace(pk, [*self._present(pk), name])
        return {"id": derived_id("organisation permission", pk, name)}

    def send_delete(self, instance: OrganisationPermission) -> None:
        pk = str(instance.organisation_id)
        rest = [one for one in self._present(pk) if one != instance.permission]
        self._replace(pk, rest)

    def _present(self, organisation_id: str) -> list[str]:
        found: Any = organisations_client.get_organisation(organisation_id)
        return list(found["permissions"])

    def _replace(self, organisation_id: str, permissions: list[str]) -> None:
        organisations_client.update_organisation(
            organisation_id, permissions=permissions
        )
