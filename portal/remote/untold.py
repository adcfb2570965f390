"""Fields that the API's answer left out, for pages that show whatever there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.remote.fields import EncryptedField

if TYPE_CHECKING:
    from portal.remote.models import RemoteModel


def settle(obj: RemoteModel) -> None:
    """Let what the API did not tell of an object be None, instead of asking for it again.

    What is never told can be written all the same, and stays as it is.
    """
    deferred = obj.get_deferred_fields()
    missing = {
        field.attname: None
        for field in obj._meta.concrete_fields
        if field.attname in deferred
        and field not in obj._meta.pk_fields
        and not (isinstance(field, EncryptedField) and not field.told)
    }
    obj.__dict__.update(missing)
    obj.untold |= missing.keys()


def unsettle(obj: RemoteModel) -> None:
    """Have it be unknown again, so that no write sends None for it."""
    for attname in obj.untold:
        obj.__dict__.pop(attname, None)
    obj.untold = frozenset()
