"""The superusers' pages of templates."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.scoped_admin import ServiceScopedAdmin
from portal.message_templates.models import Template


@admin.register(Template)
class TemplateAdmin(ServiceScopedAdmin):
    """A service's templates: read, correct, archive; each change makes a version."""

    list_display = ("name", "template_type", "id")
    list_filter = ("template_type",)
    search_fields = ("name",)
    search_help_text = _("Name of a template")
    ordering = ("name",)
    readonly_fields: ClassVar[Any] = ("id", "version", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("service", "template_type", "name", "id")}),
        (_("Words"), {"fields": ("subject", "content", "has_unsubscribe_link")}),
        (_("Version"), {"fields": ("version", "created_at", "updated_at")}),
    )
    add_fieldsets = (
        (None, {"fields": ("service", "template_type", "name")}),
        (_("Words"), {"fields": ("subject", "content", "has_unsubscribe_link")}),
    )

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "subject":
            kwargs["widget"] = AdminTextInputWidget(attrs={"size": 80})
        if db_field.name == "content":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 16})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        only_email = () if obj.template_type == "email" else ("has_unsubscribe_link",)
        no_subject = ("subject",) if obj.template_type == "sms" else ()
        return (*fields, "template_type", *only_email, *no_subject)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_archived = obj is not None and obj.archived
        return not is_archived and super().has_delete_permission(request, obj)
