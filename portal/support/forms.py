"""The forms of asking for help."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import EmailInput, PortalForm, Radios, Textarea
from portal.users.forms.fields import EmailAddressField, MobileNumberField
from portal.users.forms.registration import name_field

LONGEST_MESSAGE = 10_000


class ChoiceForm(PortalForm):
    """One question with a few answers."""

    choice = forms.ChoiceField(
        widget=Radios(),
        error_messages={
            "required": _("Choose an answer."),
            "invalid_choice": _("Choose an answer."),
        },
    )

    def __init__(
        self,
        *args: Any,
        label: Any,
        choices: Iterable[tuple[str, Any]],
        is_heading: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["choice"]
        field.label, field.choices = label, list(choices)
        if is_heading:
            self.heading = "choice"  # type: ignore[misc]
        else:
            field.widget.label_size = "m"


class FormId(PortalForm):
    """Which showing of a form this is, so that it counts once."""

    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput())


class MessageForm(FormId):
    """What somebody wants to tell the team; who they are if they are not signed in."""

    feedback = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=Textarea(rows=10),
        help_text=_("Do not include personal information of recipients."),
        error_messages={
            "required": _("Enter your message."),
            "max_length": _("Your message must be 10,000 characters or fewer."),
        },
    )
    name = name_field()
    email_address = EmailAddressField(
        label=_("Your email address"),
        help_text=_("We reply to it."),
        widget=EmailInput(),
        error_messages={"required": _("Enter your email address.")},
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["name"], self.fields["email_address"]


class AccountForm(FormId):
    """Whose account it is."""

    name = name_field()
    email_address = EmailAddressField(
        label=_("Your email address"),
        error_messages={"required": _("Enter your email address.")},
    )


class NoCodeForm(AccountForm):
    """The phone that gets no code."""

    mobile_number = MobileNumberField(
        label=_("Your mobile number"),
        error_messages={"required": _("Enter your mobile number.")},
    )


class NewNumberForm(AccountForm):
    """The phone of before and the one of today."""

    old_mobile_number = MobileNumberField(
        label=_("Your old mobile number"),
        error_messages={"required": _("Enter your old mobile number.")},
    )
    new_mobile_number = MobileNumberField(
        label=_("Your new mobile number"),
        error_messages={"required": _("Enter your new mobile number.")},
    )


class NewAddressForm(FormId):
    """The address of before and the one of today."""

    name = name_field()
    old_email_address = EmailAddressField(
        label=_("Your old email address"),
        error_messages={"required": _("Enter your old email address.")},
    )
    new_email_address = EmailAddressField(
        label=_("Your new email address"),
        help_text=_("We reply to it."),
        error_messages={"required": _("Enter your new email address.")},
    )

    @property
    def email_address(self) -> str:
        """The address that the answer goes to."""
        return str(self.cleaned_data["new_email_address"])
