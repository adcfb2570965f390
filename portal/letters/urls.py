"""Addresses of pages about letters."""

from __future__ import annotations

from django.urls import path

from portal.common import converters  # noqa: F401  registers <simple_date:…>
from portal.letters.views import example, returned, uploads

app_name = "letters"

SERVICE = "services/<uuid:service_id>"
RETURNED = f"{SERVICE}/returned-letters"

urlpatterns = [
    path(RETURNED, returned.returned_letter_summary, name="returned"),
    path(
        f"{RETURNED}/<simple_date:reported_at>",
        returned.returned_letters,
        name="returned_on",
    ),
    path(
        f"{RETURNED}/<simple_date:reported_at>.csv",
        returned.returned_letters_report,
        name="returned_csv",
    ),
    path(
        f"{SERVICE}/uploaded-letters/<simple_date:letter_print_day>",
        uploads.uploaded_letters,
        name="uploaded",
    ),
    path(f"{SERVICE}/upload-letter", uploads.upload_letter, name="upload"),
    path(
        f"{SERVICE}/upload-letter/send/<uuid:file_id>",
        uploads.send_uploaded_letter,
        name="send",
    ),
    path(
        f"{SERVICE}/preview-letter/<uuid:file_id>",
        uploads.preview_letter,
        name="preview",
    ),
    path(
        f"{SERVICE}/preview-letter-image/<uuid:file_id>",
        uploads.letter_picture,
        name="picture",
    ),
    path(
        "templates/letter-preview-image",
        example.letter_branding_preview_image,
        name="branding_picture",
    ),
    path(
        "templates/letter-preview-image/<str:filename>",
        example.letter_branding_preview_image,
        name="branding_picture",
    ),
]
