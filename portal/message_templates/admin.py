"""The superusers' pages of templates."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin import Link
from portal.common.admin_columns import LinkColumn
from portal.common.admin_links import link_to
from portal.common.scoped_admin import ServiceScopedAdmin
from portal.message_templates.models import Template, TemplateFolder


@admin.register(Template)
class TemplateAdmin(ServiceScopedAdmin):
    """A service's templates: read, correct, archive; each change makes a version."""

    list_display = ("name", "template_type", "id")
    list_filter = ("template_type",)
    search_fields = ("name",)
    search_help_text = _("Name of a template")
    ordering = ("name",)
    readonly_fields: ClassVar[Any] = (
        *("id", "version", "created_at", "updated_at"),
        "files",
    )
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
        if obj is None:
            return self.add_fieldsets
        if not obj.email_files:
            return self.fieldsets
        return (*self.fieldsets, (_("Files behind links"), {"fields": ("files",)}))

    @admin.display(description=_("files"))
    def files(self, template: Template) -> str:
        return ", ".join(file.filename for file in template.email_files)

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

    def links_of(self, obj: Any) -> list[Link]:
        page = f"/services/{obj.service_id}/templates/{obj.pk}"
        links = [Link(_("Staff page"), page), Link(_("Versions"), f"{page}/versions")]
        if obj.email_files:
            links.append(Link(_("Files"), f"{page}/files"))
        return links


@admin.register(TemplateFolder)
class TemplateFolderAdmin(ServiceScopedAdmin):
    """A service's folders: add at the top, rename, delete when empty."""

    remove_word = _("Delete")
    list_display = ("name", LinkColumn(TemplateFolder, "parent"))
    search_fields = ("name",)
    search_help_text = _("Name of a folder")
    ordering = ("name",)
    readonly_fields: ClassVar[Any] = ("id", "inside")
    fieldsets = ((None, {"fields": ("service", "name", "inside", "id")}),)
    add_fieldsets = ((None, {"fields": ("service", "name")}),)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def links_of(self, obj: Any) -> list[Link]:
        page = f"/services/{obj.service_id}/templates/folders/{obj.pk}"
        return [Link(_("Staff page"), page)]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        listed: Any = super().get_changelist_instance(request)
        # Those that folders are in come in the same list.
        rows = listed.queryset._result_cache or ()
        known = {folder.pk: folder for folder in rows}
        for folder in rows:
            if folder.parent_id in known:
                folder.parent = known[folder.parent_id]
        return listed

    @admin.display(description=_("inside"))
    def inside(self, folder: TemplateFolder) -> Any:
        if folder.parent_id is None:
            return None
        siblings = TemplateFolder.objects.filter(service=folder.service_id)
        parent = siblings.filter(pk=folder.parent_id).first()
        return link_to(parent) if parent else None
