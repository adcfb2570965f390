"""Find the service that owns something of which only the id is known."""

from __future__ import annotations

from typing import Any

from portal.remote.client import NotifyAdminAPIClient
from portal.remote.errors import NotFound
from portal.remote.plan import Plan


def owner_of(plan: Plan, kind: str) -> Any:
    """Give the id of the service in a plan, or look it up for a plan with one key.

    The API's addresses of templates, keys and the like begin with their service.
    POST /platform-admin/find-by-uuid tells it, for one call more. Raises NotFound
    when nothing of the kind has the id, ScopeRequired when the plan names neither.
    """
    pk = plan.equal("id").get("id")
    if pk is None or ("service", "exact") in plan.terms:
        return plan.require("service")
    found = NotifyAdminAPIClient().post(
        "/platform-admin/find-by-uuid", data={"uuid": str(pk)}
    )
    if found["type"] != kind:
        raise NotFound(f"No {kind} has this id")
    return found["context"]["service_id"]
