"""What people look for among sent messages, and what they write in new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import (
    Checkboxes,
    EmailInput,
    PortalForm,
    Radios,
    SearchInput,
    TelephoneInput,
    Textarea,
)
from portal.messages.postal_addresses import MAX_LINES, MIN_LINES, PostalAddress
from portal.messages.recipients import Limits, recipient_error
from portal.notifications.senders import Sender

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


# What is typed is posted, not asked for: recipients have no place in addresses.
LIVE_PREVIEW = {
    "hx-post": "",
    "hx-trigger": "input changed delay:300ms",
    "hx-target": "#preview",
}


class StepForm(PortalForm):
    """One question of a message that is being written: a recipient or a placeholder."""

    def __init__(
        self,
        *args: Any,
        name: str,
        kind: str = "",
        limits: Limits | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.limits = kind, limits or Limits()
        self.fields["value"] = forms.CharField(
            label=name,
            strip=True,
            max_length=None,
            error_messages={"required": _("Cannot be empty.")},
            widget=self._widget(),
        )

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
        if not MIN_LINES <= len(address.lines) <= MAX_LINES:
            raise forms.ValidationError(
                _("The address must have between 3 and 7 lines.")
            )
        if not address.is_valid:
            raise forms.ValidationError(
                _("The last line of the address must be a real UK postcode.")
            )
        return address.lines


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
            error_messages={"required": _("Choose a sender.")},
            widget=Radios(label_size="l", hints=hints),
        )


class BatchForm(PortalForm):
    """Whether the requests of a batch have been seen to."""

    processed = forms.MultipleChoiceField(
        label=_("Status"),
        choices=[("yes", _("Everyone in the report is off our list"))],
        required=False,
        widget=Checkboxes(small=True, label_hidden=True),
    )
