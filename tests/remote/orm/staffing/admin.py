"""Admin pages of the invented domain, on a site of their own."""

from __future__ import annotations

from django.contrib import admin

from portal.remote.admin import RemoteModelAdmin
from tests.remote.orm.staffing.models import Person, Shift, Team

site = admin.AdminSite(name="staffing")


@admin.register(Team, site=site)
class TeamAdmin(RemoteModelAdmin):
    list_display = ["name", "live"]
    list_filter = ["live"]
    search_fields = ["name"]


@admin.register(Person, site=site)
class PersonAdmin(RemoteModelAdmin):
    list_display = ["name", "email", "team", "joined"]
    list_filter = ["team", "joined", ("email", admin.EmptyFieldListFilter)]
    search_fields = ["name", "email", "team__name"]
    autocomplete_fields = ["team"]
    list_per_page = 10


@admin.register(Shift, site=site)
class ShiftAdmin(RemoteModelAdmin):
    list_display = ["number", "kind"]
    list_per_page = 25
