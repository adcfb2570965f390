"""What pages about templates read, side by side where it can be."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from portal.clients import service_api_client, template_statistics_client
from portal.message_templates import filters
from portal.message_templates.listed import ListedTemplate
from portal.message_templates.models import Template, TemplateFolder, TemplateHistory
from portal.message_templates.tree import AnyTemplate, FolderTree
from portal.remote.answers import reading
from portal.remote.parallel import together
from portal.remote.values import parse_time
from portal.services.models import Service
from portal.services.months import APRIL, financial_year
from portal.users.models import User

# More than this many texts are not read for one page.
MOST_TEXTS = 200
# What "the last 7 days" means to the API.
DAYS = 7


def load_tree(*, service: Service, user: User) -> FolderTree:
    """Read a service's folders and templates side by side, as the person may see them."""
    folders, templates = together(
        lambda: list(TemplateFolder.objects.for_service(service)),
        lambda: load_listed(service=service),
    )
    return FolderTree(folders, templates, seen_by(service, user))


def load_listed(*, service: Service) -> list[ListedTemplate]:
    """Read a service's templates without their words."""
    answer = service_api_client.get_service_templates(str(service.pk))
    with reading():
        return [ListedTemplate.read(row) for row in answer["data"]]


def load_folders(*, service: Service, user: User) -> FolderTree:
    """Read a service's folders only."""
    folders = TemplateFolder.objects.for_service(service)
    return FolderTree(folders, (), seen_by(service, user))


def load_template(
    *,
    service: Service,
    user: User,
    template_id: UUID,
    beside: Callable[[], Any] = lambda: None,
) -> tuple[Template, FolderTree, Any]:
    """Read a template, the folders around it and what else a page shows of it.

    Raises Template.DoesNotExist.
    """
    template, tree, more = together(
        lambda: Template.objects.get(service=service.pk, pk=template_id),
        lambda: load_folders(service=service, user=user),
        beside,
    )
    return template, tree, more


def load_versions(*, service: Service, template_id: UUID) -> list[TemplateHistory]:
    """Read all versions of a template, the newest first."""
    found = TemplateHistory.objects.filter(service=service.pk, id=template_id)
    return sorted(found, key=lambda version: version.version, reverse=True)


def load_texts(
    *,
    service: Service,
    tree: FolderTree,
    templates: Iterable[AnyTemplate] | None = None,
) -> None:
    """Let a tree know the texts of these templates, or of all; each is a cached call."""
    one_service = Template.objects.for_service(service)
    keys = [t.pk for t in (tree.all_templates if templates is None else templates)]
    found = together(*(one_service.filter(pk=pk).first for pk in keys))
    known = {template.pk: template for template in found if template}
    tree.replace(known.values(), gone=set(keys).difference(known))


def load_list(
    *, service: Service, user: User, used: str
) -> tuple[FolderTree, frozenset[str]]:
    """Read the list, and where a filter asks for it the ids of the templates used."""
    if not used:
        return load_tree(service=service, user=user), frozenset()
    tree, ids = together(
        lambda: load_tree(service=service, user=user),
        lambda: load_used(service=service, used=used),
    )
    return tree, ids


def load_used(*, service: Service, used: str) -> frozenset[str]:
    """Read the ids of the templates used in the time that a filter is about.

    Figures of more than the last days come by month of a financial year; each year is a
    call. Messages made with test keys do not count.
    """
    pk, today = str(service.pk), timezone.localdate()
    year = financial_year(today)
    if used == filters.WEEK:
        rows = template_statistics_client.get_template_statistics_for_service(
            pk, limit_days=DAYS
        )
        with reading():
            return frozenset(str(row["template_id"]) for row in rows)
    since = datetime.date(year, APRIL, 1)
    if used == filters.NOT_TWELVE_MONTHS:
        since = filters.twelve_months_before(today)
    asked = range(financial_year(since), year + 1)
    months = together(
        *(
            partial(
                template_statistics_client.get_monthly_template_usage_for_service, pk, y
            )
            for y in asked
        )
    )
    with reading():
        return frozenset(
            str(row["template_id"])
            for rows in months
            for row in rows
            if (int(row["year"]), int(row["month"])) >= (since.year, since.month)
        )


def seen_by(service: Service, user: User) -> UUID | None:
    """Whose folders to show; None for those who see all of them."""
    is_member = user.belongs_to_service(service.pk)
    return user.pk if is_member and not user.platform_admin else None


def last_used(*, service: Service, template_id: UUID) -> datetime.datetime | None:
    """When a template was last used; None when never, or more than a year ago."""
    found = template_statistics_client.get_last_used_date_for_template(
        str(service.pk), str(template_id)
    )
    return parse_time(found) if found else None
