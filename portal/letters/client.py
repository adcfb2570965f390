"""The API's routes about letters: attachments, uploads and returned ones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from portal.letters.preview import TemplatePreviewClient
from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, _attach_current_user


class LetterAttachmentClient(NotifyAdminAPIClient):
    """Pages that are printed after each letter of a template."""

    def get_letter_attachment(self, letter_attachment_id: Id) -> Any:
        """Return what is known of an attachment."""
        return self.get(f"/letter-attachment/{letter_attachment_id}")

    @cache.delete("service-{service_id}-templates", "service-{service_id}-template")
    def create_letter_attachment(
        self,
        *,
        upload_id: Id,
        original_filename: str,
        page_count: int,
        template_id: Id,
        service_id: Id,
    ) -> Any:
        """Attach an uploaded file to a template."""
        data = {
            "upload_id": upload_id,
            "original_filename": original_filename,
            "page_count": page_count,
            "template_id": template_id,
            "created_by_id": _attach_current_user({})["created_by"],
        }
        return self.post("/letter-attachment", data=data)

    @cache.delete("service-{service_id}-templates", "service-{service_id}-template")
    def archive_letter_attachment(
        self, *, letter_attachment_id: Id, user_id: Id, service_id: Id
    ) -> Any:
        """Take an attachment off its template."""
        return self.post(
            f"/letter-attachment/{letter_attachment_id}/archive",
            data={"archived_by": user_id},
        )


class LetterJobsClient(NotifyAdminAPIClient):
    """What the printing company reports."""

    @cache.delete("returned-letters")
    def submit_returned_letters(self, references: Collection[str]) -> Any:
        """Record letters that came back, by their references."""
        return self.post("/letters/returned", data={"references": references})


class UploadApiClient(NotifyAdminAPIClient):
    """Letters uploaded one by one."""

    def get_letters_by_service_and_print_day(
        self, service_id: Id, *, letter_print_day: date | str, page: int = 1
    ) -> Any:
        """Return a page of the uploaded letters printed on one day."""
        return self.get(
            f"/service/{service_id}/upload/uploaded-letters/{letter_print_day}",
            params={"page": page},
        )


letter_attachment_client = LetterAttachmentClient()
letter_jobs_client = LetterJobsClient()
upload_api_client = UploadApiClient()
template_preview_client = TemplatePreviewClient()
