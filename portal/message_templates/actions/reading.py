"""What pages about templates read, side by side where it can be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import UUID

from portal.clients import template_statistics_client
from portal.message_templates.models import Template, TemplateFolder, TemplateHistory
from portal.message_templates.tree import FolderTree
from portal.remote.parallel import together
from portal.remote.values import parse_time
from portal.services.models import Service
from portal.users.models import User

# More than this many texts are not read for one page.
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


def load_texts(
    *, service: Service, tree: FolderTree, templates: Iterable[Template] | None = None
) -> None:
    """Let a tree know the texts of these templates, or of all; each is a cached call."""
    one_service = Template.objects.for_service(service)
    wanted = tree.all_templates if templates is None else list(templates)
    found = together(*(one_service.filter(pk=t.pk).first for t in wanted))
    tree.replace(template for template in found if template)


def seen_by(service: Service, user: User) -> UUID | None:
    """Whose folders to show; None for those who see all of them."""
    is_member = user.belongs_to_service(service.pk)
    return user.pk if is_member and not user.platform_admin else None


def last_used(*, template: Template) -> datetime.datetime | None:
    """When a template was last used; None when never, or more than a year ago."""
    found = template_statistics_client.get_last_used_date_for_template(
        str(template.service_id), str(template.pk)
    )
    return parse_time(found) if found else None
