"""Addresses of a service's own pages."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from portal.services.views import (
    add,
    approve,
    contact_details,
    dashboard,
    go_live,
    history,
    overview,
)

app_name = "services"

SERVICE = "services/<uuid:service_id>"
LIVE = f"{SERVICE}/make-your-service-live"
OLD_LIVE = f"{SERVICE}/service-settings/request-to-go-live"
APPROVE = f"{SERVICE}/make-service-live"

urlpatterns = [
    path(SERVICE, dashboard.service_dashboard, name="dashboard"),
    path(f"{SERVICE}/dashboard", dashboard.old_service_dashboard, name="old_dashboard"),
    path(
        f"{SERVICE}/dashboard.json",
        dashboard.service_dashboard_updates,
        name="dashboard_json",
    ),
    path(f"{SERVICE}/monthly", dashboard.monthly, name="monthly"),
    path(f"{SERVICE}/monthly.csv", dashboard.monthly_csv, name="monthly_csv"),
    path(f"{SERVICE}/template-usage", dashboard.template_usage, name="template_usage"),
    path(
        f"{SERVICE}/template-usage.csv",
        dashboard.template_usage_csv,
        name="template_usage_csv",
    ),
    path(
        f"{SERVICE}/template-activity",
        dashboard.template_history,
        name="template_activity",
    ),
    path(
        "services",
        require_safe(RedirectView.as_view(pattern_name="users:your_services")),
        name="services",
    ),
    path("your-services/figures", overview.figures, name="figures"),
    path("your-services/figures.csv", overview.figures_csv, name="figures_csv"),
    path("add-service", add.add_service, name="add_service"),
    path(
        "add-service/name-your-service",
        add.name_service,
        name="name_service",
    ),
    path(LIVE, go_live.request_to_go_live, name="go_live"),
    path(OLD_LIVE, go_live.request_to_go_live_old_path, name="go_live_old"),
    path(
        f"{LIVE}/confirm-service-unique",
        go_live.confirm_service_is_unique,
        name="confirm_unique",
    ),
    path(
        f"{OLD_LIVE}/estimate-usage",
        go_live.estimate_usage,
        name="estimate_usage",
    ),
    path(APPROVE, approve.org_member_make_service_live_start, name="approve_start"),
    path(
        f"{APPROVE}/unique-service",
        approve.org_member_make_service_live_check_unique,
        name="approve_unique",
    ),
    path(
        f"{APPROVE}/service-name",
        approve.org_member_make_service_live_service_name,
        name="approve_name",
    ),
    path(
        f"{APPROVE}/contact-user",
        approve.org_member_make_service_live_contact_user,
        name="approve_contact",
    ),
    path(
        f"{APPROVE}/decision",
        approve.org_member_make_service_live_decision,
        name="approve_decision",
    ),
    path(
        f"{SERVICE}/service-settings/send-files-by-email",
        contact_details.send_files_by_email_contact_details,
        name="contact_details",
    ),
    path(f"{SERVICE}/history", history.history, name="history"),
]
