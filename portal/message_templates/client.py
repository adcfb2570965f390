"""The API's routes about template folders, statistics and files; templates themselves are in the service client."""

from __future__ import annotations

import base64
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.remote import http
from portal.remote.cache import cache
from portal.remote.client import (
    Id,
    NotifyAdminAPIClient,
    given,
    parsed,
    serialised,
    trace_headers,
)
from portal.remote.errors import HTTPError, Unavailable

_PERMISSION_SECONDS = 300


class TemplateFolderAPIClient(NotifyAdminAPIClient):
    """Folders of templates, and who may see them."""

    @cache.delete("service-{service_id}-template-folders")
    def create_template_folder(
        self, service_id: Id, name: str, parent_id: Id | None = None
    ) -> Any:
        """Make a folder and return its id."""
        data = {"name": name, "parent_id": parent_id}
        return self.post(f"/service/{service_id}/template-folder", data=data)["data"][
            "id"
        ]

    @cache.set(
        "service-{service_id}-template-folders",
        tags=("services", "service-{service_id}-template"),
        ttl=_PERMISSION_SECONDS,
    )
    def get_template_folders(self, service_id: Id) -> Any:
        """Return all folders of a service, as a flat list."""
        return self.get(f"/service/{service_id}/template-folder")["template_folders"]

    def get_template_folder(self, service_id: Id, folder_id: Id | None) -> Any:
        """Return one folder, the top of the tree for None; StopIteration if there is none."""
        if folder_id is None:
            return {"id": None, "name": _("Templates"), "parent_id": None}
        return next(
            folder
            for folder in self.get_template_folders(service_id)
            if folder["id"] == str(folder_id)
        )

    def move_to_folder(
        self,
        service_id: Id,
        folder_id: Id | None,
        template_ids: Collection[Id],
        folder_ids: Collection[Id],
    ) -> None:
        """Move templates and folders into a folder, to the top for None."""
        into = f"/{folder_id}" if folder_id else ""
        moved = [
            f"service-{service_id}-template-{template_id}-version-None"
            for template_id in template_ids
        ]
        with cache.writing(
            f"service-{service_id}-template-folders",
            f"service-{service_id}-templates",
            *moved,
        ):
            self.post(
                f"/service/{service_id}/template-folder{into}/contents",
                data={"templates": template_ids, "folders": folder_ids},
            )

    @cache.delete(
        "service-{service_id}-template-folders", strict={"users_with_permission"}
    )
    def update_template_folder(
        self,
        service_id: Id,
        template_folder_id: Id,
        name: str,
        users_with_permission: Collection[Id] | None = None,
    ) -> None:
        """Rename a folder and, where given, say who may see it."""
        data = {
            "name": name,
            **given(users_with_permission=users_with_permission or None),
        }
        self.post(
            f"/service/{service_id}/template-folder/{template_folder_id}", data=data
        )

    @cache.delete("service-{service_id}-template-folders")
    def delete_template_folder(self, service_id: Id, template_folder_id: Id) -> None:
        """Delete an empty folder."""
        self.delete(
            f"/service/{service_id}/template-folder/{template_folder_id}", data={}
        )


class TemplateStatisticsApiClient(NotifyAdminAPIClient):
    """How much templates are used."""

    def get_template_statistics_for_service(
        self, service_id: Id, limit_days: int | None = None
    ) -> Any:
        """Return the use of each template in the last days."""
        return self.get(
            f"/service/{service_id}/template-statistics",
            params=given(limit_days=limit_days),
        )["data"]

    def get_monthly_template_usage_for_service(self, service_id: Id, year: int) -> Any:
        """Return the use of each template by month of a financial year."""
        return self.get(
            f"/service/{service_id}/notifications/templates_usage/monthly",
            params={"year": year},
        )["stats"]

    def get_monthly_template_usage(self, service_id: Id, year: int) -> Any:
        """Return the same as ``get_monthly_template_usage_for_service``, under its first name."""
        return self.get_monthly_template_usage_for_service(service_id, year)

    def get_last_used_date_for_template(self, service_id: Id, template_id: Id) -> Any:
        """Return when a template was last used, None for never or too long ago."""
        return self.get(
            f"/service/{service_id}/template-statistics/last-used/{template_id}"
        )["last_date_used"]


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


class DocumentDownloadError(HTTPError):
    """The file is not one that may be sent: too large, of a wrong type or with a virus."""

    status_code = 400


class DocumentDownloadAPIClient:
    """The service that recipients download files from; not the Notify API itself."""

    def file_check_and_antivirus_scan(
        self, service_id: Id, file_name: str, file_bytes: bytes
    ) -> Any:
        """Have a file checked; raises DocumentDownloadError with what is wrong with it."""
        if not settings.DOCUMENT_DOWNLOAD_API_HOST:
            raise Unavailable(_("Files cannot be sent by e-mail here."))
        document = base64.b64encode(file_bytes).decode()
        try:
            response = http.send(
                "POST",
                f"{settings.DOCUMENT_DOWNLOAD_API_HOST}/services/{service_id}/antivirus-and-mimetype-check",
                headers={
                    "Authorization": f"Bearer {settings.DOCUMENT_DOWNLOAD_API_KEY}",
                    "Content-Type": "application/json",
                    **trace_headers(),
                },
                body=serialised({"document": document, "filename": file_name}),
            )
        except HTTPError as error:
            if error.status_code in {400, 413}:
                raise DocumentDownloadError(
                    error.message, error.status_code, error.errors
                ) from error
            raise
        return parsed(response)


template_folder_api_client = TemplateFolderAPIClient()
template_statistics_client = TemplateStatisticsApiClient()
template_email_file_client = TemplateEmailFileClient()
document_download_api_client = DocumentDownloadAPIClient()
