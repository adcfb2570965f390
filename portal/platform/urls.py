"""Addresses of the platform's own pages."""

from __future__ import annotations

from django.urls import path

from portal.platform import views

app_name = "platform"
urlpatterns = [
    path("platform-admin", views.platform_admin_search, name="search"),
]
