"""What people in a team may do, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import (
    Checkboxes,
    PortalForm,
    Radios,
    SearchInput,
    Select,
)
from portal.message_templates.models import TemplateFolder
from portal.message_templates.tree import FolderTree
from portal.services.models import Service
from portal.users.forms.fields import EmailAddressField, MobileNumberField
from portal.users.team import PERMISSION_NAMES, SIGN_IN_NAMES

HINTS: dict[str, Any] = {
    "view_activity": _("See sent and received messages, and reports"),
    "manage_service": _("Also invite people and decide what they can do"),
    "manage_api_keys": _("Make API keys and see what they send"),
}


class TeamSearchForm(PortalForm):
    """Words of a name or an address, and something that people may do."""

    search = forms.CharField(
        label=_("Search by name or email address"),
        required=False,
        widget=SearchInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    permission = forms.ChoiceField(
        label=_("Who can"),
        choices=[("", _("Anything")), *PERMISSION_NAMES.items()],
        required=False,
        widget=Select(),
    )


class PermissionsForm(PortalForm):
    """What somebody may do in a service, which folders they see, how they sign in.

    Folders are asked where there are any, the sign-in where the service lets people
    choose and the person has no security key.
    """

    permissions = forms.MultipleChoiceField(
        label=_("What they can do"),
        help_text=_("Everybody in the team can see its templates and its members."),
        choices=list(PERMISSION_NAMES.items()),
        required=False,
        widget=Checkboxes(hints=HINTS),
    )
    folders = forms.MultipleChoiceField(
        label=_("Folders they can see"),
        required=False,
        widget=Checkboxes(small=True),
    )
    auth_type = forms.ChoiceField(
        label=_("How they sign in"),
        choices=[
            (key, name) for key, name in SIGN_IN_NAMES.items() if key != "webauthn_auth"
        ],
        widget=Radios(),
        error_messages={"required": _("Choose how they sign in.")},
    )

    def __init__(
        self,
        *args: Any,
        service: Service,
        folders: Iterable[TemplateFolder],
        has_security_key: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(folder.pk), f"{'– ' * depth}{folder.name}")
            for depth, folder in FolderTree(folders, ()).indented()
        ]
        if choices:
            self.fields["folders"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["folders"]
        if has_security_key or not service.has_permission("email_auth"):
            del self.fields["auth_type"]

    @property
    def chosen(self) -> dict[str, Any]:
        """What actions take: permissions, ids of folders, how to sign in if asked."""
        return {
            "permissions": self.cleaned_data["permissions"],
            "folder_ids": self.cleaned_data.get("folders", []),
            "auth_type": self.cleaned_data.get("auth_type"),
        }


class MemberEmailForm(PortalForm):
    """A new address for somebody in the team."""

    heading = "email_address"

    email_address = EmailAddressField(label=_("Change their email address"))


class MemberMobileForm(PortalForm):
    """A new number for somebody in the team."""

    heading = "mobile_number"

    mobile_number = MobileNumberField(label=_("Change their mobile number"))
