"""The API's routes of this domain."""

from __future__ import annotations

from portal.message_templates.client.documents import (
    DocumentDownloadError,
    document_download_api_client,
)
from portal.message_templates.client.email_files import template_email_file_client
from portal.message_templates.client.folders import (
    template_folder_api_client,
    template_statistics_client,
)

__all__ = [
    "DocumentDownloadError",
    "document_download_api_client",
    "template_email_file_client",
    "template_folder_api_client",
    "template_statistics_client",
]
