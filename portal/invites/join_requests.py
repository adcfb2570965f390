"""A request of somebody to join a service, as pages need it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.remote.answers import reading
from portal.remote.values import parse_time


@dataclass(frozen=True)
class JoinRequest:
    """Who wants to join, why, and what became of it.

    ``status`` is pending, approved, rejected or cancelled.
    """

    id: str
    service_id: str
    requester_id: str
    name: str
    email_address: str
    reason: str
    status: str
    created_at: datetime.datetime
    is_member: bool
    decided_by: str = ""
    decided_at: datetime.datetime | None = None

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> JoinRequest:
        """Read ``GET /service/<id>/service-join-request/<id>``."""
        with reading():
            requester, decider = row["requester"], row["status_changed_by"]
            decided_at = row["status_changed_at"]
            return cls(
                id=str(row["id"]),
                service_id=str(row["service_id"]),
                requester_id=str(requester["id"]),
                name=str(requester["name"]),
                email_address=str(requester["email_address"]),
                reason=str(row["reason"] or ""),
                status=str(row["status"]),
                created_at=parse_time(row["created_at"]),
                is_member=row["service_id"] in requester["belongs_to_service"],
                decided_by=str(decider["name"]) if decider else "",
                decided_at=parse_time(decided_at) if decided_at else None,
            )

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided yet."""
        return self.status == "pending"
