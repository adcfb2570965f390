"""The forms of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.forms import PasswordInput, PortalForm, Radios, TextInput
from portal.users.addresses import is_of_public_sector
from portal.users.forms.fields import (
    EmailAddressField,
    MobileNumberField,
    NewPasswordField,
)
from portal.users.forms.registration import name_field

YES, NO = "yes", "no"


class NameForm(PortalForm):
    """What somebody is called."""

    heading = "name"

    name = name_field(gettext_lazy("Change your name"))


class EmailForm(PortalForm):
    """A new address, of an organisation that the platform is for."""

    heading = "email_address"

    email_address = EmailAddressField(
        label=gettext_lazy("Change your email address"),
        help_text=gettext_lazy(
            "We send a link to the new address. Yours changes once you follow it."
        ),
        error_messages={"required": gettext_lazy("Enter your new email address.")},
    )

    def clean_email_address(self) -> str:
        """Refuse addresses that the platform is not for."""
        address: str = self.cleaned_data["email_address"]
        if not is_of_public_sector(address):
            raise ValidationError(
                _("Enter the email address of a public sector organisation.")
            )
        return address


class MobileForm(PortalForm):
    """A new number."""

    heading = "mobile_number"

    mobile_number = MobileNumberField(
        label=gettext_lazy("Change your mobile number"),
        help_text=gettext_lazy("We send a code to the new number."),
        error_messages={"required": gettext_lazy("Enter your new mobile number.")},
    )


class PasswordForm(PortalForm):
    """The password, before something important is changed."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=PasswordInput(),
        error_messages={"required": gettext_lazy("Enter your password.")},
    )


class ChangePasswordForm(PortalForm):
    """The password of today, and another one."""

    old_password = forms.CharField(
        label=gettext_lazy("Current password"),
        strip=False,
        widget=PasswordInput(),
        error_messages={"required": gettext_lazy("Enter your current password.")},
    )
    new_password = NewPasswordField(
        label=gettext_lazy("New password"),
        error_messages={"required": gettext_lazy("Enter a new password.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse the old password as the new one."""
        given: dict[str, Any] = super().clean() or {}
        old, new = given.get("old_password"), given.get("new_password")
        if new and old == new:
            self.add_error(
                "new_password", _("The new password must differ from the current one.")
            )
        return given


class YesNoForm(PortalForm):
    """One question, whose sentence is the heading of the page."""

    heading = "enabled"

    enabled = forms.ChoiceField(
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))],
        widget=Radios(inline=True),
    )

    def __init__(
        self, *args: Any, question: Any, hint: Any, is_on: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"enabled": YES if is_on else NO}, **kwargs)
        field = self.fields["enabled"]
        field.label, field.help_text = question, hint
        field.error_messages["required"] = field.error_messages["invalid_choice"] = _(
            "Choose yes or no."
        )

    @property
    def is_on(self) -> bool:
        """Whether yes was chosen."""
        return bool(self.cleaned_data["enabled"] == YES)


class KeyNameForm(PortalForm):
    """What a security key is called."""

    heading = "name"

    name = forms.CharField(
        label=gettext_lazy("Name of the security key"),
        help_text=gettext_lazy(
            "Something to know it by, such as its colour or where you keep it."
        ),
        max_length=255,
        widget=TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter a name for the security key.")},
    )


class KeyForm(forms.Form):
    """What a browser passes on from a security key: JSON text."""

    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput())
