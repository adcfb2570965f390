"""What a report's file is called: after the day, and what the report is narrowed to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.utils.text import slugify


def file_name(
    parameters: Mapping[str, Any], day: datetime.date, file_type: str = "csv"
) -> str:
    """Return a name such as ``2026-11-21-people-failed-sms-notifications.csv``."""
    about = [
        PurePath(parameters.get("job_name") or "").stem,
        parameters.get("template_name") or "",
        parameters.get("api_key") or "",
    ]
    named = [slug for name in about if (slug := slugify(name, allow_unicode=True))]
    kind = parameters.get("template_type") or ("" if named else "all")
    parts = [f"{day:%Y-%m-%d}", *named, parameters.get("status") or "", kind]
    return f"{'-'.join(filter(None, parts))}-notifications.{file_type}"
