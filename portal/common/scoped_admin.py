"""Admin pages of what the API lists for one service at a time."""

from __future__ import annotations

import uuid
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

SCOPE = "service__id__exact"
KEPT_FILTERS = "_changelist_filters"


def links_to_lists_of(service: Any, site: AdminSite) -> list[Link]:
    """Give the ways to all that the admin lists of one service."""
    return [
        Link(
            capfirst(model._meta.verbose_name_plural),
            f"{list_address(model._meta)}?{SCOPE}={service.pk}",
        )
        for model, model_admin in site._registry.items()
        if isinstance(model_admin, ServiceScopedAdmin)
    ]


class ServiceScopedAdmin(PortalModelAdmin):
    """An admin whose list asks for a service first, and says why."""

    autocomplete_fields: ClassVar[Any] = ("service",)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        form = self._scope_form(request)
        if SCOPE not in request.GET or not form.is_valid():
            return self._choose_service(request, form)
        note = _("The %(things)s of %(service)s.") % {
            "things": self.opts.verbose_name_plural,
            "service": form.cleaned_data[SCOPE],
        }
        words = {"scope_note": note, "scope_url": self.list_url()}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        service = self._kept_scope(request)
        # Saves the call that would find whose service a lone key belongs to.
        return queryset.filter(service=service) if service else queryset

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if service := self._kept_scope(request):
            initial.setdefault("service", service)
        return initial

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "service") if obj else fields

    def list_address_of(self, obj: Any) -> str:
        return f"{self.list_url()}?{SCOPE}={obj.service_id}"

    def _response_post_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = HttpResponse(status=302)
        response["Location"] = self.list_address_of(obj)
        return response

    def _choose_service(self, request: HttpRequest, form: forms.Form) -> HttpResponse:
        note = _(
            "The Notify API lists the %(things)s of one service at a time: choose a service."
        ) % {"things": self.opts.verbose_name_plural}
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(self.opts.verbose_name_plural),
            "note": note,
            "form": form,
            "field": form[SCOPE],
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/portal/choose_service.html", context)

    def _scope_form(self, request: HttpRequest) -> forms.Form:
        relation: Any = self.opts.get_field("service")
        field = forms.ModelChoiceField(
            relation.related_model._default_manager.all(),
            label=_("Service"),
            widget=AutocompleteSelect(relation, self.admin_site),
        )
        form_class = type("ServiceForm", (forms.Form,), {SCOPE: field})
        form: forms.Form = form_class(request.GET if SCOPE in request.GET else None)
        return form

    def _kept_scope(self, request: HttpRequest) -> uuid.UUID | None:
        kept = QueryDict(request.GET.get(KEPT_FILTERS, "")).get(SCOPE)
        try:
            return uuid.UUID(kept) if kept else None
        except ValueError:
            return None
