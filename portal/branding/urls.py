"""Addresses of brandings."""

from __future__ import annotations

from django.urls import path

from portal.branding import views

app_name = "branding"

urlpatterns = [path("_email", views.example_email, name="example_email")]
