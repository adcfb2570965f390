"""Addresses of a service's own pages."""

from __future__ import annotations

from django.urls import path

from portal.services import views

app_name = "services"
urlpatterns = [
    path("services/<uuid:service_id>", views.service_dashboard, name="dashboard"),
    path("services/<uuid:service_id>/dashboard", views.old_service_dashboard),
    path("services/<uuid:service_id>/monthly", views.monthly, name="monthly"),
    path(
        "services/<uuid:service_id>/template-usage",
        views.template_usage,
        name="template_usage",
    ),
    path("services/<uuid:service_id>/template-activity", views.template_history),
]
