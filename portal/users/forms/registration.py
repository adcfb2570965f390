"""The forms of making an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.forms import PortalForm, TextInput
from portal.users.addresses import is_of_public_sector
from portal.users.forms.fields import (
    EmailAddressField,
    MobileNumberField,
    NewPasswordField,
)


def name_field(label: Any = "") -> forms.CharField:
    """Make the field for somebody's name."""
    return forms.CharField(
        label=label or gettext_lazy("Full name"),
        max_length=255,
        widget=TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter your full name.")},
    )


def password_field() -> NewPasswordField:
    """Make the field for the password of a new account."""
    return NewPasswordField(
        label=gettext_lazy("Password"),
        error_messages={"required": gettext_lazy("Enter a password.")},
    )


class RegistrationForm(PortalForm):
    """Who somebody is, and how they will sign in."""

    name = name_field()
    email_address = EmailAddressField(
        help_text=gettext_lazy("Use the address of your organisation."),
        error_messages={"required": gettext_lazy("Enter your email address.")},
    )
    mobile_number = MobileNumberField(
        help_text=gettext_lazy("We send a code to it each time you sign in."),
        error_messages={"required": gettext_lazy("Enter your mobile number.")},
    )
    password = password_field()

    def clean_email_address(self) -> str:
        """Refuse addresses that the platform is not for."""
        address: str = self.cleaned_data["email_address"]
        if not is_of_public_sector(address):
            raise ValidationError(
                _(
                    "Enter the email address of a public sector organisation. Somebody "
                    "in the team of a service can invite you with any other."
                )
            )
        return address


class InvitedUserForm(PortalForm):
    """The same for somebody whose address the invitation knows."""

    name = name_field()
    mobile_number = MobileNumberField(
        help_text=gettext_lazy("We send a code to it each time you sign in."),
        error_messages={"required": gettext_lazy("Enter your mobile number.")},
    )
    password = password_field()

    def __init__(self, *args: Any, needs_mobile: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_mobile:
            del self.fields["mobile_number"]
