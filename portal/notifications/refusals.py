"""What the API says when it will not send, in sentences for people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.messages.templates import MessageTemplate
from portal.remote.errors import HTTPError
from portal.services.models import Service


def sentence_of(refusal: HTTPError, service: Service, message: MessageTemplate) -> str:
    """Say why a message was not sent, and what to do about it."""
    told = str(refusal.message)
    known = told.casefold()
    if "trial mode" in known:
        return _(
            "While your service is in trial mode you can only send messages to yourself"
            " and members of your team."
        )
    if refusal.status_code == 429 or "exceeded send limits" in known:
        return _daily_limit(service, message)
    if "too long" in known or "character limit" in known:
        return _("The message is too long. Shorten what you have filled in.")
    if "sender not found" in known or "reply to email address not found" in known:
        return _("The sender you chose has been deleted. Choose another one.")
    if "template has been deleted" in known:
        return _("This template has been deleted. Choose another one.")
    return told


def _daily_limit(service: Service, message: MessageTemplate) -> str:
    limits = {
        "sms": service.sms_message_limit,
        "email": service.email_message_limit,
        "letter": service.letter_message_limit,
    }
    return _(
        "Your service has reached its limit of %(limit)s messages of this kind for today."
        " What you have written is kept: send it tomorrow."
    ) % {"limit": f"{limits[message.kind]:,}"}
