"""What people say about their service: its name, whether it is unique, whether it may go live."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.forms import (
    CodeInput,
    EmailInput,
    PortalForm,
    Radios,
    TelephoneInput,
    Textarea,
    TextInput,
)
from portal.common.once import new_form_id
from portal.remote import choices
from portal.services import contact_details

LONGEST_NAME = 143
# What the API keeps it in.
MOST_MESSAGES = 2**31 - 1
# Those that tell people apart; the API knows two more, for its own use.
ASKED_TYPES = (
    *("central", "local", "nhs_central", "nhs_local", "nhs_gp"),
    *("emergency_service", "school_or_college", "other"),
)
TYPE_NAMES = dict(choices.ORGANISATION_TYPES)
APPROVE, REFUSE = "approve", "refuse"
YES, UNSURE, NO = "yes", "unsure", "no"


def volume_field(label: Any) -> forms.IntegerField:
    """Make the field for a number of messages a year; empty is none."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_MESSAGES,
        localize=False,
        widget=CodeInput(width=10, attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("Enter a whole number, like 2500."),
            "min_value": gettext_lazy("The number must be 0 or more."),
            "max_value": gettext_lazy("The number must be %(limit_value)s or less."),
        },
    )


class ServiceNameForm(PortalForm):
    """What a new service is called, and whose it is if its organisation is not known."""

    name = forms.CharField(
        label=gettext_lazy("What is the name of your service?"),
        help_text=gettext_lazy(
            "People see it in your emails and text messages, so use a name that they know."
        ),
        max_length=LONGEST_NAME,
        widget=TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter a name for your service."),
            "max_length": gettext_lazy("The name must have 143 characters or fewer."),
        },
    )
    organisation_type = forms.ChoiceField(
        label=gettext_lazy("Who runs this service?"),
        choices=[(name, TYPE_NAMES[name]) for name in ASKED_TYPES],
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose who runs this service.")},
    )
    form_id = forms.UUIDField(
        required=False, initial=new_form_id, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, asks_type: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_type:
            del self.fields["organisation_type"]

    def clean_name(self) -> str:
        """Refuse a name that would leave no e-mail address."""
        name: str = self.cleaned_data["name"]
        if len(re.findall(r"[^\W_]", name)) < 2:
            raise ValidationError(
                _("The name must have at least 2 letters or numbers.")
            )
        return name


class VolumesForm(PortalForm):
    """How many messages of each kind a service expects to send in a year."""

    volume_email = volume_field(gettext_lazy("Emails"))
    volume_sms = volume_field(gettext_lazy("Text messages"))
    volume_letter = volume_field(gettext_lazy("Letters"))

    def clean(self) -> dict[str, Any]:
        """Refuse a service that sends nothing."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, _("Enter a number of messages in at least one box."))
        return cleaned


class UniqueForm(PortalForm):
    """Whether the people of a service know of no other one like it."""

    heading = "is_unique"

    is_unique = forms.ChoiceField(
        label=gettext_lazy("Is your service unique?"),
        help_text=gettext_lazy(
            "A service is unique if no other one sends the same messages to the same "
            "people. The teams and stages of one project share a service."
        ),
        choices=[
            (YES, gettext_lazy("Yes, it is unique")),
            (NO, gettext_lazy("No, or I am not sure")),
        ],
        widget=Radios(),
        error_messages={
            "required": gettext_lazy("Choose whether the service is unique.")
        },
    )


class CheckUniqueForm(PortalForm):
    """Whether whoever decides knows of another service like it."""

    heading = "unique"

    unique = forms.ChoiceField(
        label=gettext_lazy("Is this service unique in your organisation?"),
        choices=[
            (YES, gettext_lazy("Yes")),
            (NO, gettext_lazy("No")),
            (UNSURE, gettext_lazy("I am not sure")),
        ],
        widget=Radios(),
        error_messages={
            "required": gettext_lazy("Choose whether the service is unique.")
        },
    )


class CheckNameForm(PortalForm):
    """Whether people who get its messages would know the service by its name."""

    heading = "name"

    name = forms.ChoiceField(
        label=gettext_lazy("Will recipients understand the name of this service?"),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))],
        widget=Radios(),
        error_messages={
            "required": gettext_lazy("Choose whether recipients understand the name.")
        },
    )


class DecisionForm(PortalForm):
    """Whether a service goes live, and why not."""

    heading = "decision"
    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
        "decision": {REFUSE: ("reason",)}
    }

    decision = forms.ChoiceField(
        label=gettext_lazy("What would you like to do?"),
        choices=[
            (APPROVE, gettext_lazy("Approve the request and make this service live")),
            (REFUSE, gettext_lazy("Reject the request and email the team")),
        ],
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose what to do.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it cannot go live"),
        help_text=gettext_lazy("The person who asked gets this by email."),
        required=False,
        widget=Textarea(rows=4),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason only of who rejects."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == REFUSE and not cleaned.get("reason"):
            self.add_error("reason", _("Enter the reason for the rejection."))
        return cleaned


class ContactDetailsForm(PortalForm):
    """How recipients of files reach the team: by one of three ways."""

    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
        "kind": {
            contact_details.WEB_PAGE: (contact_details.WEB_PAGE,),
            contact_details.ADDRESS: (contact_details.ADDRESS,),
            contact_details.NUMBER: (contact_details.NUMBER,),
        }
    }

    kind = forms.ChoiceField(
        label=gettext_lazy("Contact details"),
        choices=[
            (contact_details.WEB_PAGE, gettext_lazy("Link to a web page")),
            (contact_details.ADDRESS, gettext_lazy("Email address")),
            (contact_details.NUMBER, gettext_lazy("Phone number")),
        ],
        widget=Radios(),
        error_messages={
            "required": gettext_lazy("Choose how recipients can contact you."),
            "invalid_choice": gettext_lazy("Choose how recipients can contact you."),
        },
    )
    url = forms.CharField(
        label=gettext_lazy("Web address"),
        required=False,
        widget=TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    email_address = forms.CharField(
        label=gettext_lazy("Email address of your team"),
        required=False,
        widget=EmailInput(attrs={"autocomplete": "off"}),
    )
    phone_number = forms.CharField(
        label=gettext_lazy("Phone number of your team"),
        required=False,
        widget=TelephoneInput(width=20, attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read only the field that was chosen."""
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind and kind in cleaned:
            if problem := contact_details.problem_of(kind, cleaned[kind]):
                self.add_error(kind, problem)
            cleaned["contact_link"] = cleaned.get(kind, "")
        return cleaned


def initial_contact(contact_link: str | None) -> dict[str, str]:
    """What the form for contact details starts with."""
    kind = contact_details.kind_of(contact_link or "")
    return {"kind": kind, kind: contact_link or ""} if kind else {}
