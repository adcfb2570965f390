"""How a message reaches the team: by e-mail, whatever the settings say carries it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage

URGENT = {"Importance": "high", "X-Priority": "1 (Highest)"}


class SupportClient:
    """The team's mailbox."""

    def send(
        self,
        *,
        message_id: str,
        subject: str,
        body: str,
        reply_to: str,
        is_urgent: bool,
    ) -> None:
        """Send one message; raises OSError or SMTPException where it cannot be.

        A message that is sent twice has the same id, by which mail programs know it.
        """
        domain = settings.PORTAL_SUPPORT_EMAIL.rpartition("@")[2]
        EmailMessage(
            subject=subject,
            body=body,
            to=[settings.PORTAL_SUPPORT_EMAIL],
            reply_to=[reply_to],
            headers={
                "Message-ID": f"<{message_id}@{domain}>",
                **(URGENT if is_urgent else {}),
            },
        ).send()


support_client = SupportClient()
