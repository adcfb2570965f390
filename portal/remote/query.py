"""A QuerySet whose rows come from an endpoint: Django parses, a client answers.

A source may use any part of a plan to fetch less and must never return too
little; the whole WHERE, the ordering and the slice are applied again here. So a
pushed filter is only ever a saving and cannot make a result wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.db import NotSupportedError
from django.db.models import Model, prefetch_related_objects
from django.db.models.query import ModelIterable
from django.db.models.sql.where import NothingNode

from portal.remote import aggregates, ordering, shapes
from portal.remote.aliases import on_api, write_on_api
from portal.remote.answers import reading
from portal.remote.errors import NotFound
from portal.remote.gather import gather
from portal.remote.parallel import those_found
from portal.remote.plan import Load, Plan, Row, Rows, ScopeRequired
from portal.remote.refusals import Refusals
from portal.remote.rows import instance_of, instances_of, translated
from portal.remote.values import wire
from portal.remote.where import Predicate, pushable

__all__ = ["Plan", "RemoteQuerySet", "Row", "Rows", "ScopeRequired"]

M = TypeVar("M", bound=Model)


class RemoteQuerySet(Refusals[M]):
    """The QuerySet of a mirror model; domains implement ``fetch`` and the ``send_…``."""

    # Names of the fields that the list endpoint gives; None: all of them.
    list_fields: ClassVar[tuple[str, ...] | None] = None
    # The relation whose key the API's addresses begin with.
    owned_by: ClassVar[str | None] = None
    # What the API's end of a thing is called, as a past participle.
    ended_as: ClassVar[str] = "deleted"
    scopes: Mapping[str, Any] = {}

    # --- hooks: what a domain implements

    def fetch(self, plan: Plan) -> Rows:
        """Get the rows of a plan from the API."""
        raise NotSupportedError(
            f"The Notify API has no endpoint for {plan.plural} ({self.model._meta.db_table}); "
            'use .using("notify_replica") where a replica is configured.'
        )

    def stream(self, plan: Plan) -> Iterator[Row] | None:
        """Get the rows of a plan page by page; None when the endpoint has no pages."""
        return None

    def send_create(self, payload: dict[str, Any]) -> Row:
        """Create by the API; gives the row as the API made it."""
        self._refuse_write("created")

    def send_update(self, instance: M, payload: dict[str, Any]) -> Row | None:
        """Change the columns of ``payload`` by the API; gives the new row where known."""
        self._refuse_write("changed")

    def send_delete(self, instance: M) -> None:
        """Delete or archive by the API."""
        self._refuse_write("deleted")

    def refuse_other(self, payload: Iterable[str], *known: str) -> None:
        """Refuse a change of other columns than the API takes."""
        if unknown := sorted(set(payload).difference(known)):
            raise NotSupportedError(
                f"The Notify API does not let {', '.join(unknown)} of "
                f"{self.model._meta.verbose_name_plural} be changed."
            )

    def details(self, plan: Plan, load: Load, at_most: int = 5) -> Rows | None:
        """Answer ``pk=`` and a short ``pk__in`` from a detail endpoint, side by side.

        None when the plan names no key or more than ``at_most``: list instead.
        """
        pks = plan.one_of(self.model._meta.pk.name)
        if pks is None or len(pks) > at_most:
            return None
        return Rows(those_found(*(partial(load, str(pk)) for pk in dict.fromkeys(pks))))

    def row(self, item: Row) -> Row:
        """Turn an item of the API's JSON into a row; keys that are no column are extra."""
        return translated(self.model, item)

    def scoped(self, name: str, value: Any) -> Self:
        """Note something that an endpoint knows and no column holds, as a membership."""
        clone: Self = self._chain()  # type: ignore[attr-defined]
        clone.scopes = {**self.scopes, name: value}
        return clone

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.scopes = self.scopes
        return clone

    # --- reading

    def _plan(self) -> Plan:
        query = self.query
        if query.combinator or query.annotation_select or query.extra:
            raise NotSupportedError(
                "The Notify API cannot answer unions, annotations and extra()."
            )
        if query.distinct_fields:
            raise NotSupportedError(
                "The Notify API cannot answer distinct() on fields."
            )
        terms, rest = pushable(query)
        order = tuple(key.text for key in ordering.keys(query))
        whole = query.distinct and self._is_values
        start, stop = (0, None) if whole else (query.low_mark, query.high_mark)
        return Plan(self.model, terms, rest, order, start, stop)

    def _rows(self, plan: Plan) -> Rows:
        if any(look == "in" and not value for (_, look), value in plan.terms.items()):
            return Rows([], complete=plan.exact, total=0)
        with suppress(NotFound), reading():
            return self.fetch(plan).checked()
        return Rows([], complete=plan.exact, total=0)

    @property
    def _is_values(self) -> bool:
        return self._fields is not None  # type: ignore[attr-defined]

    def _is_nothing(self) -> bool:
        where = self.query.where
        return self.query.is_empty() or any(
            isinstance(child, NothingNode) for child in where.children
        )

    def _objects(self, rows: Rows | None = None) -> list[M]:
        """Make the instances of this queryset: fetch, then finish in Python."""
        if self._is_nothing():
            return []
        rows = rows or self._rows(self._plan())
        with reading():
            objects: list[M] = instances_of(self, rows.items)
        if not rows.complete:
            objects = self._finished(objects)
        self._mask(objects)
        return objects

    def _finished(self, objects: list[M]) -> list[M]:
        query = self.query
        keep = Predicate(query)
        gather(objects, keep.paths)
        objects = [obj for obj in objects if keep(obj)]
        keys = list(ordering.keys(query))
        gather(objects, (ordering.attribute_path(self.model, k.name) for k in keys))
        objects = ordering.in_order(objects, keys)
        if query.distinct and self._is_values:
            return objects
        if query.distinct:
            objects = list({obj.pk: obj for obj in objects}.values())
        return objects[query.low_mark : query.high_mark]

    def _instance(self, item: Row) -> M:
        made: M = instance_of(self, item)
        return made

    def _mask(self, objects: Iterable[M]) -> None:
        """Forget what ``only()`` and ``defer()`` did not want."""
        mask: dict[Any, Any] = self.query.get_select_mask()
        if not mask:
            return
        unwanted = [
            field.attname
            for field in self.model._meta.concrete_fields
            if field not in mask and field not in self.model._meta.pk_fields
        ]
        for obj in objects:
            for name in unwanted:
                obj.__dict__.pop(name, None)

    def _results(self) -> list[Any]:
        objects = self._objects()
        if self._iterable_class is ModelIterable:
            self._select_related(objects)
            return objects
        return shapes.shaped(self, objects)

    def _select_related(self, objects: Sequence[M]) -> None:
        if self.query.select_related and objects:
            names = shapes.related_names(self.model, self.query.select_related)
            prefetch_related_objects(list(objects), *names)

    # --- Django's execution points

    @on_api
    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._result_cache = self._results()
        if self._prefetch_related_lookups and not self._prefetch_done:  # type: ignore[attr-defined]
            self._prefetch_related_objects()  # type: ignore[attr-defined]

    @on_api
    def _iterator(
        self, use_chunked_fetch: bool, chunk_size: int | None
    ) -> Iterator[Any]:
        is_models = self._iterable_class is ModelIterable
        plan = self._plan()
        rows = None if self._is_nothing() or not is_models else self.stream(plan)
        results = iter(self._results()) if rows is None else map(self._instance, rows)
        while chunk := list(islice(results, chunk_size or 100)):
            if rows is not None:
                self._mask(chunk)
                self._select_related(chunk)
            if self._prefetch_related_lookups:  # type: ignore[attr-defined]
                prefetch_related_objects(chunk, *self._prefetch_related_lookups)  # type: ignore[attr-defined]
            yield from chunk

    @on_api
    def count(self) -> int:
        if self._result_cache is not None:
            return len(self._result_cache)
        if self._is_nothing():
            return 0
        bare = self._bare()
        if bare.query.distinct or bare.query.is_sliced:
            return len(bare._results())
        rows = bare._rows(replace(bare._plan(), start=0, stop=0))
        if not rows.complete:
            return len(bare._objects(rows))
        if rows.total is None:
            raise NotSupportedError(
                f"The Notify API does not tell how many {bare._plan().plural} there are."
            )
        return rows.total

    @on_api
    def exists(self) -> bool:
        if self._result_cache is not None:
            return bool(self._result_cache)
        bare = self._bare()
        bare.query.set_limits(high=1)
        return bool(bare._results())

    def _bare(self) -> RemoteQuerySet[M]:
        clone: RemoteQuerySet[M] = self._chain()  # type: ignore[attr-defined]
        if not clone.query.is_sliced:
            clone.query.clear_ordering(force=True)
        clone.query.select_related = False
        return clone

    @on_api
    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return aggregates.computed(self, args, kwargs)

    # --- writing: one call per object, and no transaction around them

    @write_on_api
    def _insert(
        self, objs: Sequence[Any], fields: Sequence[Any], **options: Any
    ) -> list[tuple[Any, ...]]:
        if options.get("on_conflict"):
            raise NotSupportedError("The Notify API has no create-or-ignore.")
        for obj in objs:
            given = {
                field: value
                for field in fields
                if (value := field.pre_save(obj, True)) is not None
            }
            payload = {field.column: wire(value) for field, value in given.items()}
            row = self.row(self.send_create(payload))
            obj.last_change = {}, {f.name: v for f, v in given.items() if f.editable}
            obj.take(row)
        returning = options.get("returning_fields") or ()
        return [tuple(getattr(obj, f.attname) for f in returning) for obj in objs]

    @write_on_api
    def update(self, **kwargs: Any) -> int:
        if self.query.is_sliced:
            raise TypeError("Cannot update a query once a slice has been taken.")
        if any(hasattr(value, "resolve_expression") for value in kwargs.values()):
            raise NotSupportedError(
                "The Notify API cannot compute: give update() values, not expressions."
            )
        fields = [self.model._meta.get_field(name) for name in kwargs]
        objects = list(self._chain())  # type: ignore[attr-defined]
        for obj in objects:
            for name, value in kwargs.items():
                setattr(obj, name, value)
            obj.save(using=self.db, update_fields=[field.name for field in fields])
        self._result_cache = None
        return len(objects)

    @write_on_api
    def delete(self) -> tuple[int, dict[str, int]]:
        if self.query.is_sliced:
            raise TypeError("Cannot use 'limit' or 'offset' with delete().")
        deleted = sum(obj.delete(using=self.db)[0] for obj in self._chain())  # type: ignore[attr-defined]
        self._result_cache = None
        return deleted, {self.model._meta.label: deleted}

    @write_on_api
    def _raw_delete(self, using: str | None) -> int:
        return self.using(using).delete()[0]

    @write_on_api
    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        if any(value for name, value in options.items() if name != "batch_size"):
            raise NotSupportedError("The Notify API has no create-or-ignore or upsert.")
        made = list(objs)
        for obj in made:
            obj.save(force_insert=True, using=self.db)
        return made

    @write_on_api
    def bulk_update(
        self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        changed = list(objs)
        for obj in changed:
            obj.save(update_fields=list(fields), using=self.db)
        return len(changed)

    @write_on_api
    def get_or_create(self, defaults: Any = None, **kwargs: Any) -> tuple[M, bool]:
        try:
            return self.get(**kwargs), False
        except self.model.DoesNotExist:  # type: ignore[attr-defined]
            return self.create(**self._extract_model_params(defaults, **kwargs)), True  # type: ignore[attr-defined]

    @write_on_api
    def update_or_create(
        self, defaults: Any = None, create_defaults: Any = None, **kwargs: Any
    ) -> tuple[M, bool]:
        initial = defaults if create_defaults is None else create_defaults
        obj, created = self.get_or_create(initial, **kwargs)
        if not created:
            for name, value in (defaults or {}).items():
                setattr(obj, name, value() if callable(value) else value)
            obj.save(using=self.db)
        return obj, created

    def _refuse_write(self, done: str) -> NoReturn:
        what = f"{self.model._meta.verbose_name_plural} are {done} here"
        raise NotSupportedError(f"The Notify API has no endpoint by which {what}.")
