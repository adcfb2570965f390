"""The sandbox's database: chosen, built and filled when it is empty."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection, connections, transaction

from portal.remote.models import RemoteModel
from portal.remote.schema import create_schema, mirror_models
from portal.sandbox import clock, reference
from portal.sandbox.indexes import make_indexes
from portal.sandbox.reference.notify import make_templates
from portal.sandbox.settings import database


class UnusableDatabase(Exception):
    """The database cannot be opened, or it holds something else."""


def use(url: str | None) -> None:
    """Use the database of that URL, or the settings'."""
    try:
        chosen = database(url) if url else connections.databases["default"]
    except (ImproperlyConfigured, KeyError, ValueError) as error:
        raise UnusableDatabase("its URL is not one") from error
    connections.databases.update(connections.configure_settings({"default": chosen}))
    # Django has already made the connection's object, though not opened it.
    connections["default"].close()
    del connections["default"]
    if chosen["ENGINE"].endswith("sqlite3"):
        Path(chosen["NAME"]).parent.mkdir(parents=True, exist_ok=True)


def tables() -> list[type[RemoteModel]]:
    """The models whose tables the sandbox has, views apart."""
    return [model for model in mirror_models() if not model.view_of]


def prepare() -> bool:
    """Build and fill an empty database; say whether it was empty."""
    try:
        found = set(connection.introspection.table_names(include_views=True))
        was_empty = not found & {model._meta.db_table for model in tables()}
        if was_empty:
            create_schema()
        else:
            add_missing(found)
        make_indexes()
        clock.restore()
        with transaction.atomic():
            reference.fill() if was_empty else make_templates()
    except Error as error:
        raise UnusableDatabase(str(error).strip().split("\n")[0]) from error
    return was_empty


def add_missing(found: set[str]) -> None:
    """Add views and what the sandbox keeps for itself; refuse a database that lacks more."""
    missing = [model for model in mirror_models() if model._meta.db_table not in found]
    for model in missing:
        if model._meta.app_label != "sandbox" and not model.view_of:
            raise UnusableDatabase(
                f"it was made by another version (no table {model._meta.db_table})"
            )
    create_schema(models=missing)
