"""What the app does: keep figures fresh, make reports."""

from __future__ import annotations

from portal.reports.actions.building import build_report, fail_report
from portal.reports.actions.choices import (
    ReportChoices,
    list_report_choices,
    list_template_names,
)
from portal.reports.actions.figures import (
    list_services_to_refresh,
    refresh_platform_figures,
    refresh_service_figures,
    warm_cache,
)
from portal.reports.actions.notifications import (
    PAGE_SIZE,
    NotificationFilters,
    count_notifications,
    make_notifications_csv,
)
from portal.reports.actions.reports import (
    create_report,
    list_reports,
    list_reports_to_resume,
    open_report_file,
    purge_old_reports,
    repeat_report,
)

__all__ = [
    "PAGE_SIZE",
    "NotificationFilters",
    "ReportChoices",
    "build_report",
    "count_notifications",
    "create_report",
    "fail_report",
    "list_report_choices",
    "list_reports",
    "list_reports_to_resume",
    "list_services_to_refresh",
    "list_template_names",
    "make_notifications_csv",
    "open_report_file",
    "purge_old_reports",
    "refresh_platform_figures",
    "refresh_service_figures",
    "repeat_report",
    "warm_cache",
]
