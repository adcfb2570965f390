"""Paths of the portal: every domain's staff pages, and the admin site."""

from __future__ import annotations

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

# In this order; a domain has staff pages when it has a module of urls.
PAGES = (
    "common",
    "users",
    "services",
    "organisations",
    "message_templates",
    "notifications",
    "jobs",
    "letters",
    "inbound",
    "branding",
    "api_keys",
    "invites",
    "billing",
    "reports",
    "providers",
    "platform",
    "support",
)

urlpatterns = [
    path("admin/", admin.site.urls),
    *(
        path("", include(f"portal.{app}.urls"))
        for app in PAGES
        if find_spec(f"portal.{app}.urls")
    ),
]
handler400 = "portal.common.views.bad_request"
handler403 = "portal.common.views.permission_denied"
handler404 = "portal.common.views.page_not_found"
handler500 = "portal.common.errors.server_error"
