"""Changes to templates and folders, each with a line in the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from portal.clients import (
    service_api_client,
    template_folder_api_client,
    template_statistics_client,
)
from portal.common import audit
from portal.message_templates.models import Template, TemplateFolder
from portal.message_templates.tree import FolderTree
from portal.remote.parallel import together
from portal.services.models import Service
from portal.users.models import User

WORDS = ("name", "subject", "content")


def load_tree(*, service: Service, user: User) -> FolderTree:
    """Read a service's folders and templates side by side, as the person may see them."""
    folders, templates = together(
        lambda: list(TemplateFolder.objects.filter(service=service.pk)),
        lambda: list(Template.objects.filter(service=service.pk)),
    )
    sees_all = user.platform_admin or not user.belongs_to_service(service.pk)
    return FolderTree(folders, templates, None if sees_all else user.pk)


def create_template(
    *,
    service: Service,
    user: User,
    template_type: str,
    folder_id: UUID | None = None,
    **words: Any,
) -> str:
    """Create a template; gives its id.

    POST /service/<id>/template. Raises Rejected when the API refuses the words.
    """
    made = service_api_client.create_service_template(
        name=words["name"],
        type_=template_type,
        content=words["content"],
        service_id=str(service.pk),
        subject=words.get("subject"),
        parent_folder_id=str(folder_id) if folder_id else None,
        has_unsubscribe_link=words.get("has_unsubscribe_link"),
    )["data"]
    record(user, "added", made["id"], words["name"], after=words)
    return str(made["id"])


def update_template(*, template: Template, user: User, **words: Any) -> None:
    """Change the words of a template, which makes a new version."""
    before = {name: getattr(template, name) for name in words}
    changed = {name: value for name, value in words.items() if value != before[name]}
    if not changed:
        return
    service_api_client.update_service_template(
        str(template.service_id), str(template.pk), **changed
    )
    record(
        user,
        "changed",
        template.pk,
        template.name,
        before={name: before[name] for name in changed},
        after=changed,
    )


def restore_template_version(*, template: Template, version: Any, user: User) -> None:
    """Make a new version with the words of an old one."""
    names = [name for name in WORDS if getattr(version, name) is not None]
    words = {name: getattr(version, name) for name in names}
    update_template(template=template, user=user, **words)


def delete_template(*, template: Template, user: User) -> None:
    """Delete (the API archives) a template."""
    service_api_client.delete_service_template(
        str(template.service_id), str(template.pk)
    )
    record(user, "deleted", template.pk, template.name)


def redact_template(*, template: Template, user: User) -> None:
    """Hide the personalisation of all messages sent with a template, for good."""
    service_api_client.redact_service_template(
        str(template.service_id), str(template.pk)
    )
    record(
        user,
        "changed",
        template.pk,
        template.name,
        before={"redact_personalisation": False},
        after={"redact_personalisation": True},
    )


def last_used(*, template: Template) -> str | None:
    """When a template was last used, as the API writes it; None when never."""
    return template_statistics_client.get_last_used_date_for_template(
        str(template.service_id), str(template.pk)
    )


def create_template_folder(
    *, service: Service, user: User, name: str, parent_id: UUID | None
) -> str:
    """Create a folder; gives its id."""
    made = template_folder_api_client.create_template_folder(
        str(service.pk), name=name, parent_id=str(parent_id) if parent_id else None
    )
    record_folder(user, "added", made, name)
    return str(made)


def rename_template_folder(*, folder: TemplateFolder, user: User, name: str) -> None:
    """Change a folder's name and keep who may see it."""
    template_folder_api_client.update_template_folder(
        str(folder.service_id),
        str(folder.pk),
        name=name,
        users_with_permission=list(folder.users_with_permission),
    )
    record_folder(
        user, "changed", folder.pk, name, {"name": folder.name}, {"name": name}
    )


def delete_template_folder(*, folder: TemplateFolder, user: User) -> None:
    """Delete an empty folder. Raises Rejected when it holds anything."""
    template_folder_api_client.delete_template_folder(
        str(folder.service_id), str(folder.pk)
    )
    record_folder(user, "deleted", folder.pk, folder.name)


def move_templates(
    *,
    service: Service,
    user: User,
    to_folder_id: UUID | None,
    template_ids: Iterable[str],
    folder_ids: Iterable[str],
) -> None:
    """Move templates and folders into a folder; None is the top.

    Raises Rejected when a folder would end up inside itself.
    """
    templates, folders = sorted(template_ids), sorted(folder_ids)
    template_folder_api_client.move_to_folder(
        str(service.pk),
        str(to_folder_id) if to_folder_id else None,
        set(templates),
        set(folders),
    )
    record_folder(
        user,
        "changed",
        to_folder_id or service.pk,
        service.name,
        after={"moved_templates": templates, "moved_folders": folders},
    )


def record(
    user: User,
    action: str,
    pk: Any,
    name: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write a change of a template into the audit log."""
    audit.record(
        actor=user,
        action=action,
        model="message_templates.template",
        object_id=pk,
        object_repr=name,
        before=before or {},
        after=after or {},
    )


def record_folder(
    user: User,
    action: str,
    pk: Any,
    name: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write a change of a folder into the audit log."""
    audit.record(
        actor=user,
        action=action,
        model="message_templates.templatefolder",
        object_id=pk,
        object_repr=name,
        before=before or {},
        after=after or {},
    )
