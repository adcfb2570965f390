"""The superusers' pages of what services sent."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin import Link
from portal.common.admin_columns import LinkColumn
from portal.common.scoped_admin import ServiceScopedAdmin
from portal.notifications.models import Notification
from portal.remote import choices


class StatusFilter(admin.SimpleListFilter):
    """The state of a message; those that failed for any reason together too."""

    title = _("state")
    parameter_name = "state"
    failures = ("temporary-failure", "permanent-failure", "technical-failure")

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        found = [c for c in choices.NOTIFICATION_STATUS_TYPES if c[0] != "failed"]
        return [("any-failure", _("Failed for any reason")), *found]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() == "any-failure":
            return queryset.filter(status__in=self.failures)
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Notification)
class NotificationAdmin(ServiceScopedAdmin):
    """What a service sent, to be read: who got what and when, and what became of it."""

    masked_fields = ("to", "personalisation")
    # The API's own pages, in its only order.
    list_per_page = 50
    sortable_by = ()
    list_display = (
        *("created_at", "to", "notification_type", "status"),
        *(LinkColumn(Notification, "template"), "client_reference"),
    )
    list_filter = (StatusFilter, "notification_type")
    search_fields = ("to",)
    search_help_text = _("Part of a recipient’s number or address")
    ordering = ("-created_at",)
    fieldsets = (
        (None, {"fields": ("service", "to", "notification_type", "status", "id")}),
        (_("Words"), {"fields": ("template", "template_version", "personalisation")}),
        (_("Times"), {"fields": ("created_at", "sent_at", "updated_at")}),
        (_("References"), {"fields": ("client_reference", "postage", "key_type")}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[Any, bool]:
        # The API looks for recipients in its own way.
        found: Any = queryset
        return (found.sent_to(search_term) if search_term else found), False

    def links_of(self, obj: Any) -> list[Link]:
        page = f"/services/{obj.service_id}/notification/{obj.pk}"
        return [Link(_("Staff page"), page)]
