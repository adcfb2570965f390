"""Files that the API reads too: in a folder, or in an object store."""

from __future__ import annotations

import json
import sys
import types

import pytest

from portal.common import storage


@pytest.fixture
def folder(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "csv_upload": {
            **settings.STORAGES["csv_upload"],
            "OPTIONS": {"location": tmp_path},
        },
    }
    return tmp_path


def test_metadata_lie_beside_the_file(folder):
    storage.save_object("csv_upload", "a/b.csv", b"x", {"rows": 2})

    assert (folder / "a/b.csv").read_bytes() == b"x"
    assert json.loads((folder / "a/b.csv.metadata.json").read_text()) == {"rows": "2"}


def test_what_was_saved_is_read_back(folder):
    storage.save_object("csv_upload", "a.csv", b"x", {"name": "Siân.csv"})

    assert storage.read_object("csv_upload", "a.csv") == (b"x", {"name": "Siân.csv"})


def test_saving_again_replaces(folder):
    storage.save_object("csv_upload", "a.csv", b"old", {"v": 1})
    storage.save_object("csv_upload", "a.csv", b"new", {"v": 2})

    assert storage.read_object("csv_upload", "a.csv") == (b"new", {"v": "2"})
    assert sorted(path.name for path in folder.iterdir()) == [
        "a.csv",
        "a.csv.metadata.json",
    ]


def test_metadata_can_change_alone(folder):
    storage.save_object("csv_upload", "a.csv", b"x", {"valid": ""})
    storage.write_metadata("csv_upload", "a.csv", {"valid": True})

    assert storage.read_object("csv_upload", "a.csv") == (b"x", {"valid": "True"})


def test_what_is_not_there_is_said_so(folder):
    with pytest.raises(storage.NoSuchObject):
        storage.read_object("csv_upload", "a.csv")
    with pytest.raises(storage.NoSuchObject):
        storage.write_metadata("csv_upload", "a.csv", {})


@pytest.mark.parametrize(
    "use",
    [
        lambda: storage.read_object("csv_upload", "a.csv"),
        lambda: storage.read_metadata("csv_upload", "a.csv"),
        lambda: storage.save_object("csv_upload", "a.csv", b"x"),
        lambda: storage.write_metadata("csv_upload", "a.csv", {}),
        lambda: storage.delete_object("csv_upload", "a.csv"),
        lambda: storage.list_keys("csv_upload", "a"),
    ],
)
def test_a_storage_that_is_away_is_said_in_one_way(folder, monkeypatch, use):
    def away(*_arguments):
        raise ConnectionError

    store = type(storage.bucket("csv_upload"))
    for name in ("open", "exists", "save", "delete", "listdir"):
        monkeypatch.setattr(store, name, away)

    with pytest.raises(storage.StorageDown):
        use()


def test_an_object_store_that_is_away_is_said_so_too(monkeypatch):
    boto = types.ModuleType("botocore.exceptions")
    boto.BotoCoreError = type("BotoCoreError", (Exception,), {})
    boto.ClientError = type("ClientError", (Exception,), {})
    monkeypatch.setitem(sys.modules, boto.__name__, boto)

    def away(alias):
        raise boto.ClientError

    monkeypatch.setattr(storage, "bucket", away)

    with pytest.raises(storage.StorageDown):
        storage.read_object("csv_upload", "a.csv")


def test_deleting_takes_the_metadata_along(folder):
    storage.save_object("csv_upload", "a.csv", b"x", {"v": 1})
    storage.delete_object("csv_upload", "a.csv")

    assert list(folder.iterdir()) == []


class Remote:
    """What django-storages offers of an object store, as far as it is used here."""

    name = "bucket"

    def __init__(self):
        self.calls = []

    def Object(self, key):  # noqa: N802  boto3's name
        return self

    metadata = {"valid": "True"}  # noqa: RUF012

    def put(self, **given):
        self.calls.append(given)

    def copy_from(self, **given):
        self.calls.append(given)


def test_an_object_store_keeps_metadata_itself(monkeypatch):
    remote = Remote()
    store = type("Store", (), {"bucket": remote, "exists": lambda self, key: True})()
    monkeypatch.setattr(storage, "bucket", lambda alias: store)

    storage.save_object("csv_upload", "a.csv", b"x", {"v": 1})
    storage.write_metadata("csv_upload", "a.csv", {"v": 2})

    assert remote.calls[0] == {"Body": b"x", "Metadata": {"v": "1"}}
    assert remote.calls[1]["Metadata"] == {"v": "2"}
    assert remote.calls[1]["MetadataDirective"] == "REPLACE"
    assert storage.read_metadata("csv_upload", "a.csv") == {"valid": "True"}
