"""The superusers' pages of numbers that receive text messages, and of what they received."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin import PortalModelAdmin
from portal.common.admin_columns import LinkColumn
from portal.common.scoped_admin import ServiceScopedAdmin
from portal.inbound.models import InboundNumber, InboundSms


class OwnerFilter(admin.SimpleListFilter):
    """Free or given to a service."""

    title = _("service")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("some", _("Has a service")), ("none", _("Free"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() is None:
            return queryset
        return queryset.filter(service__isnull=self.value() == "none")


@admin.register(InboundNumber)
class InboundNumberAdmin(PortalModelAdmin):
    """The platform's numbers: who has which; give a free one to a service, or take it away."""

    remove_word = _("Take away")
    list_display = (
        *("number", LinkColumn(InboundNumber, "service"), "provider"),
        *("active", "created_at"),
    )
    list_filter = (OwnerFilter, "active")
    list_select_related = ("service",)
    search_fields = ("number", "service__name")
    search_help_text = _("Part of a number or of a service’s name")
    ordering = ("number",)
    autocomplete_fields = ("service",)
    readonly_fields = ("id", "number", "provider", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("number", "service", "active")}),
        (None, {"fields": ("provider", "id", "created_at", "updated_at")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        # A number is given to a service, or taken away; not moved, and not changed when free.
        return (*fields, "service") if obj.service_id else (*fields, "active")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_free = obj is not None and obj.service_id is None
        return not is_free and super().has_delete_permission(request, obj)


@admin.register(InboundSms)
class InboundSmsAdmin(ServiceScopedAdmin):
    """What people texted to a service, to be read."""

    masked_fields = ("user_number", "content")
    list_display = ("created_at", "user_number", "content", "notify_number")
    search_fields = ("user_number", "content")
    search_help_text = _("Part of a number or of a message")
    ordering = ("-created_at",)
    fieldsets = (
        (None, {"fields": ("service", "created_at", "user_number", "content")}),
        (None, {"fields": ("notify_number", "id")}),
    )
