"""Whom to invite, whom to let in, and what to tell those who decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.forms import Checkboxes, PortalForm, Radios, Textarea
from portal.users.forms.fields import EmailAddressField
from portal.users.forms.team import PermissionsForm
from portal.users.models import User

APPROVE, REFUSE = "approve", "refuse"


class InviteForm(PermissionsForm):
    """The address of somebody to invite, and what they will be able to do."""

    email_address = EmailAddressField()
    field_order = ("email_address", "permissions", "folders", "auth_type")

    def __init__(
        self,
        *args: Any,
        inviter: User,
        members: Collection[str] = (),
        invited: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.inviter, self.members, self.invited = inviter, members, invited

    def clean_email_address(self) -> str:
        """Refuse who is in the team or invited already."""
        address: str = self.cleaned_data["email_address"]
        known = address.casefold()
        if known == str(self.inviter.email_address).casefold():
            raise ValidationError(_("You cannot invite yourself."))
        if known in self.members:
            raise ValidationError(_("This person is in the team already."))
        if known in self.invited:
            raise ValidationError(
                _(
                    "This person is invited already. You can send the invitation again "
                    "from the list of team members."
                )
            )
        return address


class DecisionForm(PortalForm):
    """Whether somebody may join."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Do you want to let this person join the service?"),
        choices=[
            (APPROVE, gettext_lazy("Yes, and choose what they can do")),
            (REFUSE, gettext_lazy("No")),
        ],
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )


class ServiceToJoinForm(PortalForm):
    """One of the services of the person's organisation."""

    heading = "service"

    service = forms.ChoiceField(
        label=gettext_lazy("Which service do you want to join?"),
        widget=Radios(),
        error_messages={
            "required": gettext_lazy("Choose a service."),
            "invalid_choice": gettext_lazy("Choose a service."),
        },
    )

    def __init__(
        self, *args: Any, services: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = list(services)  # type: ignore[attr-defined]


class AskToJoinForm(PortalForm):
    """Whom of a service's managers to ask, and what to tell them."""

    managers = forms.MultipleChoiceField(
        label=gettext_lazy("Who do you want to ask?"),
        widget=Checkboxes(),
        error_messages={
            "required": gettext_lazy("Choose at least one person to ask."),
            "invalid_choice": gettext_lazy("Choose at least one person to ask."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Why do you want to join? (optional)"),
        help_text=gettext_lazy("It goes into the email to the people you ask."),
        required=False,
        max_length=500,
        widget=Textarea(rows=4, counter=True),
        error_messages={
            "max_length": gettext_lazy("The reason must have 500 characters or fewer.")
        },
    )

    def __init__(self, *args: Any, managers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["managers"]
        field.choices = [(str(user.pk), str(user.name)) for user in managers]  # type: ignore[attr-defined]
        field.widget.hints = {str(user.pk): user.email_address for user in managers}
