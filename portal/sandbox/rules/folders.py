"""Template folders: who sees them, what may be moved where."""

from __future__ import annotations

import uuid
from typing import Any

from portal.message_templates.models import (
    Template,
    TemplateFolder,
    TemplateFolderMap,
    UserFolderPermission,
)
from portal.sandbox.http import one
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.loading import key_of
from portal.services.models import Service
from portal.users.models import ServiceUser


def create(service: Service, name: str, parent_id: Any) -> TemplateFolder:
    """Make a folder, seen by those who see its parent."""
    if parent_id is not None:
        parents = TemplateFolder.objects.filter(pk=parent_id, service_id=service.pk)
        if not parents.exists():
            raise Refusal("parent_id not found")
    folder: TemplateFolder = TemplateFolder.objects.create(
        service_id=service.pk, name=name.strip(), parent_id=parent_id
    )
    show(folder, _viewers(service, parent_id))
    folder.refresh_from_db()
    return folder


def _viewers(service: Service, parent_id: Any) -> list[uuid.UUID]:
    rows = (
        ServiceUser.objects.filter(service_id=service.pk, user__state="active")
        if parent_id is None
        else UserFolderPermission.objects.filter(template_folder_id=parent_id)
    )
    return list(rows.values_list("user_id", flat=True))


def show(folder: TemplateFolder, users: list[Any]) -> None:
    """Replace the people who see a folder; all must be the service's."""
    wanted = {key_of(user) for user in users}
    members = ServiceUser.objects.filter(
        service_id=folder.service_id, user_id__in=wanted
    )
    if members.count() < len(wanted):
        raise Refusal("No result found", 404)
    UserFolderPermission.objects.filter(template_folder_id=folder.pk).delete()
    UserFolderPermission.objects.bulk_create(
        UserFolderPermission(
            user_id=user, template_folder_id=folder.pk, service_id=folder.service_id
        )
        for user in members.values_list("user_id", flat=True)
    )


def delete(folder: TemplateFolder) -> None:
    """Remove a folder that holds nothing."""
    has_folders = TemplateFolder.objects.filter(parent_id=folder.pk).exists()
    has_templates = TemplateFolderMap.objects.filter(template_folder_id=folder.pk)
    if has_folders or has_templates.exists():
        raise Refusal("Folder is not empty")
    UserFolderPermission.objects.filter(template_folder_id=folder.pk).delete()
    folder.delete()


def move(
    service_id: uuid.UUID,
    target_id: uuid.UUID | None,
    folders: list[str],
    templates: list[str],
) -> None:
    """Move folders and templates into a folder, or out of all; all of them or none."""
    if target_id is not None:
        one(TemplateFolder.objects.all(), pk=target_id, service_id=service_id)
    above = _ancestors(service_id, target_id)
    for key in folders:
        _check_folder(service_id, key, target_id, above)
    for key in templates:
        _check_template(service_id, key)
    TemplateFolder.objects.filter(pk__in=folders).update(parent_id=target_id)
    TemplateFolderMap.objects.filter(template_id__in=templates).delete()
    if target_id is not None:
        TemplateFolderMap.objects.bulk_create(
            TemplateFolderMap(template_id=key, template_folder_id=target_id)
            for key in dict.fromkeys(templates)
        )


def _ancestors(service_id: uuid.UUID, folder_id: uuid.UUID | None) -> set[str]:
    parents = dict(
        TemplateFolder.objects.filter(service_id=service_id).values_list(
            "pk", "parent_id"
        )
    )
    found: set[str] = set()
    while folder_id is not None:
        folder_id = parents.get(folder_id)
        found.add(str(folder_id))
    return found


def _check_folder(
    service_id: uuid.UUID, key: str, target_id: uuid.UUID | None, above: set[str]
) -> None:
    if not TemplateFolder.objects.filter(pk=key, service_id=service_id).exists():
        raise Refusal(f"No folder found with id {key} for service {service_id}")
    if str(uuid.UUID(key)) == str(target_id):
        raise Refusal("You cannot move a folder to itself")
    if str(uuid.UUID(key)) in above:
        raise Refusal("You cannot move a folder to one of its subfolders")


def _check_template(service_id: uuid.UUID, key: str) -> None:
    template = Template.objects.filter(pk=key, service_id=service_id).first()
    if template is None:
        raise Refusal(
            f"Could not move to folder: No template found with id {key} "
            f"for service {service_id}"
        )
    if template.archived:
        raise Refusal(f"Could not move to folder: Template {key} is archived")
