"""The superusers' pages of the audit log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.common.admin_export import ExportsList
from portal.common.audit_words import ACTIONS, action_of, changes_of, kind_of
from portal.common.models import AuditEvent
from portal.messages.formats import dates


class KindFilter(admin.SimpleListFilter):
    """One kind of thing: services, organisations…"""

    title = _("kind of thing")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        kept = (model._meta for model in model_admin.admin_site._registry)
        kinds = [
            (opts.label_lower, capfirst(opts.verbose_name_plural))
            for opts in kept
            if opts.model is not AuditEvent
        ]
        return sorted(kinds, key=lambda kind: str(kind[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return queryset.filter(model=self.value()) if self.value() else queryset


class ActionFilter(admin.SimpleListFilter):
    """One kind of change: added, archived…"""

    title = _("action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return list(ACTIONS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(AuditEvent)
class AuditEventAdmin(ExportsList, admin.ModelAdmin):  # type: ignore[type-arg]
    """The audit log, to be read."""

    keeps_audit = True
    empty_value_display = "–"
    list_per_page = 100
    show_facets = admin.ShowFacets.NEVER
    list_display = ("when", "actor_name", "done", "kind", "object_repr")
    list_filter = (KindFilter, ActionFilter)
    search_fields = ("actor_name", "object_repr", "object_id", "trace_id")
    search_help_text = _("Who, what, its ID or a trace")
    date_hierarchy = "at"
    actions = None
    change_form_template = "admin/portal/event.html"
    change_list_template = "admin/portal/change_list.html"
    fields = (
        *("when", "actor_name", "actor_id", "done", "kind", "object_repr"),
        *("object_id", "changes", "trace_id"),
    )

    @admin.display(description=_("time"), ordering="at")
    def when(self, event: AuditEvent) -> str:
        return dates.second(event.at)

    @admin.display(description=_("action"), ordering="action")
    def done(self, event: AuditEvent) -> str:
        return action_of(event)

    @admin.display(description=_("kind of thing"), ordering="model")
    def kind(self, event: AuditEvent) -> str:
        return kind_of(event)

    @admin.display(description=_("changes"))
    def changes(self, event: AuditEvent) -> str:
        return render_to_string(
            "admin/portal/changes.html", {"changes": changes_of(event)}
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        return super().changelist_view(
            request, {"title": _("Audit log"), **(extra_context or {})}
        )

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        raise Http404

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
