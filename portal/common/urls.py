"""Paths of the pages that belong to no domain."""

from __future__ import annotations

from django.urls import path

from portal.common import views

app_name = "common"
urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("_status", views.status, name="status"),
]
