"""An invitation to a service or to an organisation, as pages need it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.remote.answers import reading
from portal.remote.values import parse_time
from portal.users.identity import SHOWN_PERMISSIONS

SERVICE, ORGANISATION = "service", "organisation"
# The API takes links for so long.
LINK_SECONDS = 2 * 24 * 3600


class UnknownInvitation(Exception):
    """The link is not one that the API made, or what it stands for is gone."""


class ExpiredInvitation(UnknownInvitation):
    """The link is older than two days."""


@dataclass(frozen=True)
class Invitation:
    """Who is invited to what by whom, and what they will be able to do there.

    ``permissions`` are the API's own; ``status`` is pending, accepted or cancelled.
    """

    kind: str
    id: str
    email_address: str
    place_id: str
    inviter_id: str
    status: str
    created_at: datetime.datetime
    permissions: tuple[str, ...] = ()
    folder_ids: tuple[str, ...] = ()
    auth_type: str = "sms_auth"

    @classmethod
    def of_service(cls, row: Mapping[str, Any]) -> Invitation:
        """Read ``GET /service/<id>/invite``'s rows."""
        with reading():
            return cls(
                kind=SERVICE,
                id=str(row["id"]),
                email_address=str(row["email_address"]),
                place_id=str(row["service"]),
                inviter_id=str(row["from_user"]),
                status=str(row["status"]),
                created_at=parse_time(row["created_at"]),
                permissions=tuple(filter(None, row["permissions"].split(","))),
                folder_ids=tuple(row.get("folder_permissions") or ()),
                auth_type=str(row["auth_type"]),
            )

    @classmethod
    def of_organisation(cls, row: Mapping[str, Any]) -> Invitation:
        """Read ``GET /organisation/<id>/invite``'s rows."""
        with reading():
            return cls(
                kind=ORGANISATION,
                id=str(row["id"]),
                email_address=str(row["email_address"]),
                place_id=str(row["organisation"]),
                inviter_id=str(row["invited_by"]),
                status=str(row["status"]),
                created_at=parse_time(row["created_at"]),
                permissions=tuple(row["permissions"]),
            )

    @property
    def is_pending(self) -> bool:
        """Whether nobody has answered or withdrawn it yet."""
        return self.status == "pending"

    @property
    def shown_permissions(self) -> set[str]:
        """The permissions as pages show them: one needs all its stored ones."""
        stored = set(self.permissions)
        return {
            shown
            for shown, needed in SHOWN_PERMISSIONS.items()
            if stored.issuperset(needed)
        }

    def is_for(self, email_address: str) -> bool:
        """Tell whether it went to this address."""
        return self.email_address.casefold() == email_address.casefold()
