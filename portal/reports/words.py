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
        *_narrowed(wanted),
    ]
    return ", ".join(filter(None, parts))


def _narrowed(wanted: dict[str, Any]) -> list[str]:
    """Say which template, file and key it is of; older reports do not know their names."""
    template, job = wanted.get("template_name"), wanted.get("job_name")
    told = []
    if template:
        told.append(_("template “%(name)s”") % {"name": template})
    elif wanted.get("template_names"):
        told.append(_("of one template"))
    if job:
        told.append(_("file “%(name)s”") % {"name": job})
    elif wanted.get("job_id"):
        told.append(_("of one file"))
    if key := wanted.get("api_key"):
        told.append(_("API key “%(name)s”") % {"name": key})
    return told


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
