"""The API's routes about e-mail and letter branding."""

from __future__ import annotations

from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient


class EmailBrandingClient(NotifyAdminAPIClient):
    """The brandings that e-mails can carry."""

    @cache.set("email_branding-{branding_id}", tags=("email_branding",))
    def get_email_branding(self, branding_id: Id) -> Any:
        """Return ``{"email_branding": {...}}``."""
        return self.get(f"/email-branding/{branding_id}")

    @cache.set("email_branding")
    def get_all_email_branding(self) -> Any:
        """Return a list of all."""
        return self.get("/email-branding")["email_branding"]

    def get_email_branding_name_for_alt_text(self, alt_text: str) -> Any:
        """Return a name, not yet taken, for a branding with this alt text."""
        return self.post(
            "/email-branding/get-name-for-alt-text/", data={"alt_text": alt_text}
        )["name"]

    @cache.delete("email_branding")
    def create_email_branding(
        self,
        *,
        logo: str | None,
        name: str,
        alt_text: str | None,
        text: str | None,
        colour: str | None,
        brand_type: str,
        created_by_id: Id | None,
    ) -> Any:
        """Make a branding and return it."""
        data = {
            "logo": logo or None,
            "name": name,
            "alt_text": alt_text or None,
            "text": text or None,
            "colour": colour or None,
            "brand_type": brand_type,
            "created_by": created_by_id,
        }
        return self.post("/email-branding", data=data)["data"]

    @cache.delete(
        "email_branding",
        "email_branding-{branding_id}",
        "organisation-email-branding-pools",
    )
    def update_email_branding(
        self,
        *,
        branding_id: Id,
        logo: str | None,
        name: str,
        alt_text: str | None,
        text: str | None,
        colour: str | None,
        brand_type: str,
        updated_by_id: Id | None,
    ) -> Any:
        """Change a branding everywhere it is used."""
        data = {
            "logo": logo or None,
            "name": name,
            "alt_text": alt_text,
            "text": text or None,
            "colour": colour or None,
            "brand_type": brand_type,
            "updated_by": updated_by_id,
        }
        return self.post(f"/email-branding/{branding_id}", data=data)

    @cache.delete(
        "email_branding",
        "email_branding-{branding_id}",
        "organisation-email-branding-pools",
    )
    def archive_email_branding(self, branding_id: Id) -> Any:
        """Archive a branding that nobody uses."""
        return self.post(f"/email-branding/{branding_id}/archive")

    def get_orgs_and_services_associated_with_branding(self, branding_id: Id) -> Any:
        """Return the organisations and services that use a branding."""
        return self.get(f"/email-branding/{branding_id}/orgs_and_services")


class LetterBrandingClient(NotifyAdminAPIClient):
    """The logos that letters can carry."""

    @cache.set("letter_branding-{branding_id}", tags=("letter_branding",))
    def get_letter_branding(self, branding_id: Id) -> Any:
        """Return one."""
        return self.get(f"/letter-branding/{branding_id}")

    @cache.set("letter_branding")
    def get_all_letter_branding(self) -> Any:
        """Return a list of all."""
        return self.get("/letter-branding")

    def get_unique_name_for_letter_branding(self, name: str) -> Any:
        """Return this name, or one like it that is not yet taken."""
        return self.post("/letter-branding/get-unique-name/", data={"name": name})[
            "name"
        ]

    @cache.delete("letter_branding")
    def create_letter_branding(
        self, *, filename: str, name: str, created_by_id: Id | None
    ) -> Any:
        """Make a branding of an uploaded logo."""
        data = {"filename": filename, "name": name, "created_by_id": created_by_id}
        return self.post("/letter-branding", data=data)

    @cache.delete(
        "letter_branding",
        "letter_branding-{branding_id}",
        "organisation-letter-branding-pools",
    )
    def update_letter_branding(
        self, *, branding_id: Id, filename: str, name: str, updated_by_id: Id | None
    ) -> Any:
        """Change a branding everywhere it is used."""
        data = {"filename": filename, "name": name, "updated_by_id": updated_by_id}
        return self.post(f"/letter-branding/{branding_id}", data=data)

    def get_orgs_and_services_associated_with_branding(self, branding_id: Id) -> Any:
        """Return the organisations and services that use a branding."""
        return self.get(f"/letter-branding/{branding_id}/orgs_and_services")


email_branding_client = EmailBrandingClient()
letter_branding_client = LetterBrandingClient()
