"""The base of mirror models: unmanaged, saved and deleted through the API."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from typing import Any, ClassVar, Self

from django.db import NotSupportedError, models, router
from django.db.models import signals
from django.utils.functional import cached_property

from portal.remote.aliases import answered_by_api, is_read_only, refuse_read_only
from portal.remote.cache import cache
from portal.remote.declared import (
    GinIndex,
    Index,
    References,
    Statistics,
    UniqueIndex,
)
from portal.remote.fields import EncryptedField
from portal.remote.managers import RemoteManager
from portal.remote.plan import Row
from portal.remote.query import RemoteQuerySet
from portal.remote.untold import unsettle
from portal.remote.values import parse, wire

__all__ = [
    "GinIndex",
    "Index",
    "References",
    "RemoteModel",
    "Statistics",
    "UniqueIndex",
]


class RemoteModel(models.Model):
    """A table of the API's database; on ``notify_api`` the clients answer for it.

    ``extra`` holds what the API's answer had beyond the table's columns. ``view_of`` names the
    tables whose rows a view shows together. Without ``has_key`` the key is Django's idea, and
    the columns in it may be empty.
    """

    statistics: ClassVar[tuple[Statistics, ...]] = ()
    # Fields besides the encrypted ones that are kept out of every record of changes.
    secret_fields: ClassVar[frozenset[str]] = frozenset()
    # What the last save changed, by field: before and after.
    last_change: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    # Attributes that are None here since the API did not tell them, until something is saved.
    untold: frozenset[str] = frozenset()
    foreign_keys: ClassVar[tuple[References, ...]] = ()
    view_of: ClassVar[tuple[str, ...]] = ()
    has_key: ClassVar[bool] = True
    objects: ClassVar[RemoteQuerySet[Any]] = RemoteManager()

    class Meta:
        abstract = True
        managed = False
        # Related access, refresh_from_db and save use the base manager.
        base_manager_name = "objects"
        default_manager_name = "objects"

    @cached_property
    def extra(self) -> dict[str, Any]:
        """What the API's answer had beyond the table's columns."""
        return {}

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs are of a later Django
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        obj = super().from_db(db, field_names, values)
        if db is not None and (answered_by_api(db) or is_read_only(db)):
            obj._remember()
        return obj

    def take(self, row: Row | None, keep: Collection[str] = ()) -> None:
        """Take the API's version of this object after a write, but for the fields to keep.

        What is encrypted is told this once, when it is made.
        """
        columns = {field.column: field for field in self._meta.concrete_fields}
        extra, is_new = dict(self.extra), self._state.adding
        for key, value in (row or {}).items():
            field = columns.get(key)
            if field is None:
                extra[key] = value
            elif isinstance(field, EncryptedField) and not is_new:
                setattr(self, field.attname, field.from_api(value))
            elif field.name not in keep:
                setattr(self, field.attname, parse(field, value))
        self.extra = extra
        self._remember(keep)

    def _remember(self, keep: Collection[str] = ()) -> None:
        """Note the present values as the API's, but for fields that only changed here."""
        before = getattr(self, "_loaded", {})
        self._loaded = {}
        for field in self._meta.concrete_fields:
            known = before if field.name in keep else self.__dict__
            if field.attname in known:
                # What can be changed in place must not change here as well.
                value = known[field.attname]
                mutable = isinstance(value, (dict, list))
                self._loaded[field.attname] = copy.deepcopy(value) if mutable else value

    @classmethod
    def secrets(cls) -> frozenset[str]:
        """Name the fields whose values no record of changes may hold."""
        fields = cls._meta.concrete_fields
        encrypted = {f.name for f in fields if isinstance(f, EncryptedField)}
        return cls.secret_fields | encrypted

    def loaded(self, name: str) -> Any:
        """Give an attribute as last read or saved; None if it was not."""
        return getattr(self, "_loaded", {}).get(name)

    def changed_fields(self) -> set[str]:
        """Name the fields that differ from what was last read or saved."""
        loaded = getattr(self, "_loaded", {})
        return {
            field.name
            for field in self._meta.concrete_fields
            if field not in self._meta.pk_fields
            and field.attname not in self.untold
            and field.attname in self.__dict__
            and self.__dict__[field.attname] != loaded.get(field.attname, _ABSENT)
        }

    def save(
        self,
        *,
        force_insert: Any = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Save through the API only what changed; no change makes no call."""
        alias = using or router.db_for_write(type(self), instance=self)
        refuse_read_only(alias)
        if answered_by_api(alias):
            force_insert = force_insert or self._state.adding
            if not force_insert and update_fields is None:
                update_fields = self.changed_fields()
        super().save(
            force_insert=force_insert,
            force_update=force_update,
            using=alias,
            update_fields=update_fields,
        )

    save.alters_data = True  # type: ignore[attr-defined]

    def _do_update(  # type: ignore[override]  # the stubs are of a later Django
        self,
        base_qs: Any,
        using: str,
        pk_val: Any,
        values: Sequence[tuple[models.Field[Any, Any], Any, Any]],
        update_fields: Iterable[str] | None,
        forced_update: bool,
    ) -> bool:
        if not answered_by_api(using):
            return bool(
                super()._do_update(  # type: ignore[call-arg]
                    base_qs, using, pk_val, values, update_fields, forced_update
                )
            )
        if payload := {field.column: wire(value) for field, _, value in values}:
            change = {field.name: self.loaded(field.attname) for field, _, _ in values}
            keep = self.changed_fields() - {field.name for field, _, _ in values}
            unsettle(self)
            item = base_qs.send_update(self, payload)
            self.last_change = change, {field.name: value for field, _, value in values}
            self.take(item and base_qs.row(item), keep)
        return True

    def wrote(
        self, before: dict[str, Any], after: dict[str, Any], *, created: bool = False
    ) -> None:
        """Send post_save for what a manager changed through the API besides ``save()``."""
        self.last_change = before, after
        signals.post_save.send(
            sender=type(self),
            instance=self,
            created=created,
            update_fields=None,
            raw=False,
            using=self._state.db,
        )

    def delete(
        self, using: str | None = None, keep_parents: bool = False
    ) -> tuple[int, dict[str, int]]:
        """Delete through the API, in one call; what hangs on it is the API's matter."""
        cls = type(self)
        alias = using or router.db_for_write(cls, instance=self)
        refuse_read_only(alias)
        if not answered_by_api(alias):
            return super().delete(using=alias, keep_parents=keep_parents)
        signals.pre_delete.send(sender=cls, instance=self, using=alias, origin=self)
        cls._base_manager.using(alias).send_delete(self)  # type: ignore[attr-defined]
        signals.post_delete.send(sender=cls, instance=self, using=alias, origin=self)
        return 1, {self._meta.label: 1}

    delete.alters_data = True  # type: ignore[attr-defined]

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: Any = None,
    ) -> None:
        """Read again, past the cache; on the API one call brings every column that was deferred."""
        alias = using or self._state.db
        if alias is None or not answered_by_api(alias):
            super().refresh_from_db(using, fields, from_queryset)
            return
        self._refuse_unknown(self._unknown_key())
        wanted = set(fields or ())
        missing = wanted & self.get_deferred_fields()
        if missing:
            wanted |= self.get_deferred_fields()
        keep = self.changed_fields() - wanted if fields else set()
        hints: dict[str, models.Model] = {"instance": self}
        manager = type(self)._base_manager.db_manager(using, hints=hints)
        queryset = manager.all() if from_queryset is None else from_queryset
        # What a list left out may come from the cache; to read again is to ask again.
        with nullcontext() if missing else cache.refreshing():
            fresh = queryset.filter(**self._address(queryset)).get()
        self._copy(fresh, wanted)
        self._refuse_unknown(missing & self.get_deferred_fields())
        self._remember(keep)

    def _unknown_key(self) -> set[str]:
        """Name the parts of a composite key that the API keeps to itself."""
        keys = {field.attname for field in self._meta.pk_fields}
        return keys - self.__dict__.keys() if len(keys) > 1 else set()

    def _refuse_unknown(self, names: Collection[str]) -> None:
        if names:
            raise NotSupportedError(
                f"The Notify API does not show {', '.join(sorted(names))} of "
                f"{self._meta.verbose_name_plural}."
            )

    def _is_pk_set(self, meta: Any = None) -> bool:
        # Django would ask for an unknown part of the key to see whether it may ask for it.
        return bool(self._unknown_key()) or super()._is_pk_set(meta)  # type: ignore[misc]

    def _address(self, queryset: Any) -> dict[str, Any]:
        """Give what the API needs to find this object: its key, and its owner's where known."""
        address = {"pk": self.pk}
        if (owner := queryset.owned_by) and f"{owner}_id" in self.__dict__:
            address[owner] = self.__dict__[f"{owner}_id"]
        return address

    def _copy(self, fresh: RemoteModel, wanted: Collection[str]) -> None:
        """Take the wanted fields of a fresh copy, or all with what is beyond the columns."""
        for field in self._meta.concrete_fields:
            if wanted and not {field.name, field.attname} & set(wanted):
                continue
            if field.attname in fresh.__dict__:
                setattr(self, field.attname, fresh.__dict__[field.attname])
                if isinstance(field, models.ForeignKey) and field.is_cached(self):
                    field.delete_cached_value(self)
        if not wanted:
            self.extra = fresh.extra
            for relation in self._meta.related_objects:
                if relation.is_cached(self):
                    relation.delete_cached_value(self)
            self._prefetched_objects_cache: dict[str, Any] = {}
        self._state.db = fresh._state.db

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        """Leave it to the API, where the rows are."""
        if not answered_by_api(router.db_for_write(type(self), instance=self)):
            super().validate_unique(exclude=exclude)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Leave it to the API, where the rows are."""
        if not answered_by_api(router.db_for_write(type(self), instance=self)):
            super().validate_constraints(exclude=exclude)


_ABSENT = object()
