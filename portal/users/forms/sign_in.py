"""The forms of signing in."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.common.forms import (
    CodeInput,
    EmailInput,
    PasswordInput,
    PortalForm,
)
from portal.users.forms.fields import MobileNumberField, NewPasswordField


class SignInForm(PortalForm):
    """E-mail address and password."""

    email_address = forms.CharField(
        label=_("Email address"),
        max_length=255,
        widget=EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": _("Enter your email address.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=PasswordInput(),
        error_messages={"required": _("Enter your password.")},
    )


class CodeForm(PortalForm):
    """The code of a text message."""

    sms_code = forms.CharField(
        label=_("Text message code"),
        widget=CodeInput(width=5),
        error_messages={"required": _("Enter the code from the text message.")},
    )

    def clean_sms_code(self) -> str:
        """Take the code however it was typed."""
        code = re.sub(r"[\s-]", "", self.cleaned_data["sms_code"])
        if not re.fullmatch(r"[0-9]{5}", code):
            raise ValidationError(_("The code must be 5 numbers."))
        return code


class EmailForm(PortalForm):
    """The address that a link for a new password goes to."""

    email_address = forms.EmailField(
        label=_("Email address"),
        widget=EmailInput(),
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address in the correct format."),
        },
    )


class NewPasswordForm(PortalForm):
    """A new password."""

    new_password = NewPasswordField(
        label=_("New password"),
        error_messages={"required": _("Enter a new password.")},
    )


class MobileNumberForm(PortalForm):
    """The number that codes go to."""

    mobile_number = MobileNumberField()
