"""What a report is about, in words."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.templatetags.portal_ui import plain_day
from portal.reports.models import Report


def describe(report: Report) -> str:
    """Say which messages a report holds: "Failed emails, 14 to 20 November"."""
    wanted: dict[str, Any] = report.parameters
    parts = [
        _messages(wanted.get("template_type") or "", wanted.get("status") or ""),
        _days(wanted),
        _("of one template") if wanted.get("template_names") else "",
        _("of one file") if wanted.get("job_id") else "",
        _("by one API key") if wanted.get("api_key") else "",
    ]
    return ", ".join(filter(None, parts))


def _messages(kind: str, status: str) -> str:
    kinds = {
        "": _("messages"),
        "email": _("emails"),
        "sms": _("text messages"),
        "letter": _("letters"),
    }
    statuses = {
        "": "",
        "sending": _("sending"),
        "delivered": _("delivered"),
        "failed": _("failed"),
    }
    return str(capfirst(f"{statuses[status]} {kinds[kind]}".strip()))


def _days(wanted: dict[str, Any]) -> str:
    if not wanted.get("first_day"):
        if wanted.get("job_id"):
            return ""
        days = wanted.get("limit_days") or 0
        told = ngettext("last %(days)s day", "last %(days)s days", days)
        return told % {"days": days}
    first, last = (
        datetime.date.fromisoformat(wanted[name]) for name in ("first_day", "last_day")
    )
    if first == last:
        return plain_day(first)
    return _("%(first)s to %(last)s") % {
        "first": plain_day(first),
        "last": plain_day(last),
    }
