"""Reading the last figures of many services, from local tables: no call for each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.core.cache import cache as local

from portal.clients import (
    organisations_client,
    service_api_client,
    user_api_client,
)
from portal.remote.answers import reading
from portal.remote.cache import cache
from portal.remote.parallel import together
from portal.reports.actions.figures import read_service_figures, save_service_figures
from portal.reports.models import ServiceFigures, ServiceHints
from portal.services.dashboard import DAYS, channels_of
from portal.services.hints import Hints
from portal.services.overview import Brief, ServiceLine
from portal.users.models import User

# For so long the list of all services is shared by those who look at it.
ALL_SECONDS = 300
# So many services at most are asked about while somebody looks.
READ_AT_ONCE = 3
# So long nobody asks again about a service that could not be read.
ASKED_SECONDS = 60
FIELDS = ("id", "name", "organisation", "restricted", "active")


def list_briefs(*, user: User, is_all: bool) -> list[Brief]:
    """List a person's services with those of their organisations, or all active ones.

    All are for platform admins only.
    """
    rows, names = together(
        _all_services if is_all else lambda: _services_of(user),
        organisations_client.get_organisations,
    )
    with reading():
        organisations = {row["id"]: row["name"] for row in names}
        return [_brief(row, organisations, user) for row in rows]


def _all_services() -> list[dict[str, Any]]:
    def read() -> list[dict[str, Any]]:
        found = service_api_client.get_active_services()["data"]
        return [{name: row.get(name) for name in FIELDS} for row in found]

    services: list[dict[str, Any]] = cache.get(
        "figures-all-services", ("services",), ALL_SECONDS, read
    )
    return services


def _services_of(user: User) -> list[dict[str, Any]]:
    found = user_api_client.get_organisations_and_services_for_user(str(user.pk))
    with reading():
        services = {row["id"]: row for row in found["services"]}
        organisations = [row["id"] for row in found["organisations"]]
    lists = together(
        *(
            lambda pk=pk: organisations_client.get_organisation_services(pk)
            for pk in organisations
        )
    )
    with reading():
        for pk, theirs in zip(organisations, lists, strict=True):
            for row in theirs:
                if row.get("active", True):
                    services.setdefault(row["id"], {**row, "organisation": pk})
    return list(services.values())


def _brief(row: dict[str, Any], names: dict[str, str], user: User) -> Brief:
    organisation = row.get("organisation") or ""
    may_see = bool(user.platform_admin) or user.has_permission_for_service(
        row["id"], "view_activity"
    )
    is_of_organisation = bool(organisation) and user.belongs_to_organisation(
        organisation
    )
    return Brief(
        id=row["id"],
        name=row["name"],
        organisation=names.get(organisation, ""),
        is_trial=bool(row.get("restricted")),
        is_active=row.get("active") is not False,
        is_open=bool(user.platform_admin) or user.belongs_to_service(row["id"]),
        is_shown=may_see or is_of_organisation,
    )


def load_lines(*, briefs: Collection[Brief]) -> list[ServiceLine]:
    """Put services together with what the background last learned of them."""
    ids = [brief.id for brief in briefs if brief.is_shown]
    figures = {
        str(pk): (channels, as_of)
        for pk, channels, as_of in ServiceFigures.objects.filter(
            limit_days=DAYS, service_id__in=ids
        ).values_list("service_id", "channels", "as_of")
    }
    hints = {
        str(pk): Hints.read(told, as_of)
        for pk, told, as_of in ServiceHints.objects.filter(
            service_id__in=ids
        ).values_list("service_id", "told", "as_of")
    }
    return [
        ServiceLine(
            brief,
            channels_of(figures[brief.id][0], ()),
            hints.get(brief.id),
            figures[brief.id][1],
        )
        if brief.id in figures
        else ServiceLine(brief)
        for brief in briefs
    ]


def read_missing(*, lines: Iterable[ServiceLine]) -> bool:
    """Read the figures of a few services that have none, side by side.

    Says whether there are more to read.
    """
    missing = [line.brief.id for line in lines if line.is_missing]
    asked = local.get_many([_asked(pk) for pk in missing])
    open_ones = [pk for pk in missing if _asked(pk) not in asked]
    # Whoever else looks takes others.
    chosen = [
        pk
        for pk in open_ones[:READ_AT_ONCE]
        if local.add(_asked(pk), 1, ASKED_SECONDS) is not False
    ]
    found = together(*(lambda pk=pk: read_service_figures(pk) for pk in chosen))
    for pk, told in zip(chosen, found, strict=True):
        if told is not None:
            save_service_figures(service_id=UUID(pk), told=told)
    return len(open_ones) > len(chosen)


def is_any_open(*, lines: Iterable[ServiceLine]) -> bool:
    """Say whether there are figures missing that nobody has asked for just now."""
    missing = [_asked(line.brief.id) for line in lines if line.is_missing]
    return len(local.get_many(missing)) < len(missing)


def _asked(service_id: str) -> str:
    return f"figures-asked-{service_id}"
