"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from portal.reports import views

app_name = "reports"

SERVICE = "services/<uuid:service_id>"

urlpatterns = [
    path(
        f"{SERVICE}/download-notifications.csv",
        views.download_notifications_csv,
        name="download_notifications",
    ),
    path(f"{SERVICE}/download-notifications", views.create_report, name="create"),
    path(f"{SERVICE}/reports/<uuid:report_id>", views.view_report, name="report"),
    path(
        f"{SERVICE}/reports/<uuid:report_id>.csv",
        views.download_report,
        name="download",
    ),
]
