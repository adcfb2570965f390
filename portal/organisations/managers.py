"""How organisations are read from the API and written to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from portal.clients import organisations_client
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.organisations.models import Organisation

CREATED_WITH = ("name", "crown", "organisation_type", "agreement_signed")
# Not the API's to take: it keeps them itself.
KEPT_BY_API = frozenset({"id", "created_at", "updated_at", "active"})


class OrganisationQuerySet(RemoteQuerySet["Organisation"]):
    """Organisations: one with all its details, or the cached list of all."""

    list_fields = ("id", "name", "active", "organisation_type")

    def active(self) -> Self:
        """Those that are not archived."""
        return self.filter(active=True)

    def fetch(self, plan: Plan) -> Rows:
        # A few are read from the list as well: it is cached, details are not.
        rows = self.details(plan, organisations_client.get_organisation, at_most=1)
        return Rows(organisations_client.get_organisations()) if rows is None else rows

    def set_domains(self, organisation: Organisation, domains: Iterable[str]) -> None:
        """Replace the e-mail domains whose people belong to an organisation."""
        wanted = list(domains)
        organisations_client.update_organisation(str(organisation.pk), domains=wanted)
        organisation.extra = {**organisation.extra, "domains": wanted}

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
