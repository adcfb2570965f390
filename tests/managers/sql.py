"""The sandbox's database, and what is stored there of an object."""

from __future__ import annotations

SQL = "sandbox"


def stored(obj):
    """The row of an object in the API's database, None when it is gone."""
    return type(obj).objects.using(SQL).filter(pk=obj.pk).first()
