"""System checks find what would be wrong or slow."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import models
from django.test.utils import isolate_apps

from portal.remote import checks
from portal.remote.models import Index, RemoteModel
from tests.remote.orm.staffing.admin import PersonAdmin, site
from tests.remote.orm.staffing.models import Person, Team


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(admin, "site", site)


def found(errors):
    return [error.id for error in errors]


def test_the_mirror_is_clean():
    assert checks.check_mirror_models() == []


def test_the_invented_admin_is_clean(registry):
    assert checks.check_admin_columns() == []


@isolate_apps("tests.remote.orm.staffing")
def test_a_cascading_relation_is_found(monkeypatch):
    class Loose(RemoteModel):
        team = models.ForeignKey(Team, models.CASCADE, limit_choices_to={"live": True})

        class Meta(RemoteModel.Meta):
            abstract = False
            app_label = "staffing"

    monkeypatch.setattr(checks.apps, "get_models", lambda: [Loose])

    assert found(checks.check_mirror_models()) == ["remote.E003", "remote.E004"]


@isolate_apps("tests.remote.orm.staffing")
def test_a_managed_mirror_with_a_plain_manager_is_found(monkeypatch):
    class Plain(RemoteModel):
        objects = models.Manager()

        class Meta:
            app_label = "staffing"
            managed = True

    monkeypatch.setattr(checks.apps, "get_models", lambda: [Plain])

    assert found(checks.check_mirror_models()) == ["remote.E001", "remote.E002"]


@isolate_apps("tests.remote.orm.staffing")
def test_the_base_manager_is_inherited_even_without_meta():
    class Loose(RemoteModel):
        class Meta:
            app_label = "staffing"
            managed = False

    assert list(checks._managers(Loose)) == []


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("list_display", ["name", "notes"]),
        ("search_fields", ["^notes"]),
        ("list_filter", [("notes", admin.EmptyFieldListFilter)]),
        ("ordering", ["-notes"]),
    ],
)
def test_a_column_that_the_list_leaves_out_is_found(
    registry, monkeypatch, option, value
):
    monkeypatch.setattr(site._registry[Person], option, value)

    assert found(checks.check_admin_columns()) == ["remote.E006"]


def test_a_date_hierarchy_is_found(registry, monkeypatch):
    monkeypatch.setattr(PersonAdmin, "date_hierarchy", "joined")

    assert found(checks.check_admin_columns()) == ["remote.E005"]


def test_index_names_may_be_as_long_as_postgresqls():
    assert len(Index(fields=["name"], name="i" * 63).name) == Index.max_name_length
    assert Person._check_indexes(databases=["default"]) == []
