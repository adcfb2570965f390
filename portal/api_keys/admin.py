"""The superusers' pages of API keys."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.api_keys.models import ApiKey
from portal.common.admin_columns import LinkColumn
from portal.common.scoped_admin import ServiceScopedAdmin


class RevokedFilter(admin.SimpleListFilter):
    """In use or revoked."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("in-use", _("In use")), ("revoked", _("Revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() is None:
            return queryset
        return queryset.filter(expiry_date__isnull=self.value() == "in-use")


@admin.register(ApiKey)
class ApiKeyAdmin(ServiceScopedAdmin):
    """A service's keys: read and revoke. Only members make keys, who alone see the secret."""

    remove_word = _("Revoke")
    list_display = (
        *("name", "key_type", LinkColumn(ApiKey, "created_by")),
        *("created_at", "expiry_date"),
    )
    people = ("created_by",)
    list_filter = (RevokedFilter, "key_type")
    search_fields = ("name",)
    search_help_text = _("Name of a key")
    ordering = ("name",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    *("service", "name", "key_type", "id"),
                    *("created_by", "created_at", "expiry_date"),
                )
            },
        ),
    )
    readonly_fields: ClassVar[Any] = ("id", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_revoked = obj is not None and obj.is_revoked
        return not is_revoked and super().has_delete_permission(request, obj)
