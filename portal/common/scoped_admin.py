"""Admin pages of what the API lists for one service, or one organisation, at a time."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.common.admin import Link, PortalModelAdmin
from portal.common.admin_links import list_address
from portal.remote.cache import cache

SCOPE = "service__id__exact"
TEAM_SECONDS = 300
KEPT_FILTERS = "_changelist_filters"


def links_to_lists_of(
    service: Any, site: AdminSite, but: Collection[Any] = ()
) -> list[Link]:
    """Give the ways to all that the admin lists of one service, but for some models."""
    return [
        Link(
            capfirst(model._meta.verbose_name_plural),
            f"{list_address(model._meta)}?{SCOPE}={service.pk}",
        )
        for model, model_admin in site._registry.items()
        if isinstance(model_admin, ServiceScopedAdmin) and model not in but
    ]


class OwnedAdmin(PortalModelAdmin):
    """An admin whose list asks for its owner first, and says why."""

    # The relation to the owner.
    owner: ClassVar[str]

    @property
    def scope(self) -> str:
        """The list's parameter that names the owner."""
        return f"{self.owner}__id__exact"

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        return (*super().get_autocomplete_fields(request), self.owner)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        form = self._scope_form(request)
        if self.scope not in request.GET or not form.is_valid():
            return self._choose_owner(request, form)
        note = _("The %(things)s of %(owner)s.") % {
            "things": self.opts.verbose_name_plural,
            "owner": form.cleaned_data[self.scope],
        }
        words = {"scope_note": note, "scope_url": self.list_url()}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        owner = self._kept_scope(request)
        # Saves the call that would find whose a lone key is.
        return queryset.filter(**{self.owner: owner}) if owner else queryset

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if owner := self._kept_scope(request):
            initial.setdefault(self.owner, owner)
        return initial

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, self.owner) if obj else fields

    def list_address_of(self, obj: Any) -> str:
        owner = getattr(obj, f"{self.owner}_id")
        return f"{self.list_url()}?{self.scope}={owner}"

    def _response_post_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = HttpResponse(status=302)
        response["Location"] = self.list_address_of(obj)
        return response

    def _choose_owner(self, request: HttpRequest, form: forms.Form) -> HttpResponse:
        note = _(
            "The Notify API lists the %(things)s of one %(owner)s at a time: choose one."
        ) % {
            "things": self.opts.verbose_name_plural,
            "owner": self._relation.related_model._meta.verbose_name,
        }
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(self.opts.verbose_name_plural),
            "note": note,
            "form": form,
            "field": form[self.scope],
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/portal/choose_service.html", context)

    @property
    def _relation(self) -> Any:
        return self.opts.get_field(self.owner)

    def _scope_form(self, request: HttpRequest) -> forms.Form:
        relation = self._relation
        field = forms.ModelChoiceField(
            relation.related_model._default_manager.all(),
            label=capfirst(relation.related_model._meta.verbose_name),
            widget=AutocompleteSelect(relation, self.admin_site),
        )
        form_class = type("OwnerForm", (forms.Form,), {self.scope: field})
        is_chosen = self.scope in request.GET
        form: forms.Form = form_class(request.GET if is_chosen else None)
        return form

    def _kept_scope(self, request: HttpRequest) -> uuid.UUID | None:
        kept = QueryDict(request.GET.get(KEPT_FILTERS, "")).get(self.scope)
        try:
            return uuid.UUID(kept) if kept else None
        except ValueError:
            return None


class ServiceScopedAdmin(OwnedAdmin):
    """An admin of what the API lists for one service at a time."""

    owner = "service"
    # Relations to people, who are named from the service's team in one call.
    people: ClassVar[tuple[str, ...]] = ()

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        listed: Any = super().get_changelist_instance(request)
        rows = listed.queryset._result_cache or listed.result_list
        if self.people and rows:
            name_people(rows, self.people)
        return listed


def name_people(rows: Sequence[Any], names: Sequence[str]) -> None:
    """Give rows of one service their people, without a call for each."""
    fields = [rows[0]._meta.get_field(name) for name in names]
    missing = {
        (field, pk)
        for field in fields
        for row in rows
        if (pk := getattr(row, field.attname)) and not field.is_cached(row)
    }
    if not missing:
        return
    service_id, person = rows[0].service_id, fields[0].related_model
    team = cache.get(
        f"admin-team-{service_id}",
        (f"service-{service_id}",),
        TEAM_SECONDS,
        lambda: {
            str(member.pk): member.name
            for member in person.objects.for_service(service_id)
        },
    )
    gone = {pk for _field, pk in missing if str(pk) not in team}
    left = person.objects.in_bulk(gone) if len(gone) == 1 else {}
    for row in rows:
        for field in fields:
            pk = getattr(row, field.attname)
            if pk and not field.is_cached(row):
                name = team.get(str(pk), _("Someone who left the team"))
                setattr(row, field.name, left.get(pk) or person(pk=pk, name=name))
