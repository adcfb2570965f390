"""How brandings and the choices of them are read from the API and written to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import NotSupportedError
from django.db.models import Model

from portal.clients import (
    email_branding_client,
    letter_branding_client,
    organisations_client,
    service_api_client,
)
from portal.remote.aliases import answered_by_api
from portal.remote.client import current_user_id
from portal.remote.owners import Items, OwnedListQuerySet, ServiceListQuerySet
from portal.remote.parallel import those_found
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet

if TYPE_CHECKING:
    from portal.branding.models import (  # noqa: F401 - named in strings
        EmailBranding,
        LetterBranding,
        LetterBrandingToOrganisation,
        OrganisationEmailBranding,
        ServiceEmailBranding,
        ServiceLetterBranding,
    )

M = TypeVar("M", bound=Model)


class BrandingQuerySet(RemoteQuerySet[M]):
    """Brandings of one kind: those of a pool, or the cached list."""

    def in_pool_of(self, organisation: Any) -> Self:
        """Those that the services of an organisation may choose."""
        pk = getattr(organisation, "pk", organisation)
        if answered_by_api(self.db):
            return self.scoped("pool", str(pk))
        return self.filter(pools__organisation=pk)

    def fetch(self, plan: Plan) -> Rows:
        if organisation := self.scopes.get("pool"):
            return Rows(self.load_pool(organisation))
        return self.load_all(plan)

    def load_pool(self, organisation_id: str) -> list[Row]:
        """Load what an organisation's services may choose."""
        raise NotImplementedError

    def load_all(self, plan: Plan) -> Rows:
        """Load all that a plan may ask for."""
        raise NotImplementedError


class EmailBrandingQuerySet(BrandingQuerySet["EmailBranding"]):
    """Brandings of e-mails; archived ones by their key only."""

    ended_as = "archived"

    def load_pool(self, organisation_id: str) -> list[Row]:
        rows: list[Row] = organisations_client.get_email_branding_pool(organisation_id)
        return [{"active": True, **row} for row in rows]

    def load_all(self, plan: Plan) -> Rows:
        if plan.equal("active").get("active") is False:
            raise NotSupportedError(
                "The Notify API does not list email brandings that are archived."
            )
        listed = email_branding_client.get_all_email_branding()
        rows = [{"active": True, **row} for row in listed]
        known = {row["id"] for row in rows}
        keys = dict.fromkeys(map(str, plan.one_of("id") or ()))
        archived = (partial(_archived, pk) for pk in keys if pk not in known)
        return Rows(rows + those_found(*archived))

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = email_branding_client.create_email_branding(
            logo=payload.get("logo"),
            name=payload["name"],
            alt_text=payload.get("alt_text"),
            text=payload.get("text"),
            colour=payload.get("colour"),
            brand_type=payload["brand_type"],
            created_by_id=payload.get("created_by") or current_user_id(),
        )
        return {"active": True, **row}

    def send_update(
        self, instance: EmailBranding, payload: dict[str, Any]
    ) -> Row | None:
        columns = ("logo", "name", "alt_text", "text", "colour", "brand_type")
        self.refuse_other(payload, *columns, "active")
        if payload.get("active") is False:
            self.send_delete(instance)
            return None
        values: dict[str, Any] = {name: getattr(instance, name) for name in columns}
        email_branding_client.update_email_branding(
            branding_id=str(instance.pk), updated_by_id=current_user_id(), **values
        )
        return None

    def send_delete(self, instance: EmailBranding) -> None:
        email_branding_client.archive_email_branding(str(instance.pk))


class LetterBrandingQuerySet(BrandingQuerySet["LetterBranding"]):
    """Logos of letters, all in one list."""

    def load_pool(self, organisation_id: str) -> list[Row]:
        rows: list[Row] = organisations_client.get_letter_branding_pool(organisation_id)
        return rows

    def load_all(self, plan: Plan) -> Rows:
        if (rows := self.details(plan, _logo, at_most=1)) is not None:
            return rows
        return Rows(letter_branding_client.get_all_letter_branding())

    def send_create(self, payload: dict[str, Any]) -> Row:
        row: Row = letter_branding_client.create_letter_branding(
            filename=payload["filename"],
            name=payload["name"],
            created_by_id=payload.get("created_by_id") or current_user_id(),
        )
        return row

    def send_update(
        self, instance: LetterBranding, payload: dict[str, Any]
    ) -> Row | None:
        self.refuse_other(payload, "filename", "name")
        letter_branding_client.update_letter_branding(
            branding_id=str(instance.pk),
            filename=instance.filename,
            name=instance.name,
            updated_by_id=current_user_id(),
        )
        return None


