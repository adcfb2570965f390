"""Who a service's e-mails and text messages come from."""

from __future__ import annotations

from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient


class SenderMethods(NotifyAdminAPIClient):
    """Methods about reply-to addresses and text-message senders."""

    def get_reply_to_email_addresses(self, service_id: Id) -> Any:
        """Return a list of a service's."""
        return self.get(f"/service/{service_id}/email-reply-to")

    def get_reply_to_email_address(self, service_id: Id, reply_to_email_id: Id) -> Any:
        """Return one."""
        return self.get(f"/service/{service_id}/email-reply-to/{reply_to_email_id}")

    def verify_reply_to_email_address(self, service_id: Id, email_address: str) -> Any:
        """Send an e-mail to an address to see if it arrives; returns its id."""
        return self.post(
            f"/service/{service_id}/email-reply-to/verify",
            data={"email": email_address},
        )

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def add_reply_to_email_address(
        self, service_id: Id, email_address: str, is_default: bool = False
    ) -> Any:
        """Add a reply-to address."""
        return self.post(
            f"/service/{service_id}/email-reply-to",
            data={"email_address": email_address, "is_default": is_default},
        )

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def update_reply_to_email_address(
        self,
        service_id: Id,
        reply_to_email_id: Id,
        email_address: str,
        is_default: bool = False,
    ) -> Any:
        """Change a reply-to address, or make it the default."""
        return self.post(
            f"/service/{service_id}/email-reply-to/{reply_to_email_id}",
            data={"email_address": email_address, "is_default": is_default},
        )

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def delete_reply_to_email_address(
        self, service_id: Id, reply_to_email_id: Id
    ) -> Any:
        """Archive a reply-to address."""
        return self.post(
            f"/service/{service_id}/email-reply-to/{reply_to_email_id}/archive"
        )

    def get_sms_senders(self, service_id: Id) -> Any:
        """Return a list of a service's."""
        return self.get(f"/service/{service_id}/sms-sender")

    def get_sms_sender(self, service_id: Id, sms_sender_id: Id) -> Any:
        """Return one."""
        return self.get(f"/service/{service_id}/sms-sender/{sms_sender_id}")

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def add_sms_sender(
        self, service_id: Id, sms_sender: str, is_default: bool = False
    ) -> Any:
        """Add a text-message sender."""
        return self.post(
            f"/service/{service_id}/sms-sender",
            data={"sms_sender": sms_sender, "is_default": is_default},
        )

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def update_sms_sender(
        self,
        service_id: Id,
        sms_sender_id: Id,
        sms_sender: str,
        is_default: bool = False,
    ) -> Any:
        """Change a text-message sender, or make it the default."""
        return self.post(
            f"/service/{service_id}/sms-sender/{sms_sender_id}",
            data={"sms_sender": sms_sender, "is_default": is_default},
        )

    @cache.delete("service-{service_id}", "service-{service_id}-template")
    def delete_sms_sender(self, service_id: Id, sms_sender_id: Id) -> Any:
        """Archive a text-message sender."""
        return self.post(f"/service/{service_id}/sms-sender/{sms_sender_id}/archive")
