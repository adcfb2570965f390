"""Files that the portal and the API share, each with metadata, behind Django's STORAGES.

An object store keeps metadata itself; in a folder they lie beside the file, in
``<key>.metadata.json``, where the other side looks for them.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext_lazy as _

from portal.remote.errors import Unavailable

Metadata = dict[str, str]
_BESIDE = ".metadata.json"


class NoSuchObject(Exception):
    """There is nothing under that key."""


class StorageDown(Unavailable):
    """The storage is away, or takes nothing."""

    sentence = _(
        "The file could not be saved. What you typed is kept: wait a minute, then try "
        "again."
    )


def _failures() -> tuple[type[Exception], ...]:
    # An object store's backend brings boto's errors, which are of no common kind.
    boto = sys.modules.get("botocore.exceptions")
    return (OSError, boto.BotoCoreError, boto.ClientError) if boto else (OSError,)


@contextmanager
def _reaching() -> Iterator[None]:
    """Tell in one way that a storage is away, whichever it is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except _failures() as error:
        raise StorageDown from error


def bucket(alias: str) -> Storage:
    """Return the storage of one of the buckets named in ``S3_BUCKETS``."""
    return storages[alias]


@_reaching()
def save_object(
    alias: str, key: str, content: bytes, metadata: Mapping[str, Any] | None = None
) -> None:
    """Store an object in place of any other under that key."""
    store = bucket(alias)
    described = _texts(metadata)
    if remote := getattr(store, "bucket", None):
        remote.Object(key).put(Body=content, Metadata=described)
        return
    _write(store, _beside(key), json.dumps(described).encode())
    _write(store, key, content)


@_reaching()
def read_object(alias: str, key: str) -> tuple[bytes, Metadata]:
    """Return an object's content and metadata. Raises NoSuchObject."""
    store = bucket(alias)
    try:
        with store.open(key) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise NoSuchObject(key) from error
    return content, read_metadata(alias, key)


@_reaching()
def read_metadata(alias: str, key: str) -> Metadata:
    """Return what an object says about itself. Raises NoSuchObject."""
    store = bucket(alias)
    if not store.exists(key):
        raise NoSuchObject(key)
    if remote := getattr(store, "bucket", None):
        return dict(remote.Object(key).metadata)
    try:
        with store.open(_beside(key)) as file:
            return dict(json.loads(file.read()))
    except FileNotFoundError:
        return {}


@_reaching()
def write_metadata(alias: str, key: str, metadata: Mapping[str, Any]) -> None:
    """Replace what an object says about itself. Raises NoSuchObject."""
    store = bucket(alias)
    if not store.exists(key):
        raise NoSuchObject(key)
    if remote := getattr(store, "bucket", None):
        remote.Object(key).copy_from(
            CopySource={"Bucket": remote.name, "Key": key},
            Metadata=_texts(metadata),
            MetadataDirective="REPLACE",
        )
        return
    _write(store, _beside(key), json.dumps(_texts(metadata)).encode())


@_reaching()
def delete_object(alias: str, key: str) -> None:
    """Remove an object, if it is there."""
    store = bucket(alias)
    store.delete(key)
    if not hasattr(store, "bucket"):
        store.delete(_beside(key))


@_reaching()
def list_keys(alias: str, folder: str) -> list[str]:
    """Return the keys of the objects that lie in a folder, in no order."""
    try:
        _folders, names = bucket(alias).listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names if not name.endswith(_BESIDE)]


@_reaching()
def list_folders(alias: str, folder: str) -> list[str]:
    """Return the folders that lie in a folder, in no order; ``""`` is the top."""
    try:
        names, _files = bucket(alias).listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}".lstrip("/") for name in names]


def keys_from_before(alias: str, folder: str, moment: dt.datetime) -> Iterator[str]:
    """Yield the keys of what was stored in a folder, and in those inside it, before then."""
    for inner in list_folders(alias, folder):
        yield from keys_from_before(alias, inner, moment)
    for key in list_keys(alias, folder):
        try:
            is_old = bucket(alias).get_modified_time(key) < moment
        except FileNotFoundError:
            continue
        if is_old:
            yield key


def _beside(key: str) -> str:
    return f"{key}{_BESIDE}"


def _texts(metadata: Mapping[str, Any] | None) -> Metadata:
    return {name: str(value) for name, value in (metadata or {}).items()}


def _write(store: Storage, key: str, content: bytes) -> None:
    # A folder would otherwise keep the old file and choose another name for the new.
    store.delete(key)
    store.save(key, ContentFile(content))
