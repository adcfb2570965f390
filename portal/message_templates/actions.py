"""Changes to templates and folders, each with a line in the audit log."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from portal.clients import (
    service_api_client,
    template_folder_api_client,
    template_statistics_client,
)
from portal.common import audit
from portal.message_templates.models import Template, TemplateFolder, TemplateHistory
from portal.message_templates.tree import FolderTree
from portal.remote.parallel import together
from portal.remote.values import parse_time
from portal.services.models import Service
from portal.users.models import User

WORDS = ("name", "subject", "content", "has_unsubscribe_link")
record_template = partial(audit.record, model="message_templates.template")
record_folder = partial(audit.record, model="message_templates.templatefolder")
# More than this many texts are not read for one search.
MOST_TEXTS = 200


def load_tree(*, service: Service, user: User) -> FolderTree:
    """Read a service's folders and templates side by side, as the person may see them."""
    folders, templates = together(
        lambda: list(TemplateFolder.objects.for_service(service)),
        lambda: list(Template.objects.for_service(service)),
    )
    return FolderTree(folders, templates, seen_by(service, user))


def load_folders(*, service: Service, user: User) -> FolderTree:
    """Read a service's folders only."""
    folders = TemplateFolder.objects.for_service(service)
    return FolderTree(folders, (), seen_by(service, user))


def load_template(
    *, service: Service, user: User, template_id: UUID
) -> tuple[Template, FolderTree]:
    """Read a template and the folders around it. Raises Template.DoesNotExist."""
    template, tree = together(
        lambda: Template.objects.get(service=service.pk, pk=template_id),
        lambda: load_folders(service=service, user=user),
    )
    return template, tree


def load_versions(*, template: Template) -> list[TemplateHistory]:
    """Read all versions of a template, the newest first."""
    found = TemplateHistory.objects.filter(service=template.service_id, id=template.pk)
    return sorted(found, key=lambda version: version.version, reverse=True)


def load_texts(*, service: Service, tree: FolderTree) -> None:
    """Let a tree know the texts of its templates, each of which is a cached call."""
    one_service = Template.objects.for_service(service)
    pks = [template.pk for template in tree.all_templates][:MOST_TEXTS]
    found = together(*(one_service.filter(pk=pk).first for pk in pks))
    tree.replace(template for template in found if template)


def seen_by(service: Service, user: User) -> UUID | None:
    """Whose folders to show; None for those who see all of them."""
    is_member = user.belongs_to_service(service.pk)
    return user.pk if is_member and not user.platform_admin else None


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
        has_unsubscribe_link=words.get("has_unsubscribe_link", False),
    )["data"]
    record_template(
        actor=user,
        action="added",
        object_id=made["id"],
        object_repr=words["name"],
        after=words,
    )
    return str(made["id"])


def update_template(*, template: Template, user: User, **words: Any) -> bool:
    """Change the words of a template, which makes a new version; False if none differ."""
    changed = changed_words(template, words)
    if not changed:
        return False
    before = {name: getattr(template, name) for name in changed}
    service_api_client.update_service_template(
        str(template.service_id), str(template.pk), **changed
    )
    record_template(
        actor=user,
        action="changed",
        object_id=template.pk,
        object_repr=template.name,
        before=before,
        after=changed,
    )
    return True


def has_other_words(template: Template, words: dict[str, Any]) -> bool:
    """Whether saving the words would change the template."""
    return bool(changed_words(template, words))


def changed_words(template: Template, words: dict[str, Any]) -> dict[str, Any]:
    """Those of the words that the template does not have."""
    return {
        name: value
        for name, value in words.items()
        if differs(getattr(template, name), value)
    }


def differs(old: Any, new: Any) -> bool:
    """Whether a value changed by more than the way its line ends are written."""
    if isinstance(old, str) and isinstance(new, str):
        return old.replace("\r\n", "\n") != new.replace("\r\n", "\n")
    return bool((old or None) != (new or None))


def restore_template_version(
    *, template: Template, version: TemplateHistory, user: User
) -> bool:
    """Make a new version with the words of an old one; False if they are the same."""
    words = {name: getattr(version, name) for name in WORDS}
    if template.template_type != "email":
        del words["has_unsubscribe_link"]
    if template.template_type == "sms":
        del words["subject"]
    return update_template(template=template, user=user, **words)


def delete_template(*, template: Template, user: User) -> None:
    """Delete (the API archives) a template."""
    service_api_client.delete_service_template(
        str(template.service_id), str(template.pk)
    )
    record_template(
        actor=user,
        action="deleted",
        object_id=template.pk,
        object_repr=template.name,
    )


def redact_template(*, template: Template, user: User) -> None:
    """Hide the personalisation of all messages sent with a template, for good."""
    service_api_client.redact_service_template(
        str(template.service_id), str(template.pk)
    )
    record_template(
        actor=user,
        action="changed",
        object_id=template.pk,
        object_repr=template.name,
        before={"redact_personalisation": False},
        after={"redact_personalisation": True},
    )


def last_used(*, template: Template) -> datetime.datetime | None:
    """When a template was last used; None when never, or more than a year ago."""
    found = template_statistics_client.get_last_used_date_for_template(
        str(template.service_id), str(template.pk)
    )
    return parse_time(found) if found else None


def create_template_folder(
    *, service: Service, user: User, name: str, parent_id: UUID | None
) -> str:
    """Create a folder; gives its id."""
    made = template_folder_api_client.create_template_folder(
        str(service.pk), name=name, parent_id=str(parent_id) if parent_id else None
    )
    record_folder(actor=user, action="added", object_id=made, object_repr=name)
    return str(made)


def rename_template_folder(*, folder: TemplateFolder, user: User, name: str) -> None:
    """Change a folder's name and keep who may see it."""
    template_folder_api_client.update_template_folder(
        str(folder.service_id),
        str(folder.pk),
        name=name,
        users_with_permission=folder.users_with_permission,
    )
    record_folder(
        actor=user,
        action="changed",
        object_id=folder.pk,
        object_repr=name,
        before={"name": folder.name},
        after={"name": name},
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