class PoolQuerySet(OwnedListQuerySet[M]):
    """Which brandings the services of an organisation may choose."""

    ended_as = "removed"
    owned_by = "organisation"

    def for_organisation(self, organisation: Any) -> Self:
        """The choices of an organisation."""
        return self.filter(organisation=getattr(organisation, "pk", organisation))


class OrganisationEmailBrandingQuerySet(PoolQuerySet["OrganisationEmailBranding"]):
    """Which brandings of e-mails the services of an organisation may choose."""

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        found = organisations_client.get_email_branding_pool(owner_id)
        return [{"email_branding": {"active": True, **one}} for one in found]

    def send_create(self, payload: dict[str, Any]) -> Row:
        organisations_client.add_brandings_to_email_branding_pool(
            payload["organisation_id"], [payload["email_branding_id"]]
        )
        return payload

    def send_delete(self, instance: OrganisationEmailBranding) -> None:
        organisations_client.remove_email_branding_from_pool(
            str(instance.organisation_id), str(instance.email_branding_id)
        )


class LetterBrandingToOrganisationQuerySet(
    PoolQuerySet["LetterBrandingToOrganisation"]
):
    """Which logos the letters of an organisation's services may carry."""

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        found = organisations_client.get_letter_branding_pool(owner_id)
        return [{"letter_branding": one} for one in found]

    def send_create(self, payload: dict[str, Any]) -> Row:
        organisations_client.add_brandings_to_letter_branding_pool(
            payload["organisation_id"], [payload["letter_branding_id"]]
        )
        return payload

    def send_delete(self, instance: LetterBrandingToOrganisation) -> None:
        organisations_client.remove_letter_branding_from_pool(
            str(instance.organisation_id), str(instance.letter_branding_id)
        )


class ServiceBrandingQuerySet(ServiceListQuerySet[M]):
    """The branding of a service, where it has one of its own."""

    # What the API calls it in a service.
    name: ClassVar[str]

    def load_users(self, branding_id: str) -> list[Row]:
        """Load the services that have a branding."""
        raise NotImplementedError

    def fetch(self, plan: Plan) -> Rows:
        branding = plan.equal(self.name).get(self.name)
        if branding is None or plan.one_of("service") is not None:
            return super().fetch(plan)
        users = self.load_users(str(branding))
        key = f"{self.name}_id"
        return Rows([{"service_id": one["id"], key: str(branding)} for one in users])

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        answer: Any = service_api_client.get_service(owner_id)
        branding = answer["data"][self.name]
        return [{f"{self.name}_id": branding}] if branding else []

    def send_create(self, payload: dict[str, Any]) -> Row:
        return self._choose(payload["service_id"], payload[f"{self.name}_id"])

    def send_update(self, instance: Any, payload: dict[str, Any]) -> Row | None:
        return self._choose(str(instance.pk), payload[f"{self.name}_id"])

    def send_delete(self, instance: Any) -> None:
        self._choose(str(instance.pk), None)

    def _choose(self, service_id: str, branding_id: str | None) -> Row:
        service_api_client.update_service(service_id, **{self.name: branding_id})
        return {"service_id": service_id, f"{self.name}_id": branding_id}


class ServiceEmailBrandingQuerySet(ServiceBrandingQuerySet["ServiceEmailBranding"]):
    """The branding of a service's e-mails, where it has one of its own."""

    name = "email_branding"

    def load_users(self, branding_id: str) -> list[Row]:
        found = email_branding_client.get_orgs_and_services_associated_with_branding(
            branding_id
        )
        rows: list[Row] = found["data"]["services"]
        return rows


class ServiceLetterBrandingQuerySet(ServiceBrandingQuerySet["ServiceLetterBranding"]):
    """The logo of a service's letters, where it has one of its own."""

    name = "letter_branding"

    def load_users(self, branding_id: str) -> list[Row]:
        found = letter_branding_client.get_orgs_and_services_associated_with_branding(
            branding_id
        )
        rows: list[Row] = found["data"]["services"]
        return rows


def _archived(pk: str) -> Row:
    """Load an email branding that is not listed: the list has all that are active."""
    row: Row = email_branding_client.get_email_branding(pk)["email_branding"]
    return {"active": False, **row}


def _logo(pk: str) -> Row:
    row: Row = letter_branding_client.get_letter_branding(pk)
    return row
