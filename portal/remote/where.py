"""Django's parsed WHERE, evaluated against instances with SQL's three-valued logic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import NotSupportedError, models
from django.db.models.expressions import Col, ColPairs, Value
from django.db.models.lookups import Lookup, Transform
from django.db.models.sql.query import Query
from django.db.models.sql.where import AND, OR, NothingNode, WhereNode

from portal.remote.lookups import compare, transformed

Path = tuple[str, ...]
Truth = bool | None


def follow(obj: Any, path: Path) -> Any:
    """Walk attributes from an instance; None where a relation is empty."""
    for name in path:
        if obj is None:
            return None
        obj = getattr(obj, name)
    return obj


def column_path(query: Query, col: Col) -> Path:
    """Translate a column of a joined table to attributes, as ("team", "name")."""
    names: list[str] = []
    join: Any = query.alias_map[col.alias]
    while join.parent_alias is not None:
        field = join.join_field
        if not (field.many_to_one or (field.one_to_one and field.concrete)):
            raise NotSupportedError(
                f"The Notify API cannot filter {query.get_meta().verbose_name_plural} "
                f"across the reverse relation {field.name!r}; filter the related model "
                "and use its key, as in filter(pk__in=…)."
            )
        names.append(field.name)
        join = query.alias_map[join.parent_alias]
    return (*reversed(names), col.target.attname)


def plain(lookup: Lookup[Any]) -> tuple[Any, str, Any]:
    """Undo the one-column tuples that Django 5.2 wraps forward prefetches in."""
    lhs, rhs = lookup.lhs, lookup.rhs
    if isinstance(lhs, ColPairs) and len(lhs.targets) == 1:
        lhs = Col(lhs.alias, lhs.targets[0], lhs.sources[0])
        rhs = [v[0] for v in rhs] if lookup.lookup_name == "in" else rhs[0]
    return lhs, str(lookup.lookup_name), rhs


class Predicate:
    """The WHERE of one query as a test of instances."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self._inner: dict[int, list[Any]] = {}
        self.paths: set[Path] = set(self._columns(query.where))

    def __call__(self, obj: models.Model) -> bool:
        return self._node(self.query.where, obj) is True

    def _columns(self, node: Any) -> Iterator[Path]:
        for side in node.get_source_expressions():
            if isinstance(side, Col):
                yield column_path(self.query, side)
            elif isinstance(side, ColPairs):
                yield from ((target.attname,) for target in side.targets)
            elif isinstance(side, (Lookup, Transform, WhereNode)):
                yield from self._columns(side)

    def _node(self, node: Any, obj: models.Model) -> Truth:
        if isinstance(node, NothingNode):
            return False
        if isinstance(node, Lookup):
            return self._lookup(node, obj)
        if not isinstance(node, WhereNode):
            raise NotSupportedError(
                f"The Notify API cannot answer {type(node).__name__} in a filter."
            )
        value = _joined(
            node.connector, [self._node(child, obj) for child in node.children]
        )
        return value if not node.negated or value is None else not value

    def _lookup(self, lookup: Lookup[Any], obj: models.Model) -> Truth:
        lhs, name, rhs = plain(lookup)
        if isinstance(lhs, ColPairs):
            return self._composite(lhs, name, rhs, obj)
        value = self._side(lhs, obj)
        if name == "isnull":
            return bool((value is None) == rhs)
        arg = self._side(rhs, obj)
        if isinstance(rhs, Query) and name != "in":
            arg = arg[0] if arg else None
        if value is None or arg is None:
            return None
        return compare(lhs, name, value, arg)

    def _composite(self, lhs: ColPairs, name: str, rhs: Any, obj: models.Model) -> bool:
        if name not in {"exact", "in"}:
            raise NotSupportedError(
                f"The lookup {name!r} does not work on a composite key."
            )
        value = tuple(getattr(obj, target.attname) for target in lhs.targets)
        keys = [rhs] if name == "exact" else rhs
        return value in {
            tuple(t.to_python(v) for t, v in zip(lhs.targets, key, strict=True))
            for key in keys
        }

    def _side(self, side: Any, obj: models.Model) -> Any:
        if isinstance(side, Transform):
            return transformed(side, self._side(side.lhs, obj))
        if isinstance(side, Col):
            return follow(obj, column_path(self.query, side))
        if isinstance(side, Value):
            return side.value
        if isinstance(side, Query):
            if id(side) not in self._inner:
                self._inner[id(side)] = _evaluate(side)
            return self._inner[id(side)]
        if hasattr(side, "resolve_expression") and not isinstance(side, (list, tuple)):
            raise NotSupportedError(
                f"The Notify API cannot answer {type(side).__name__} in a filter."
            )
        return side


