"""Addresses of usage and prices."""

from __future__ import annotations

from django.urls import path

from portal.billing import views

app_name = "billing"

urlpatterns = [
    path("services/<uuid:service_id>/usage", views.usage, name="usage"),
    path(
        "services/<uuid:service_id>/dashboard-usage.json",
        views.service_dashboard_usage_updates,
        name="usage_json",
    ),
    path("services/<uuid:service_id>/usage.csv", views.usage_csv, name="usage_csv"),
    path("pricing", views.pricing, name="pricing"),
    path(
        "pricing/text-messages",
        views.pricing_text_messages,
        name="pricing_text_messages",
    ),
    path("pricing/letters", views.pricing_letters, name="pricing_letters"),
    path("pricing/how-to-pay", views.how_to_pay, name="how_to_pay"),
    path("pricing/billing-details", views.billing_details, name="billing_details"),
]
