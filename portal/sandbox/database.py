"""The sandbox's database: chosen, built and filled when it is empty."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection, connections, transaction

from portal.remote.models import RemoteModel
from portal.remote.schema import create_schema, mirror_models
from portal.sandbox import reference
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
    """The models whose tables the sandbox has."""
    return [model for model in mirror_models() if not getattr(model, "is_view", False)]


def prepare() -> bool:
    """Build and fill an empty database; say whether it was empty."""
    try:
        found = set(connection.introspection.table_names())
        wanted = {model._meta.db_table for model in tables()}
        if found & wanted:
            refuse_others(wanted - found)
            make_indexes()
            make_templates()
            return False
        create_schema(models=tables())
        make_indexes()
        with transaction.atomic():
            reference.fill()
    except Error as error:
        raise UnusableDatabase(str(error).strip().split("\n")[0]) from error
    return True


def refuse_others(missing: set[str]) -> None:
    """Refuse a database that lacks some of our tables."""
    if missing:
        raise UnusableDatabase(
            f"it was made by another version (no table {sorted(missing)[0]})"
        )
