"""The people of a service's team, and those who are invited to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.csv_files import as_csv
from portal.invites.invitations import Invitation
from portal.message_templates.models import TemplateFolder
from portal.message_templates.tree import may_see
from portal.users.models import User

# In the order of pages.
PERMISSION_NAMES: Final[Mapping[str, Any]] = {
    "view_activity": gettext_lazy("See dashboard"),
    "send_messages": gettext_lazy("Send messages"),
    "manage_templates": gettext_lazy("Add and edit templates"),
    "manage_service": gettext_lazy("Manage settings, team and usage"),
    "manage_api_keys": gettext_lazy("Manage API integration"),
}
SIGN_IN_NAMES: Final[Mapping[str, Any]] = {
    "sms_auth": gettext_lazy("Text message code"),
    "email_auth": gettext_lazy("Email link"),
    "webauthn_auth": gettext_lazy("Security key"),
}


@dataclass(frozen=True)
class Member:
    """Somebody in a team, or invited to it, with what they may do and see there."""

    id: str
    name: str
    email_address: str
    permissions: frozenset[str]
    folders: tuple[str, ...]
    auth_type: str
    is_invited: bool = False
    is_pending: bool = False
    is_you: bool = False
    last_sign_in: datetime.datetime | None = None
    invited_at: datetime.datetime | None = None

    @property
    def can(self) -> list[tuple[bool, Any]]:
        """Each permission in the order of pages, and whether the person has it."""
        return [(key in self.permissions, n) for key, n in PERMISSION_NAMES.items()]

    @property
    def signs_in_with(self) -> Any:
        """How the person signs in."""
        return SIGN_IN_NAMES.get(self.auth_type, self.auth_type)

    def has_words(self, sought: list[str]) -> bool:
        """Tell whether each of the words is in the name or the address."""
        text = f"{self.name}\n{self.email_address}".casefold()
        return all(word in text for word in sought)


@dataclass(frozen=True)
class Team:
    """Everybody of a team, by address, and the folders that there are."""

    members: list[Member]
    folders: list[TemplateFolder]

    def found(self, words: str, permission: str) -> list[Member]:
        """Those whose name or address has the words and who have the permission."""
        sought = words.casefold().split()
        return [
            member
            for member in self.members
            if member.has_words(sought)
            and (not permission or permission in member.permissions)
        ]

    def sees_all(self, member: Member) -> bool:
        """Tell whether somebody sees every folder."""
        return len(member.folders) == len(self.folders)


def team_of(
    users: Iterable[User],
    invitations: Iterable[Invitation],
    folders: Iterable[TemplateFolder],
    *,
    service_id: Any,
    you: User,
) -> Team:
    """Put members and invitations into one list."""
    known = sorted(folders, key=lambda folder: str(folder.name).casefold())
    members = [
        *(_of_user(user, known, service_id, you) for user in users),
        *(_of_invitation(invitation, known) for invitation in invitations),
    ]
    return Team(sorted(members, key=lambda m: m.email_address.casefold()), known)


def _of_user(
    user: User, folders: list[TemplateFolder], service_id: Any, you: User
) -> Member:
    return Member(
        id=str(user.pk),
        name=str(user.name),
        email_address=str(user.email_address),
        permissions=frozenset(user.permissions_for_service(service_id)),
        folders=tuple(str(f.name) for f in folders if may_see(f, user.pk)),
        auth_type=str(user.auth_type),
        is_pending=user.state == "pending",
        is_you=user.pk == you.pk,
        last_sign_in=user.logged_in_at,
    )


def _of_invitation(invitation: Invitation, folders: list[TemplateFolder]) -> Member:
    return Member(
        id=invitation.id,
        name="",
        email_address=invitation.email_address,
        permissions=frozenset(invitation.shown_permissions),
        folders=tuple(
            str(f.name) for f in folders if str(f.pk) in invitation.folder_ids
        ),
        auth_type=invitation.auth_type,
        is_invited=True,
        invited_at=invitation.created_at,
    )


def team_csv(team: Team) -> str:
    """Write a team as a CSV file: a row for each person, a column for each permission."""
    names = [str(name) for name in PERMISSION_NAMES.values()]
    headings = [
        *(_("Name"), _("Email address"), _("Status")),
        *names,
        *(_("Folders"), _("Signs in with"), _("Last signed in")),
    ]
    rows = (
        [
            *(member.name, member.email_address, _status_of(member)),
            *(_("Yes") if has else _("No") for has, _name in member.can),
            *("; ".join(member.folders), member.signs_in_with),
            _moment(member.last_sign_in),
        ]
        for member in team.members
    )
    return as_csv(headings, rows)


def _status_of(member: Member) -> str:
    if member.is_invited:
        return _("Invited")
    return _("Not verified") if member.is_pending else _("Active")


def _moment(moment: datetime.datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
