"""How recipients of files reach a service: a web page, an e-mail address or a phone number."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address

LONGEST = 255
WEB_PAGE, ADDRESS, NUMBER = "url", "email_address", "phone_number"
# Nobody there can help with a file.
_EMERGENCY = {"999", "112"}
_NUMBER = re.compile(r"\+?[0-9][0-9 ()./-]*(?:(?:ext|x)\.? ?[0-9]+)?", re.IGNORECASE)
_is_web_page = URLValidator(schemes=["http", "https"])


def kind_of(contact: str) -> str:
    """Say what kind of details a service has; empty for none."""
    if not contact:
        return ""
    if contact.lower().startswith(("http://", "https://")):
        return WEB_PAGE
    return ADDRESS if "@" in contact else NUMBER


def problem_of(kind: str, contact: str) -> str:
    """Say what is wrong with contact details; empty when nothing is."""
    problem, too_long = {
        WEB_PAGE: (
            _problem_of_web_page,
            _("The web address must have %(most)s characters or fewer."),
        ),
        ADDRESS: (
            _problem_of_address,
            _("The email address must have %(most)s characters or fewer."),
        ),
        NUMBER: (
            _problem_of_number,
            _("The phone number must have %(most)s characters or fewer."),
        ),
    }[kind]
    if len(contact) > LONGEST:
        return too_long % {"most": LONGEST}
    return problem(contact)


def _problem_of_web_page(contact: str) -> str:
    if not contact:
        return _("Enter the address of a web page.")
    try:
        _is_web_page(contact)
    except ValidationError:
        return _("Enter a whole web address, like https://www.example.com/contact.")
    return ""


def _problem_of_address(contact: str) -> str:
    if not contact:
        return _("Enter an email address.")
    try:
        parse_email_address(contact)
    except InvalidEmailAddress:
        return _("Enter an email address in the correct form, like team@example.com.")
    return ""


def _problem_of_number(contact: str) -> str:
    if not contact:
        return _("Enter a phone number.")
    digits = re.sub(r"\D", "", contact)
    if digits in _EMERGENCY:
        return _("Enter the number of your team, not that of the emergency services.")
    if not _NUMBER.fullmatch(contact) or not 3 <= len(digits) <= 20:
        return _("Enter a phone number with 3 to 20 digits, like 020 7946 0000.")
    return ""
