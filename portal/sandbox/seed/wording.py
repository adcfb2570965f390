"""The templates that the demo's services write to people with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """A template: channel, folder, name, subject, content, and an earlier content."""

    channel: str
    folder: str | None
    name: str
    subject: str | None
    content: str
    before: str | None = None
    unsubscribe: bool = False


WORDINGS = (
    Wording(
        "sms",
        "Reminders",
        "Appointment reminder",
        None,
        "Dear ((name)), your appointment is on ((date)) at ((time)). "
        "Reply or call if you cannot come.",
        "Dear ((name)), your appointment is on ((date)).",
    ),
    Wording(
        "email",
        "Reminders",
        "Appointment details",
        "Your appointment on ((date))",
        "Dear ((name)),\n\nYour appointment is on ((date)) at ((time)).\n\n"
        "# What to bring\n\n* this message\n* proof of your address\n\n"
        "((first_visit??As this is your first visit, please come ten minutes early.))",
        "Dear ((name)),\n\nYour appointment is on ((date)).",
    ),
    Wording(
        "sms",
        None,
        "We received your form",
        None,
        "Thank you. We received your form. Your reference is ((reference)).",
    ),
    Wording(
        "email",
        "Applications",
        "Decision on your application",
        "We have decided about ((reference))",
        "Dear ((name)),\n\nWe have looked at your application ((reference)) and "
        "decided to ((decision)) it.\n\n^ Keep this email, you may need it later.\n\n"
        "If you disagree, write to us within 28 days.",
    ),
    Wording(
        "letter",
        "Applications",
        "Decision letter",
        "About your application",
        "Dear ((name)),\n\nWe have looked at your application ((reference)) and "
        "decided to ((decision)) it.\n\nYou can ask us to look at it again "
        "within 28 days of this letter.",
    ),
    Wording(
        "email",
        None,
        "Monthly news",
        "News for ((month))",
        "Hello ((name)),\n\nHere is what happened in ((month)):\n\n((highlights))\n\n"
        "Until next month.",
        unsubscribe=True,
    ),
    Wording(
        "sms",
        "Reminders",
        "Payment due",
        None,
        "A payment of ((amount)) is due on ((date)). Your reference is ((reference)).",
        "A payment of ((amount)) is due.",
    ),
    Wording(
        "letter",
        "Reminders",
        "Payment reminder",
        "Payment of ((amount)) is overdue",
        "Dear ((name)),\n\nWe have not received your payment of ((amount)), which was "
        "due on ((date)).\n\nPlease pay within 14 days.",
    ),
)
# Which wordings a service uses, in turn.
CHOICES = ((0, 1, 2, 5), (2, 3, 4, 6, 7), (0, 1, 3, 4, 5), (0, 2, 5, 6, 7, 1))
