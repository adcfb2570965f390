"""The API's routes about organisations, their people, services and brandings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.template.loader import render_to_string

from portal.organisations.types import OrganisationData
from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient
from portal.remote.errors import NotFound


class OrganisationsClient(NotifyAdminAPIClient):
    """Organisations; answers are not wrapped in ``{"data": ...}`` here."""

    @cache.set("organisations")
    def get_organisations(self) -> Any:
        """Return all, each with its domains and number of live services."""
        return self.get("/organisations")

    @cache.set("domains", tags=("organisations",))
    def get_domains(self) -> Any:
        """Return the e-mail domains of all organisations in one list."""
        return [
            domain
            for organisation in self.get_organisations()
            for domain in organisation["domains"]
        ]

    def get_organisation(self, org_id: Id) -> OrganisationData:
        """Return one with all its details."""
        organisation: OrganisationData = self.get(f"/organisations/{org_id}")
        return organisation

    @cache.set("organisation-{org_id}-name", tags=("organisations",))
    def get_organisation_name(self, org_id: Id) -> Any:
        """Return the name of one."""
        return self.get_organisation(org_id)["name"]

    def get_service_organisation(self, service_id: Id) -> Any:
        """Return the organisation that a service belongs to, ``{}`` for none."""
        return self.get(f"/service/{service_id}/organisation")

    def get_organisation_by_domain(self, domain: str) -> Any:
        """Return the one that a domain belongs to, or None."""
        try:
            return self.get("/organisations/by-domain", params={"domain": domain})
        except NotFound:
            return None

    def search(self, name: str) -> Any:
        """Return those whose name contains this."""
        return self.get("/organisations/search", params={"name": name})

    @cache.delete("organisations")
    def create_organisation(
        self,
        name: str,
        crown: bool | None,
        organisation_type: str,
        agreement_signed: bool | None,
    ) -> Any:
        """Make an organisation and return it."""
        data = {
            "name": name,
            "crown": crown,
            "organisation_type": organisation_type,
            "agreement_signed": agreement_signed,
        }
        return self.post("/organisations", data=data)

    def update_organisation(
        self,
        org_id: Id,
        cached_service_ids: Collection[Id] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Change any attributes; name the services that carry some of them in their answers."""
        services = [f"service-{service_id}" for service_id in cached_service_ids or ()]
        with cache.writing(
            "domains",
            "organisations",
            f"organisation-{org_id}-name",
            f"organisation-{org_id}-email-branding-pool",
            f"organisation-{org_id}-letter-branding-pool",
            *services,
        ):
            return self.post(f"/organisations/{org_id}", data=kwargs)

    @cache.delete(
        "service-{service_id}", "live-service-and-organisation-counts", "organisations"
    )
    def update_service_organisation(self, service_id: Id, org_id: Id) -> Any:
        """Make a service one of this organisation's."""
        return self.post(
            f"/organisations/{org_id}/service", data={"service_id": service_id}
        )

    def get_organisation_services(self, org_id: Id) -> Any:
        """Return the services of one."""
        return self.get(f"/organisations/{org_id}/services")

    @cache.delete("user-{user_id}", strict=True)
    def remove_user_from_organisation(self, org_id: Id, user_id: Id) -> Any:
        """Take someone out of the organisation's team."""
        return self.delete(f"/organisations/{org_id}/users/{user_id}")

    def get_services_and_usage(self, org_id: Id, year: int) -> Any:
        """Return the live services with what they sent and cost in a financial year."""
        return self.get(
            f"/organisations/{org_id}/services-with-usage", params={"year": year}
        )

    @cache.delete("organisations", "organisation-{org_id}-name", "domains")
    def archive_organisation(self, org_id: Id) -> Any:
        """Archive an organisation without people and services."""
        return self.post(f"/organisations/{org_id}/archive")

    @cache.set(
        "organisation-{org_id}-email-branding-pool",
        tags=("organisations", "organisation-email-branding-pools"),
    )
    def get_email_branding_pool(self, org_id: Id) -> Any:
        """Return the e-mail brandings that services of this organisation may choose."""
        return self.get(f"/organisations/{org_id}/email-branding-pool")["data"]

    @cache.set(
        "organisation-{org_id}-letter-branding-pool",
        tags=("organisations", "organisation-letter-branding-pools"),
    )
    def get_letter_branding_pool(self, org_id: Id) -> Any:
        """Return the letter brandings that services of this organisation may choose."""
        return self.get(f"/organisations/{org_id}/letter-branding-pool")["data"]

    @cache.delete("organisation-{org_id}-email-branding-pool")
    def add_brandings_to_email_branding_pool(
        self, org_id: Id, branding_ids: Collection[Id]
    ) -> Any:
        """Add e-mail brandings to the pool."""
        return self.post(
            f"/organisations/{org_id}/email-branding-pool",
            data={"branding_ids": branding_ids},
        )

    @cache.delete("organisation-{org_id}-letter-branding-pool")
    def add_brandings_to_letter_branding_pool(
        self, org_id: Id, branding_ids: Collection[Id]
    ) -> Any:
        """Add letter brandings to the pool."""
        return self.post(
            f"/organisations/{org_id}/letter-branding-pool",
            data={"branding_ids": branding_ids},
        )

    @cache.delete("organisation-{org_id}-email-branding-pool")
    def remove_email_branding_from_pool(self, org_id: Id, branding_id: Id) -> None:
        """Take an e-mail branding out of the pool."""
        self.delete(f"/organisations/{org_id}/email-branding-pool/{branding_id}")

    @cache.delete("organisation-{org_id}-letter-branding-pool")
    def remove_letter_branding_from_pool(self, org_id: Id, branding_id: Id) -> None:
        """Take a letter branding out of the pool."""
        self.delete(f"/organisations/{org_id}/letter-branding-pool/{branding_id}")

    def notify_users_of_request_to_go_live_for_service(self, service_id: Id) -> None:
        """Tell those who may approve it that a service asks to go live."""
        self.post(f"/organisations/notify-users-of-request-to-go-live/{service_id}")

    def notify_org_member_about_next_steps_of_go_live_request(
        self,
        service_id: Id,
        service_name: str,
        to: str,
        check_if_unique: bool,
        unclear_service_name: bool,
    ) -> None:
        """Tell the person who is to approve a service what they have to do."""
        body = render_to_string(
            "organisations/emails/next_steps.md",
            {
                "check_if_unique": check_if_unique,
                "unclear_service_name": unclear_service_name,
            },
        )
        self.post(
            "/organisations/notify-org-member-about-next-steps-of-go-live-request/"
            f"{service_id}",
            data={"to": to, "service_name": service_name, "body": body},
        )

    def notify_service_member_of_rejected_go_live_request(
        self,
        service_id: Id,
        service_member_name: str,
        service_name: str,
        organisation_name: str,
        rejection_reason: str,
        organisation_team_member_name: str,
        organisation_team_member_email: str,
    ) -> None:
        """Tell the person who asked to go live why the organisation refused."""
        self.post(
            "/organisations/notify-service-member-of-rejected-go-live-request/"
            f"{service_id}",
            data={
                "name": service_member_name,
                "service_name": service_name,
                "organisation_name": organisation_name,
                "reason": rejection_reason,
                "organisation_team_member_name": organisation_team_member_name,
                "organisation_team_member_email": organisation_team_member_email,
            },
        )


organisations_client = OrganisationsClient()
