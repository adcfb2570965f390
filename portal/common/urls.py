"""Paths of the pages that belong to no domain."""

from __future__ import annotations

from django.urls import path

from portal.common import (
    converters,  # noqa: F401  registers <ticket_type:…>
    views,
)
from portal.common.guidance import TOPICS
from portal.common.historical import redirects

app_name = "common"
urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("_status", views.status, name="status"),
    path("error/<int:status_code>", views.error, name="error"),
    *(
        path(topic.path, views.guidance, {"topic": topic}, f"guidance_{topic.name}")
        for topic in TOPICS
    ),
    *redirects(),
]
