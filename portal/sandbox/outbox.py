"""All that was "sent", for people and programs to read."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from portal.message_templates.models import TemplateHistory
from portal.messages.fields import Content
from portal.notifications.models import Notification
from portal.sandbox import clock, secrets, tokens
from portal.sandbox.models import OutboxMessage
from portal.sandbox.reference.ids import NOTIFY_SERVICE
from portal.sandbox.reference.templates import NOTIFY_TEMPLATES
from portal.services.models import Service

SENT_BY = {"sms": "mmg", "email": "ses", "letter": "dvla"}


def notify(
    template: str,
    to: str,
    personalisation: dict[str, Any],
    *,
    service: Service | None = None,
    reply_to: str | None = None,
) -> Notification:
    """Send one of Notify's own messages at once; ``service`` is whom it is about."""
    chosen = NOTIFY_TEMPLATES[template]
    now, to = clock.now(), str(to)
    notification = Notification.objects.create(
        to=to,
        normalised_to=to.lower(),
        service_id=NOTIFY_SERVICE,
        template_id=chosen.id,
        template_version=1,
        key_type="normal",
        notification_type=chosen.type,
        billable_units=1 if chosen.type == "sms" else 0,
        personalisation=secrets.seal(personalisation),
        reply_to_text=reply_to,
        status="delivered",
        created_at=now,
        sent_at=now,
        sent_by=SENT_BY[chosen.type],
        client_reference=str(service.pk) if service else None,
    )
    deliver(notification)
    return notification


def deliver(notification: Notification) -> None:
    """Put what a notification says into the outbox."""
    Letterbox().message(notification).save(force_insert=True)


class Letterbox:
    """Turns notifications into what their recipients read; templates are read once."""

    def __init__(self) -> None:
        self.templates: dict[tuple[Any, int], TemplateHistory] = {}

    def template(self, notification: Notification) -> TemplateHistory:
        """The version of the template that a notification was made from."""
        key = (notification.template_id, notification.template_version)
        if key not in self.templates:
            self.templates[key] = TemplateHistory.objects.get(pk=key)
        return self.templates[key]

    def service(self, notification: Notification) -> Service:
        """Whom a notification comes from; every one of ours comes from somebody."""
        if notification.service is None:
            raise ValueError("A message without a service cannot be sent.")
        return notification.service

    def message(self, notification: Notification) -> OutboxMessage:
        """What the recipient of a notification would read."""
        template = self.template(notification)
        values = secrets.unseal(notification.personalisation)
        text = Content(template.content).plain(values)
        service = self.service(notification)
        if notification.notification_type == "sms" and service.prefix_sms:
            text = f"{service.name}: {text}"
        if template.has_unsubscribe_link:
            text = f"{text}\n\nUnsubscribe: {unsubscribe_link(notification)}"
        return OutboxMessage(
            at=clock.now(),
            to=notification.to,
            type=notification.notification_type,
            subject=template.subject and Content(template.subject).plain(values),
            text=text,
            service_name=service.name,
            notification_id=notification.pk,
        )


def unsubscribe_link(notification: Notification) -> str:
    """The link by which a recipient stops e-mails of this kind."""
    token = tokens.make(notification.to)
    return f"{settings.ADMIN_BASE_URL}/unsubscribe/{notification.pk}/{token}"
