"""The forms of signing in."""

from __future__ import annotations

import re

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.common.forms import (
    CodeInput,
    EmailInput,
    PasswordInput,
    PortalForm,
    TelephoneInput,
)

SHORTEST_PASSWORD = 8


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

    new_password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 8 characters. Do not use one that is easy to guess."),
        strip=False,
        widget=PasswordInput(autocomplete="new-password"),
        error_messages={"required": _("Enter a new password.")},
    )

    def clean_new_password(self) -> str:
        """Refuse what is short or among the most common."""
        password: str = self.cleaned_data["new_password"]
        if len(password) < SHORTEST_PASSWORD:
            raise ValidationError(_("The password must be at least 8 characters long."))
        if is_common(password):
            raise ValidationError(_("Choose a password that is harder to guess."))
        return password


class MobileNumberForm(PortalForm):
    """The number that codes go to, for someone who has not verified it yet."""

    mobile_number = forms.CharField(
        label=_("Mobile number"),
        widget=TelephoneInput(width=20, attrs={"autocomplete": "tel"}),
        error_messages={"required": _("Enter your mobile number.")},
    )


def is_common(password: str) -> bool:
    """Tell whether the password is among the 20,000 most common ones."""
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False
