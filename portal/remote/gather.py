"""Load in bulk what a query needs beyond the rows of its list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import NotSupportedError, models
from django.db.models import prefetch_related_objects
from django.db.models.constants import LOOKUP_SEP

from portal.remote.parallel import together
from portal.remote.where import Path, follow

# More details than this are too many calls for one query.
DETAILS_AT_MOST = 100


def gather(objects: Sequence[models.Model], paths: Iterable[Path]) -> None:
    """Make all the paths readable without a call per object.

    Relations are prefetched; columns that the list left out are read from the
    detail endpoint side by side, or refused when there are too many.
    """
    wanted = list(paths)
    hops = {LOOKUP_SEP.join(path[:-1]) for path in wanted if len(path) > 1}
    if objects and hops:
        prefetch_related_objects(list(objects), *sorted(hops))
    for path in wanted:
        owners = {id(o): o for obj in objects if (o := follow(obj, path[:-1]))}
        _complete(list(owners.values()), path[-1])


def _complete(objects: list[Any], attname: str) -> None:
    if attname == "pk":
        return
    missing = [obj for obj in objects if attname not in obj.__dict__]
    if len(missing) > DETAILS_AT_MOST:
        meta = missing[0]._meta
        raise NotSupportedError(
            f"The Notify API's list of {meta.verbose_name_plural} does not give {attname!r}, "
            f"and {len(missing)} single calls are too many: narrow the query first."
        )
    together(*(partial(getattr, obj, attname) for obj in missing))