def pushable(query: Query) -> tuple[dict[tuple[str, str], Any], tuple[str, ...]]:
    """Split the WHERE: top-level AND-ed ``column lookup constant`` terms, and the rest."""
    return _terms(query, query.where)


def _terms(
    query: Query, node: Any
) -> tuple[dict[tuple[str, str], Any], tuple[str, ...]]:
    terms: dict[tuple[str, str], Any] = {}
    rest: list[str] = []
    for leaf in _anded(node):
        if isinstance(leaf, WhereNode):
            rest.append("NOT" if leaf.negated else leaf.connector)
            terms = {**_shared(query, leaf), **terms}
            continue
        lhs, name, rhs = plain(leaf)
        if isinstance(lhs, ColPairs) and name == "exact":
            terms.update(
                {(t.name, name): v for t, v in zip(lhs.targets, rhs, strict=True)}
            )
        elif (
            isinstance(lhs, Col)
            and lhs.alias == query.base_table
            and (lhs.target.name, name) not in terms
            and not hasattr(rhs, "resolve_expression")
        ):
            # NULL is in no list; Django leaves it to the compiler to drop it.
            plain_list = name == "in" and not isinstance(rhs, str)
            terms[lhs.target.name, name] = (
                [v for v in rhs if v is not None] if plain_list else rhs
            )
        else:
            rest.append(_described(query, lhs, name))
    return terms, tuple(rest)


def _shared(query: Query, node: WhereNode) -> dict[tuple[str, str], Any]:
    """Give the terms that every branch of an OR has, as when querysets are joined by ``|``."""
    if node.negated or node.connector != OR:
        return {}
    first, *others = (_terms(query, branch)[0] for branch in node.children)
    return {
        key: value
        for key, value in first.items()
        if all(key in other and other[key] == value for other in others)
    }


def _anded(node: Any) -> Iterator[Any]:
    if isinstance(node, WhereNode) and node.connector == AND and not node.negated:
        for child in node.children:
            yield from _anded(child)
    elif isinstance(node, WhereNode) and len(node.children) == 1 and not node.negated:
        yield from _anded(node.children[0])
    else:
        yield node


def _described(query: Query, lhs: Any, name: str) -> str:
    if isinstance(lhs, Transform):
        part = getattr(lhs, "lookup_name", None) or type(lhs).__name__
        return _described(query, lhs.lhs, f"{part}__{name}")
    if isinstance(lhs, Col):
        return "__".join((*column_path(query, lhs), name))
    return name


def _joined(connector: str, results: list[Truth]) -> Truth:
    if connector == AND:
        return False if False in results else None if None in results else True
    if connector == OR:
        return True if True in results else None if None in results else not results
    return None if None in results else sum(map(bool, results)) % 2 == 1


def _evaluate(inner: Query) -> list[Any]:
    model: Any = inner.model
    queryset = model._default_manager.all()
    queryset.query = inner
    if alias := getattr(inner, "_db", None):  # set by QuerySet.resolve_expression()
        queryset = queryset.using(alias)
    return list(queryset.values_list(*(inner.values_select or ("pk",)), flat=True))
