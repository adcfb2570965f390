"""Mirror models of the invented domain."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.remote.managers import manager_of
from portal.remote.models import GinIndex, Index, RemoteModel, Statistics
from portal.remote.paging import Page, PagedQuerySet
from portal.remote.query import RemoteQuerySet, Rows
from tests.remote.orm.staffing import source


class SourceQuerySet(RemoteQuerySet):
    kind = ""
    filters = ()

    def fetch(self, plan):
        if (
            rows := self.details(plan, lambda pk: source.one(self.kind, pk))
        ) is not None:
            return rows
        return Rows(source.everything(self.kind, **plan.equal(*self.filters)))

    def send_create(self, payload):
        return source.create(self.kind, payload)

    def send_update(self, instance, payload):
        return source.update(self.kind, instance.pk, payload)

    def send_delete(self, instance):
        source.delete(self.kind, instance.pk)


class TeamQuerySet(SourceQuerySet):
    kind = "teams"

    def live(self):
        return self.filter(live=True)


class PersonQuerySet(SourceQuerySet):
    kind = "people"
    filters = ("team",)
    list_fields = ("id", "name", "email", "team", "joined", "skills")


class ShiftQuerySet(PagedQuerySet):
    page_size = 25
    understood = ("kind",)
    newest_first = "-number"

    def load_one(self, plan):
        return self.details(plan, lambda pk: source.one("shifts", pk))

    def load_page(self, terms, number, *, counted):
        return Page(*source.page(number, self.page_size, **terms))


class Team(RemoteModel):
    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=50, unique=True)
    live = models.BooleanField(default=True)

    objects = manager_of(TeamQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        ordering = ["name"]

    def __str__(self):
        return self.name


class Person(RemoteModel):
    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=50)
    email = models.EmailField(null=True, blank=True)
    team = models.ForeignKey(
        Team,
        models.DO_NOTHING,
        related_name="people",
        db_column="team",
        db_constraint=False,
    )
    joined = models.DateTimeField(null=True, blank=True, editable=False)
    notes = models.TextField(blank=True, default="")
    skills = models.JSONField(default=list, blank=True)

    objects = manager_of(PersonQuerySet)
    statistics = (Statistics("st_staffing_person_team_joined", ("team", "joined")),)

    class Meta(RemoteModel.Meta):
        abstract = False
        ordering = ["name"]
        verbose_name_plural = "people"
        indexes = [
            Index(
                fields=["joined"],
                name="ix_staffing_person_joined_under_a_name_that_is_rather_long",
                condition=Q(email=None),
            ),
            GinIndex(
                fields=["notes"],
                opclasses=["gin_trgm_ops"],
                name="ix_staffing_person_notes_trigrams",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="ck_staffing_person_has_a_name"
            ),
        ]

    def __str__(self):
        return self.name


class Shift(RemoteModel):
    number = models.IntegerField(primary_key=True)
    kind = models.CharField(max_length=10)

    objects = manager_of(ShiftQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        ordering = ["-number"]


class Badge(RemoteModel):
    """A table without an endpoint, and with a key of two columns."""

    pk = models.CompositePrimaryKey("person_id", "version")
    person = models.ForeignKey(
        Person, models.DO_NOTHING, related_name="+", db_constraint=False
    )
    version = models.IntegerField()
    colour = models.CharField(max_length=20)

    class Meta(RemoteModel.Meta):
        abstract = False
