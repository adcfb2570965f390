"""The superusers' pages of brandings."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.branding.models import EmailBranding, LetterBranding
from portal.common.admin import PortalModelAdmin


@admin.register(EmailBranding)
class EmailBrandingAdmin(PortalModelAdmin):
    """Brandings of emails: find, add, change, archive."""

    list_display = ("name", "brand_type", "text", "colour", "logo")
    list_filter = ("brand_type",)
    search_fields = ("name", "text")
    search_help_text = _("Part of a name")
    ordering = ("name",)
    readonly_fields = ("id", "active", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("name", "brand_type", "colour")}),
        (
            _("Logo"),
            {
                "fields": ("logo", "text", "alt_text"),
                "description": _(
                    "A branding has either a text beside its logo or one that is read "
                    "out instead of it."
                ),
            },
        ),
        (None, {"fields": readonly_fields}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets: Any = self.fieldsets
        return fieldsets if obj else fieldsets[:2]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_archived = obj is not None and not obj.active
        return not is_archived and super().has_delete_permission(request, obj)


@admin.register(LetterBranding)
class LetterBrandingAdmin(PortalModelAdmin):
    """Logos of letters: find, add, rename."""

    list_display = ("name", "filename")
    search_fields = ("name", "filename")
    search_help_text = _("Part of a name")
    ordering = ("name",)
    readonly_fields = ("id", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("name", "filename")}),
        (None, {"fields": readonly_fields}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets: Any = self.fieldsets
        return fieldsets if obj else fieldsets[:1]
