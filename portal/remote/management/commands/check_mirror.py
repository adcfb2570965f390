"""Compare the mirror with a live database of the API."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connections

from portal.remote.catalogue import Table, differences, read_mirror, read_postgres
from portal.remote.replica import replica
from portal.remote.schema import mirror_models

_FROM_URL = "check_mirror"


class Command(BaseCommand):
    """``manage.py check_mirror``."""

    help = (
        "Compare the mirror with the catalogue of a live PostgreSQL database of the API and "
        "print each difference. Nothing is written. The exit code is 1 if there is any."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--database",
            default="notify_replica",
            metavar="ALIAS|URL",
            help="an alias of the settings, or postgres://…; else notify_replica",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        mirror = read_mirror(mirror_models())
        found = differences(mirror, live(options["database"]))
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            self.stderr.write(f"Differences: {len(found)}.")
            sys.exit(1)
        self.stdout.write(f"No difference in {len(mirror)} tables and views.")


def live(database: str) -> dict[str, Table]:
    """Read the catalogue of an alias or a URL; raises CommandError where it cannot be."""
    with known(database) as alias:
        try:
            return read_postgres(alias)
        except Error as error:
            reason = str(error).strip().partition("\n")[0]
            raise CommandError(f"The database cannot be read: {reason}") from error
        finally:
            connections[alias].close()


@contextlib.contextmanager
def known(database: str) -> Iterator[str]:
    """Give the alias of a database; a URL has one for as long as it is read."""
    if "://" not in database:
        if database not in connections.databases:
            raise CommandError(
                f"There is no database {database}. Set NOTIFY_REPLICA_URL, or give "
                "--database an alias or a URL."
            )
        refuse_other(database, connections.databases[database])
        yield database
        return
    config = replica(database)
    refuse_other(database, config)
    config["OPTIONS"].pop("pool", None)
    chosen = connections.configure_settings({"default": config})
    connections.databases[_FROM_URL] = chosen["default"]
    try:
        yield _FROM_URL
    finally:
        del connections[_FROM_URL], connections.databases[_FROM_URL]


def refuse_other(database: str, config: dict[str, Any]) -> None:
    """Refuse a database whose catalogue is not PostgreSQL's."""
    if not config["ENGINE"].endswith("postgresql"):
        raise CommandError(
            f"{database.partition('@')[2] or database} is no PostgreSQL database."
        )
