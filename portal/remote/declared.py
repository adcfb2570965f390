"""What a table of the API's database has besides columns, as Django has no exact words for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres import indexes as postgres
from django.db import models

# PostgreSQL's limit; Django's own of 30 is for Oracle's sake.
INDEX_NAME_LENGTH = 63


class Index(models.Index):
    """An index under the name that the API's database gives it."""

    max_name_length = INDEX_NAME_LENGTH


class UniqueIndex(Index):
    """A unique index, where the API's database has one in place of a constraint."""

    def create_sql(
        self,
        model: type[models.Model],
        schema_editor: Any,
        using: str = "",
        **kwargs: Any,
    ) -> Any:
        return super().create_sql(
            model,
            schema_editor,
            using,
            sql="CREATE UNIQUE INDEX %(name)s ON %(table)s (%(columns)s)%(condition)s",
            **kwargs,
        )


class GinIndex(postgres.GinIndex):
    """A GIN index under the name that the API's database gives it."""

    max_name_length = INDEX_NAME_LENGTH


@dataclass(frozen=True)
class Statistics:
    """Extended statistics of PostgreSQL on some columns of a table."""

    name: str
    fields: tuple[str, ...]
    kinds: tuple[str, ...] = ("dependencies",)


class References:
    """A foreign key that is no relation here: to a lookup table, or of several columns.

    ``References("key_types", key_type="name")`` is a field and the column that it refers to.
    """

    def __init__(self, table: str, **columns: str) -> None:
        self.table, self.columns = table, columns


def uniquely_indexed(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the fields that a unique index, not a constraint, keeps from being repeated."""
    found: list[Any] = [
        model._meta.get_field(one.fields[0])
        for one in model._meta.indexes
        if isinstance(one, UniqueIndex) and len(one.fields) == 1
    ]
    return found
