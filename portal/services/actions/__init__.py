"""What touches several of a service's endpoints at once."""

from __future__ import annotations

from portal.services.actions.adding import create_example, create_service
from portal.services.actions.dashboard import (
    load_dashboard,
    load_months,
    load_template_months,
)
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

__all__ = [
    "approve_go_live",
    "ask_to_go_live",
    "confirm_unique",
    "create_example",
    "create_service",
    "estimate_usage",
    "explain_next_steps",
    "load_checklist",
    "load_dashboard",
    "load_go_live_request",
    "load_history",
    "load_months",
    "load_template_months",
    "refuse_go_live",
]
