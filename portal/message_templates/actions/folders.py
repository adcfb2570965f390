"""Changes to folders, each with a line in the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from portal.clients import template_folder_api_client
from portal.common import audit
from portal.message_templates.models import TemplateFolder
from portal.services.models import Service
from portal.users.models import User

record_folder = partial(audit.record, model="message_templates.templatefolder")


def create_template_folder(
    *, service: Service, user: User, name: str, parent_id: UUID | None
) -> str:
    """Create a folder; gives its id."""
    made = template_folder_api_client.create_template_folder(
        str(service.pk), name=name, parent_id=str(parent_id) if parent_id else None
    )
    record_folder(actor=user, action="added", object_id=made, object_repr=name)
    return str(made)


def update_template_folder(
    *,
    folder: TemplateFolder,
    user: User,
    name: str,
    users_with_permission: list[str] | None = None,
) -> None:
    """Change a folder's name, and who may see it; None keeps those who may.

    The API takes an empty list of people for no change: somebody must go on seeing it.
    """
    before: dict[str, object] = {"name": folder.name}
    after: dict[str, object] = {"name": name}
    if users_with_permission is not None:
        before["users_with_permission"] = sorted(folder.users_with_permission)
        after["users_with_permission"] = sorted(users_with_permission)
    template_folder_api_client.update_template_folder(
        str(folder.service_id),
        str(folder.pk),
        name=name,
        users_with_permission=(
            folder.users_with_permission
            if users_with_permission is None
            else users_with_permission
        ),
    )
    record_folder(
        actor=user,
        action="changed",
        object_id=folder.pk,
        object_repr=name,
        before=before,
        after=after,
    )


def delete_template_folder(*, folder: TemplateFolder, user: User) -> None:
    """Delete an empty folder. Raises Rejected when it holds anything."""
    template_folder_api_client.delete_template_folder(
        str(folder.service_id), str(folder.pk)
    )
    record_folder(
        actor=user, action="deleted", object_id=folder.pk, object_repr=folder.name
    )


def move_templates(
    *,
    service: Service,
    user: User,
    to_folder: TemplateFolder | None,
    template_ids: Iterable[str],
    folder_ids: Iterable[str],
) -> None:
    """Move templates and folders into a folder; None is the top.

    Raises Rejected when a folder would end up inside itself.
    """
    templates, folders = sorted(template_ids), sorted(folder_ids)
    template_folder_api_client.move_to_folder(
        str(service.pk), str(to_folder.pk) if to_folder else None, templates, folders
    )
    record_folder(
        actor=user,
        action="changed",
        object_id=to_folder.pk if to_folder else service.pk,
        object_repr=to_folder.name if to_folder else service.name,
        after={"moved_templates": templates, "moved_folders": folders},
    )
