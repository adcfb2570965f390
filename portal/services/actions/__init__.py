"""What touches several of a service's endpoints at once."""

from __future__ import annotations

from portal.services.actions.adding import create_example, create_service
from portal.services.actions.contact_details import change_contact_details
from portal.services.actions.dashboard import load_dashboard
from portal.services.actions.going_live import (
    approve_go_live,
    ask_to_go_live,
    confirm_unique,
    estimate_usage,
    explain_next_steps,
    load_checklist,
    load_go_live_request,
    refuse_go_live,
)
from portal.services.actions.history import load_history
from portal.services.actions.months import load_year, refresh_year
from portal.services.actions.overview import (
    is_any_open,
    list_briefs,
    load_lines,
    read_missing,
)

__all__ = [
    "approve_go_live",
    "ask_to_go_live",
    "change_contact_details",
    "confirm_unique",
    "create_example",
    "create_service",
    "estimate_usage",
    "explain_next_steps",
    "is_any_open",
    "list_briefs",
    "load_checklist",
    "load_dashboard",
    "load_go_live_request",
    "load_history",
    "load_lines",
    "load_year",
    "read_missing",
    "refresh_year",
    "refuse_go_live",
]
