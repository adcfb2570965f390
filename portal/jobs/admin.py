"""The superusers' pages of jobs and contact lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin import Link
from portal.common.admin_columns import LinkColumn
from portal.common.replica_tables import ReplicaTable, register
from portal.common.scoped_admin import ServiceScopedAdmin
from portal.jobs.models import Job, ServiceContactList


@admin.register(Job)
class JobAdmin(ServiceScopedAdmin):
    """A service's spreadsheets, the newest first; scheduled ones can be cancelled."""

    remove_word = _("Cancel")
    # The API's own pages, in its only order.
    list_per_page = 50
    sortable_by = ()
    list_display = (
        *("original_file_name", "job_status", "notification_count"),
        *("created_at", "scheduled_for", LinkColumn(Job, "created_by")),
    )
    list_filter = ("job_status",)
    people = ("created_by",)
    ordering = ("-created_at",)
    fieldsets = (
        (None, {"fields": ("service", "original_file_name", "job_status", "id")}),
        (None, {"fields": ("template_version", "notification_count")}),
        (
            None,
            {
                "fields": (
                    *("created_by", "created_at", "scheduled_for"),
                    *("processing_started", "processing_finished"),
                )
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_over = obj is not None and obj.job_status != "scheduled"
        return not is_over and super().has_delete_permission(request, obj)

    def links_of(self, obj: Any) -> list[Link]:
        service = f"/services/{obj.service_id}"
        return [
            Link(_("Staff page"), f"{service}/jobs/{obj.pk}"),
            Link(_("Template"), f"{service}/templates/{obj.template_id}"),
        ]


@admin.register(ServiceContactList)
class ContactListAdmin(ServiceScopedAdmin):
    """A service's saved spreadsheets of recipients."""

    remove_word = _("Delete")
    list_display = (
        *("original_file_name", "template_type", "row_count", "created_at"),
        "maker",
    )
    list_filter = ("template_type",)
    readonly_fields = ("maker",)
    search_fields = ("original_file_name",)
    search_help_text = _("Part of a file’s name")
    ordering = ("-created_at",)
    fieldsets = (
        (None, {"fields": ("service", "original_file_name", "template_type")}),
        (None, {"fields": ("row_count", "maker", "created_at", "id")}),
    )

    @admin.display(description=_("uploaded by"))
    def maker(self, contact_list: ServiceContactList) -> Any:
        return contact_list.extra.get("created_by_name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        # A list is a file that staff upload and check.
        return False


register(
    ReplicaTable(
        slug="jobs",
        title=_("Jobs"),
        model=Job,
        date="created_at",
        columns=(
            *("created_at", "service__name", "original_file_name", "job_status"),
            *("notification_count", "created_by__name", "scheduled_for", "id"),
        ),
        search=("original_file_name__icontains", "service__name__icontains"),
        filters=("job_status",),
        groups=("service__name", "job_status"),
        sums=("notification_count",),
        labels={"service__name": _("service"), "created_by__name": _("uploaded by")},
    )
)
