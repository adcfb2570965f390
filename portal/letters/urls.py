"""Addresses of pages about letters."""

from __future__ import annotations

from django.urls import path

from portal.common import converters  # noqa: F401  registers <simple_date:…>
from portal.letters import views

app_name = "letters"

RETURNED = "services/<uuid:service_id>/returned-letters"

urlpatterns = [
    path(RETURNED, views.returned_letter_summary, name="returned"),
    path(
        f"{RETURNED}/<simple_date:reported_at>",
        views.returned_letters,
        name="returned_on",
    ),
    path(
        f"{RETURNED}/<simple_date:reported_at>.csv",
        views.returned_letters_report,
        name="returned_csv",
    ),
]
