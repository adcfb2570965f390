"""Columns of the API's database that Django has no exact field for."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

# What may be assigned to a field, and what it gives; django-stubs fills them in.
_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class NumericField(models.DecimalField):  # type: ignore[type-arg]
    """PostgreSQL's ``numeric`` without precision or scale."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 38, "decimal_places": 10} | kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "postgresql":
            return "numeric"
        return super().db_type(connection)


class EnumField(models.CharField):  # type: ignore[type-arg]
    """One of PostgreSQL's enums, by its name there; its values are the choices."""

    def __init__(self, enum: str, *args: Any, **kwargs: Any) -> None:
        self.enum = enum
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.enum, *args], kwargs

    @property
    def enum_values(self) -> tuple[str, ...]:
        """The values that the database takes."""
        return tuple(value for value, _ in self.flatchoices)

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "postgresql":
            return self.enum
        return super().db_type(connection)


class Opaque(str):
    """What stands for a value that nobody is to see; it says so wherever it is shown."""

    __slots__ = ()


OPAQUE = Opaque("(hidden)")


class EncryptedField(models.CharField):  # type: ignore[type-arg]
    """A column that the API encrypts or hashes: it can be written, and never be read.

    The sandbox alone, which stands for the API, reads what is there. With ``told`` the API
    shows the plain value in its answers, and only the database's is opaque.
    """

    def __init__(self, *args: Any, told: bool = False, **kwargs: Any) -> None:
        self.told = told
        super().__init__(*args, **kwargs)

    def from_db_value(
        self, value: Any, expression: Any, connection: BaseDatabaseWrapper
    ) -> Any:
        is_ours = not connection.settings_dict.get("READ_ONLY")
        return value if is_ours else opaque(value)

    def from_api(self, value: Any) -> Any:
        """Read what an answer of the API has."""
        return value if self.told else opaque(value)


def opaque(value: Any) -> Any:
    """Hide a value, but not that there is none."""
    return OPAQUE if value else value


class PlainJSONField(models.JSONField):
    """PostgreSQL's ``json``, which is kept as text: read it, but do not search in it."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "postgresql":
            return "json"
        return super().db_type(connection)


class UpdatedAtField(models.DateTimeField):  # type: ignore[type-arg]
    """Empty when a row is made, the time of the last change after that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "editable": False} | kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not add:
            setattr(model_instance, self.attname, timezone.now())
        return super().pre_save(model_instance, add)


class MirrorKey(models.ForeignKey[_Set, _Get]):
    """A foreign key of the API's database: the API cascades, checks and indexes it.

    ``constrained`` says whether the API's database holds it, as it does not for history.
    """

    def __init__(self, to: Any, *, constrained: bool = True, **kwargs: Any) -> None:
        self.constrained = constrained
        super().__init__(to, **_left_to_the_api(kwargs))


class MirrorOneToOne(models.OneToOneField[_Set, _Get]):
    """A foreign key that no two rows share; see ``MirrorKey``."""

    def __init__(self, to: Any, *, constrained: bool = True, **kwargs: Any) -> None:
        self.constrained = constrained
        super().__init__(to, **_left_to_the_api(kwargs))


def _left_to_the_api(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {
        "on_delete": models.DO_NOTHING,
        "db_constraint": False,
        "db_index": False,
        **kwargs,
    }
