"""The versions of a thing, in order, with what changed between any two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps

# What is new in every version.
ALWAYS_NEW = {"version", "updated_at"}
HIDDEN = "•••"


@dataclass(frozen=True)
class Version:
    """One state of a thing; ``row`` is its line in the history's table."""

    number: int
    row: Any

    def changes_since(self, other: Version) -> dict[str, tuple[Any, Any]]:
        """Give the fields that differ from another version, as (there, here).

        Columns that the source does not tell are left out; that a secret changed is
        told, and not what it was.
        """
        secret, changed = self.row.secrets(), {}
        for field in self.row._meta.concrete_fields:
            values = [
                one.row.__dict__.get(field.attname, _UNKNOWN) for one in (other, self)
            ]
            if field.name in ALWAYS_NEW or _UNKNOWN in values or values[0] == values[1]:
                continue
            hidden = field.name in secret
            changed[field.name] = (HIDDEN, HIDDEN) if hidden else (values[0], values[1])
        return changed


class Versioned:
    """A part of a model whose versions another table keeps."""

    # The label of that table's model.
    history: ClassVar[str]

    @property
    def versions(self) -> list[Version]:
        """All its versions, the first one first, from where it was itself read.

        Raises NotSupportedError where the API does not tell them.
        """
        instance: Any = self
        rows = apps.get_model(self.history)._default_manager.using(instance._state.db)
        found: Any = rows.filter(id=instance.pk)
        if owner := found.owned_by:
            found = found.filter(**{owner: getattr(instance, f"{owner}_id")})
        return [Version(row.version, row) for row in found.order_by("version")]


_UNKNOWN = object()
