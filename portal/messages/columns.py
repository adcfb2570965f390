"""How names of placeholders and of spreadsheet columns are matched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

_IGNORED = str.maketrans("", "", " _-")


@lru_cache(maxsize=4096)
def column_key(name: str) -> str:
    """Return the form under which two spellings of one column are equal."""
    return name.lower().translate(_IGNORED)


class Columns(dict[str, Any]):
    """A dictionary whose keys match regardless of case, spaces, `_` and `-`."""

    def __init__(
        self, items: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None
    ) -> None:
        super().__init__()
        if isinstance(items, Columns):
            super().update(items)
        else:
            pairs = items.items() if isinstance(items, Mapping) else items or ()
            for name, value in pairs:
                self[name] = value

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(column_key(name), value)

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(column_key(name))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(column_key(name))

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(column_key(name), default)
