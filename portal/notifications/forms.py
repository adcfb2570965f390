"""What people look for among sent messages, and what they write in new ones."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from portal.common.forms import (
    Checkboxes,
    DateField,
    EmailInput,
    PortalForm,
    Radios,
    SearchInput,
    Select,
    TelephoneInput,
    Textarea,
)
from portal.common.once import new_form_id
from portal.letters.words import problem_with_address
from portal.messages.fields import is_true
from portal.messages.postal_addresses import PostalAddress
from portal.messages.recipients import Limits, recipient_error
from portal.notifications.filters import DEFAULT_DAYS, SentFilters
from portal.notifications.senders import Sender

MOST_DAYS = 90
# Of the words that a yes shows, so much is told.
LONGEST_WORDS = 300
USUAL_DAYS = datetime.timedelta(days=DEFAULT_DAYS)

LABELS = {
    "email": _("Search by email address or reference"),
    "sms": _("Search by phone number or reference"),
    "letter": _("Search by address or file name"),
}


class RecipientSearchForm(PortalForm):
    """A recipient or a reference, or the start of one."""

    to = forms.CharField(
        label=_("Search by recipient or reference"),
        required=False,
        widget=SearchInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self, *args: object, kind: str | None = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = LABELS.get(kind or "", self.fields["to"].label)


class SentFiltersForm(PortalForm):
    """What to narrow a list of sent messages to; all of it may stay open."""

    template = forms.ChoiceField(
        label=_("Template"),
        required=False,
        error_messages={"invalid_choice": _("That template is no longer there.")},
        widget=Select(),
    )
    key = forms.ChoiceField(
        label=_("API key"),
        required=False,
        error_messages={"invalid_choice": _("That API key is no longer there.")},
        widget=Select(),
    )
    job = forms.ChoiceField(
        label=_("Uploaded file"),
        help_text=_("Older files lead to their messages from the Uploads page."),
        required=False,
        error_messages={"invalid_choice": _("That file is no longer there.")},
        widget=Select(),
    )
    first_day = DateField(
        label=_("First day"),
        help_text=_("Without one, the list begins 7 days ago."),
        required=False,
        error_messages={
            "incomplete": _("The first day must include a day, a month and a year."),
            "invalid": _("The first day must be a real date."),
        },
    )
    last_day = DateField(
        label=_("Last day"),
        required=False,
        error_messages={
            "incomplete": _("The last day must include a day, a month and a year."),
            "invalid": _("The last day must be a real date."),
        },
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, some, any_label in (
            ("template", choices.templates, _("Any template")),
            ("key", choices.keys, _("Any, or none")),
            ("job", choices.jobs, _("Any, or none")),
        ):
            field: Any = self.fields[name]
            field.choices = [("", any_label), *some]
            if not some:
                del self.fields[name]

    def clean_first_day(self) -> datetime.date | None:
        """Refuse days that no message can be of any more, or yet."""
        first: datetime.date | None = self.cleaned_data["first_day"]
        today = timezone.localdate()
        if first and first > today:
            raise forms.ValidationError(
                _("The first day must be today or in the past.")
            )
        if first and (today - first).days > MOST_DAYS:
            raise forms.ValidationError(
                _("Messages are kept for %(days)s days at most: choose a later day.")
                % {"days": MOST_DAYS}
            )
        return first

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        asked = super().clean() or self.cleaned_data
        last = asked.get("last_day")
        first = asked.get("first_day") or timezone.localdate() - USUAL_DAYS
        if last and "first_day" not in self.errors and last < first:
            self.add_error(
                "last_day",
                _("The last day must not be before the first day.")
                if asked.get("first_day")
                else _("The list begins 7 days ago: enter a first day as well."),
            )
        return asked

    def filters(self) -> SentFilters:
        """What was asked for; the form must be valid."""
        asked = self.cleaned_data
        return SentFilters(
            template=asked.get("template", ""),
            key=asked.get("key", ""),
            job=asked.get("job", ""),
            first_day=asked["first_day"],
            last_day=asked["last_day"],
        )


# What is typed is posted, not asked for: recipients have no place in addresses.
LIVE_PREVIEW = {
    "hx-post": "",
    "hx-trigger": "input changed delay:300ms",
    "hx-target": "#preview",
}


class StepForm(PortalForm):
    """One question of a message that is being written: a recipient or a placeholder.

    ``shown_if_yes`` are the words that the answer shows or hides, where it does only that.
    """

    def __init__(
        self,
        *args: Any,
        name: str,
        kind: str = "",
        limits: Limits | None = None,
        shown_if_yes: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.limits = kind, limits or Limits()
        if shown_if_yes:
            self._ask_yes_or_no(name, " … ".join(shown_if_yes))
            return
        self.fields["value"] = forms.CharField(
            label=name,
            strip=True,
            max_length=None,
            widget=self._widget(),
        )

    def _ask_yes_or_no(self, name: str, words: str) -> None:
        told = _("If you choose yes, the message says: “%(words)s”")
        self.fields["value"] = forms.ChoiceField(
            label=name,
            help_text=told % {"words": Truncator(words).chars(LONGEST_WORDS)},
            choices=[("yes", _("Yes")), ("no", _("No"))],
            widget=Radios(attrs={**LIVE_PREVIEW, "hx-trigger": "change"}),
            error_messages={"required": _("Choose yes or no.")},
        )
        if given := self.initial.get("value"):
            self.initial["value"] = "yes" if is_true(given) else "no"

    def _widget(self) -> forms.Widget:
        attrs = {"autocomplete": "off", **LIVE_PREVIEW}
        if self.kind == "sms":
            return TelephoneInput(width=20, attrs=attrs)
        if self.kind == "email":
            return EmailInput(attrs=attrs)
        return Textarea(rows=2, attrs=attrs)

    def clean_value(self) -> str:
        """Check a recipient; everything else may be written as it is."""
        value: str = self.cleaned_data["value"]
        if error := recipient_error(self.kind, value, self.limits):
            raise forms.ValidationError(error)
        return value


class AddressForm(PortalForm):
    """A letter's address, as it is written on an envelope."""

    address = forms.CharField(
        label=_("Address"),
        help_text=_("The last line must be a UK postcode or the name of a country."),
        error_messages={"required": _("Enter an address.")},
        widget=Textarea(rows=7, attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self, *args: Any, allow_international: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.allow_international = allow_international

    def clean_address(self) -> list[str]:
        """Return the lines of the address."""
        address = PostalAddress(
            self.cleaned_data["address"].splitlines(),
            allow_international=self.allow_international,
        )
        if problem := problem_with_address(address):
            raise forms.ValidationError(problem)
        return address.lines


class SendForm(PortalForm):
    """The button that sends a message: its showing has a name, so that two clicks send one."""

    form_id = forms.UUIDField(
        required=False, initial=new_form_id, widget=forms.HiddenInput
    )

    def name(self) -> UUID | None:
        """The name of the showing; None for one without, or with something else."""
        found: UUID | None = self.cleaned_data["form_id"] if self.is_valid() else None
        return found


class SenderForm(PortalForm):
    """Which of a service's senders, or reply-to addresses, to use."""

    heading = "sender"

    def __init__(self, *args: Any, senders: Sequence[Sender], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        replies = bool(senders) and senders[0].kind == "email"
        hints = {sender.id: str(sender.hint) for sender in senders if sender.hint}
        self.fields["sender"] = forms.ChoiceField(
            label=_("Where should replies go?")
            if replies
            else _("Where should the messages come from?"),
            choices=[(sender.id, sender.name) for sender in senders],
            error_messages={
                "required": _("Choose a sender."),
                "invalid_choice": _("That sender is no longer there: choose another."),
            },
            widget=Radios(label_size="l", hints=hints),
        )


class BatchForm(PortalForm):
    """Whether the requests of a batch have been seen to."""

    processed = forms.MultipleChoiceField(
        label=_("Status"),
        choices=[("yes", _("Completed: everyone in the report is off our list"))],
        required=False,
        widget=Checkboxes(small=True, label_hidden=True),
    )
