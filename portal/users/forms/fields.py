"""Fields that several forms about people have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.forms import EmailInput, PasswordInput, TelephoneInput
from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.phone_numbers import InvalidPhoneNumber
from portal.messages.recipients import Limits, sendable_phone_number

SHORTEST_PASSWORD = 8
ANY_COUNTRY = Limits(allow_international_sms=True)


class EmailAddressField(forms.CharField):
    """An e-mail address as the platform takes it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Email address"))
        kwargs.setdefault("widget", EmailInput())
        kwargs.setdefault(
            "error_messages", {"required": gettext_lazy("Enter an email address.")}
        )
        super().__init__(max_length=255, **kwargs)

    def clean(self, value: Any) -> str:
        """Take stray spaces off; refuse what is no address."""
        try:
            return parse_email_address(super().clean(value))
        except InvalidEmailAddress as error:
            raise ValidationError(
                _(
                    "Enter an email address in the correct format, like name@example.com."
                )
            ) from error


class MobileNumberField(forms.CharField):
    """A number that codes can be sent to, in any country."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Mobile number"))
        kwargs.setdefault(
            "widget", TelephoneInput(width=20, attrs={"autocomplete": "tel"})
        )
        kwargs.setdefault(
            "error_messages", {"required": gettext_lazy("Enter a mobile number.")}
        )
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        """Refuse what cannot get text messages; what is typed is kept as it is."""
        number = str(super().clean(value))
        try:
            sendable_phone_number(number, ANY_COUNTRY)
        except InvalidPhoneNumber as error:
            raise ValidationError(error.message) from error
        return number


class NewPasswordField(forms.CharField):
    """A password to be: neither short nor among the 20,000 most common ones."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PasswordInput(autocomplete="new-password"))
        super().__init__(
            help_text=gettext_lazy(
                "At least 8 characters. Do not use one that is easy to guess."
            ),
            strip=False,
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Refuse what is short or common."""
        password = str(super().clean(value))
        if len(password) < SHORTEST_PASSWORD:
            raise ValidationError(_("The password must be at least 8 characters long."))
        if is_common(password):
            raise ValidationError(_("Choose a password that is harder to guess."))
        return password


def is_common(password: str) -> bool:
    """Tell whether the password is among the 20,000 most common ones."""
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False
