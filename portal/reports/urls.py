"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from portal.reports import views

app_name = "reports"

SERVICE = "services/<uuid:service_id>"
REPORT = f"{SERVICE}/download-report/<uuid:report_id>"
FILE = f"{SERVICE}/report-request/<uuid:report_id>"

urlpatterns = [
    path(
        f"{SERVICE}/download-notifications.csv",
        views.download_notifications_csv,
        name="download_notifications",
    ),
    path(f"{SERVICE}/reports", views.list_reports, name="list"),
    path(f"{SERVICE}/reports/new", views.create_report, name="create"),
    path(REPORT, views.view_report, name="report"),
    path(f"{REPORT}/ready", views.view_ready_report, name="ready"),
    path(f"{REPORT}/status.json", views.view_report_status, name="status"),
    path(f"{REPORT}/again", views.repeat_report, name="again"),
    path(f"{FILE}.csv", views.download_csv, name="download_csv"),
    path(f"{FILE}.xlsx", views.download_xlsx, name="download_xlsx"),
]
