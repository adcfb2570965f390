"""A table in a form of no source's own, so that two sources can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Columns = tuple[str, ...]

_TYPES = {
    "varchar": "character varying",
    "timestamp": "timestamp without time zone",
    "float": "double precision",
}
_CAST = re.compile(
    r'::"?\w+"?( varying| precision| with(out)? time zone)?(\(\d+\))?(\[\])?'
)


@dataclass(frozen=True)
class Column:
    """``type`` is PostgreSQL's own name; ``values`` are those of an enum, ``default`` the server's."""

    type: str
    nullable: bool
    values: frozenset[str] = frozenset()
    default: str | None = None


@dataclass(frozen=True)
class Index:
    """Columns in order; ``where`` is the condition of a partial index."""

    columns: Columns
    unique: bool = False
    method: str = "btree"
    operators: Columns = ()
    where: str = ""


@dataclass(frozen=True)
class ForeignKey:
    """Columns and those they refer to, in order."""

    columns: Columns
    table: str
    refers: Columns


@dataclass(frozen=True)
class Statistics:
    """Extended statistics: PostgreSQL keeps their columns in no order."""

    columns: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True)
class Table:
    """A table or a view. Names of constraints are the database's own where nobody gave one."""

    name: str
    columns: dict[str, Column]
    is_view: bool = False
    primary_key: frozenset[str] = frozenset()
    foreign_keys: frozenset[ForeignKey] = frozenset()
    uniques: frozenset[Columns] = frozenset()
    checks: frozenset[str] = frozenset()
    indexes: dict[str, Index] = field(default_factory=dict)
    statistics: dict[str, Statistics] = field(default_factory=dict)


def type_name(text: str) -> str:
    """Spell a type as PostgreSQL's catalogue does: ``varchar(11)`` is ``character varying(11)``."""
    word, bracket, size = text.lower().partition("(")
    return f"{_TYPES.get(word, word)}{bracket}{size}"


def condition(sql: str) -> str:
    """Spell a condition so that SQL as written and as PostgreSQL gives it back are the same.

    Casts, quotes, brackets and names of tables go, and lists and inequality have one form. What
    brackets alone tell apart is not told apart.
    """
    text = re.sub(r'["()]', " ", _CAST.sub("", sql.lower())).replace("!=", "<>")
    text = re.sub(r"\b[a-z_]+\.(?=[a-z_])", "", " ".join(text.split()))
    text = re.sub(r"= any array ?\[([^]]*)\]", r"in \1", text)
    text = re.sub(r"(\w+) is false", r"not \1", text)
    return re.sub(r"\s*([=<>,]+)\s*", r"\1", text).strip()
