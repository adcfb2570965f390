"""The API's routes about the files that e-mail templates link to."""

from __future__ import annotations

from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient


class TemplateEmailFileClient(NotifyAdminAPIClient):
    """Files that the e-mails of a template link to."""

    @cache.delete("service-{service_id}-template-{template_id}")
    def create_file(
        self,
        *,
        file_id: Id,
        service_id: Id,
        template_id: Id,
        filename: str,
        created_by_id: Id,
        retention_period: int = 26,
        validate_users_email: bool = True,
    ) -> Any:
        """Attach an uploaded file to a template; weeks of retention."""
        data = {
            "id": file_id,
            "filename": filename,
            "created_by_id": created_by_id,
            "retention_period": retention_period,
            "validate_users_email": validate_users_email,
        }
        return self.post(_files(service_id, template_id), data=data)

    def upload_email_attachment(
        self,
        service_id: Id,
        template_id: Id,
        *,
        file_id: Id,
        filename: str,
        created_by_id: Id,
        retention_period: int = 26,
        validate_users_email: bool = True,
    ) -> Any:
        """Do what ``create_file`` does, under its first name."""
        return self.create_file(
            file_id=file_id,
            service_id=service_id,
            template_id=template_id,
            filename=filename,
            created_by_id=created_by_id,
            retention_period=retention_period,
            validate_users_email=validate_users_email,
        )

    def get_email_attachment(self, service_id: Id, template_id: Id, file_id: Id) -> Any:
        """Return what is known of a file, as ``get_file_by_id`` does."""
        return self.get_file_by_id(file_id, service_id, template_id)

    def get_files(self, service_id: Id, template_id: Id) -> Any:
        """Return ``{"data": [...]}`` of a template's files, pending ones too."""
        return self.get(_files(service_id, template_id))

    def get_file_by_id(self, file_id: Id, service_id: Id, template_id: Id) -> Any:
        """Return what is known of a file."""
        return self.get(f"{_files(service_id, template_id)}/{file_id}")

    @cache.delete("service-{service_id}-template-{template_id}")
    def update_file(
        self,
        file_id: Id,
        service_id: Id,
        template_id: Id,
        *,
        link_text: str | None,
        retention_period: int,
        validate_users_email: bool,
        pending: bool,
    ) -> Any:
        """Change how a file is offered to recipients."""
        data = {
            "link_text": link_text,
            "retention_period": retention_period,
            "validate_users_email": validate_users_email,
            "pending": pending,
        }
        return self.post(f"{_files(service_id, template_id)}/{file_id}", data=data)

    @cache.delete("service-{service_id}-template-{template_id}")
    def archive_file(
        self, file_id: Id, service_id: Id, template_id: Id, *, archived_by_id: Id
    ) -> Any:
        """Take a file off its template."""
        return self.post(
            f"{_files(service_id, template_id)}/{file_id}/archive",
            data={"archived_by_id": archived_by_id},
        )


def _files(service_id: Id, template_id: Id) -> str:
    return f"/service/{service_id}/templates/{template_id}/template_email_files"


template_email_file_client = TemplateEmailFileClient()
