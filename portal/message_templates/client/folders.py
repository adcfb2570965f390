"""The API's routes about template folders and statistics; templates themselves are in the service client."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, given

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


template_folder_api_client = TemplateFolderAPIClient()
template_statistics_client = TemplateStatisticsApiClient()
