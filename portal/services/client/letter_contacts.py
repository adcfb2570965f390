"""The addresses that a service's letters come from."""

from __future__ import annotations

from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient


class LetterContactMethods(NotifyAdminAPIClient):
    """Methods about sender addresses of letters."""

    def get_letter_contacts(self, service_id: Id) -> Any:
        """Return a list of a service's."""
        return self.get(f"/service/{service_id}/letter-contact")

    def get_letter_contact(self, service_id: Id, letter_contact_id: Id) -> Any:
        """Return one."""
        return self.get(f"/service/{service_id}/letter-contact/{letter_contact_id}")

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def add_letter_contact(
        self, service_id: Id, contact_block: str, is_default: bool = False
    ) -> Any:
        """Add an address."""
        return self.post(
            f"/service/{service_id}/letter-contact",
            data={"contact_block": contact_block, "is_default": is_default},
        )

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def update_letter_contact(
        self,
        service_id: Id,
        letter_contact_id: Id,
        contact_block: str,
        is_default: bool = False,
    ) -> Any:
        """Change an address, or make it the default."""
        return self.post(
            f"/service/{service_id}/letter-contact/{letter_contact_id}",
            data={"contact_block": contact_block, "is_default": is_default},
        )

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def delete_letter_contact(self, service_id: Id, letter_contact_id: Id) -> Any:
        """Archive an address."""
        return self.post(
            f"/service/{service_id}/letter-contact/{letter_contact_id}/archive"
        )
