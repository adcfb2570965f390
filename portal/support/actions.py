"""Keeping what people write to the team, and delivering it."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.background import send_task
from portal.remote.errors import HTTPError
from portal.support.client import support_client
from portal.support.models import SupportMessage
from portal.users.actions import services_and_organisations
from portal.users.models import User

DELIVER_TASK = "portal.support.tasks.deliver_message"
# After so long whoever began to deliver a message is not going to end it.
CLAIM = timedelta(minutes=10)
CANNOT_SEND = (SMTPException, OSError)
SERVICES_AT_MOST = 20


class Sender(NamedTuple):
    """Who writes; only whoever is signed in is certainly who they say."""

    name: str
    email_address: str
    user: User | None = None


def can_send() -> bool:
    """Tell whether the portal knows where messages go, and how."""
    return bool(settings.PORTAL_SUPPORT_EMAIL and settings.PORTAL_SENDS_EMAIL)


def has_live_services(*, user: User) -> bool:
    """Tell whether the person works on a live service; yes where the API does not say."""
    try:
        found = services_and_organisations(user_id=str(user.pk))["services"]
    except HTTPError:
        return True
    return any(not service.get("restricted") for service in found)


def keep_message(
    *, sender: Sender, subject: str, text: str, is_urgent: bool = False
) -> SupportMessage:
    """Keep a message and have it delivered; from here on it cannot be lost."""
    brand = settings.PORTAL_BRAND_NAME
    told = _("Urgent: %(subject)s") % {"subject": subject} if is_urgent else subject
    message = SupportMessage.objects.create(
        subject=f"[{brand}] {told}",
        body=f"{text}\n\n-- \n{_about(sender)}\n",
        reply_to=sender.email_address,
        is_urgent=is_urgent,
    )
    send_task(DELIVER_TASK, str(message.pk))
    return message


def deliver_message(*, message_id: UUID | str) -> None:
    """Send a message and forget it; one that another run is sending is left to that.

    Raises what is in CANNOT_SEND.
    """
    now = timezone.now()
    mine = _unclaimed().filter(pk=message_id).update(claimed_at=now)
    if not mine:
        return
    message = SupportMessage.objects.get(pk=message_id)
    try:
        support_client.send(
            message_id=str(message.pk),
            subject=message.subject,
            body=message.body,
            reply_to=message.reply_to,
            is_urgent=message.is_urgent,
        )
    except CANNOT_SEND:
        SupportMessage.objects.filter(pk=message.pk).update(claimed_at=None)
        raise
    message.delete()


def list_undelivered() -> QuerySet[SupportMessage]:
    """Return the messages that nobody is delivering."""
    return _unclaimed()


def _unclaimed() -> QuerySet[SupportMessage]:
    before = timezone.now() - CLAIM
    return SupportMessage.objects.filter(
        Q(claimed_at__isnull=True) | Q(claimed_at__lt=before)
    )


def _about(sender: Sender) -> str:
    lines = [f"{sender.name} <{sender.email_address}>"]
    if sender.user is None:
        lines.append(
            _("Not signed in: whether the address is theirs shows when they reply.")
        )
        return "\n".join(lines)
    base = settings.ADMIN_BASE_URL
    lines.append(f"{base}/admin/users/user/{sender.user.pk}/change/")
    services = sender.user.service_ids[:SERVICES_AT_MOST]
    lines += [f"{base}/services/{service}" for service in services]
    return "\n".join(lines)
