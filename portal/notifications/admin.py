"""The superusers' pages of what services sent."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from portal.common.admin import Link, PortalModelAdmin
from portal.common.admin_actions import Question, asks_first
from portal.common.admin_columns import LinkColumn
from portal.common.replica_tables import ReplicaTable, register
from portal.common.scoped_admin import ServiceScopedAdmin
from portal.notifications.models import (
    Complaint,
    Notification,
    NotificationHistory,
    UnsubscribeRequestReport,
)
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


@admin.register(Complaint)
class ComplaintAdmin(PortalModelAdmin):
    """Emails that their recipients reported as unwanted, of all services, to be read."""

    # The API's own pages, in its only order.
    list_per_page = 50
    sortable_by = ()
    list_display = (
        *("created_at", LinkColumn(Complaint, "service"), "complaint_type"),
        *("complaint_date", "message"),
    )
    ordering = ("-created_at",)

    @admin.display(description=_("message"))
    def message(self, complaint: Complaint) -> Any:
        page = (
            f"/services/{complaint.service_id}/notification/{complaint.notification_id}"
        )
        return format_html('<a href="{}">{}</a>', page, complaint.notification_id)

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        # The API has no page of one.
        return None


@admin.register(UnsubscribeRequestReport)
class UnsubscribeBatchAdmin(ServiceScopedAdmin):
    """The batches in which a service sees to requests to unsubscribe."""

    list_display = (
        *("earliest_timestamp", "latest_timestamp", "count"),
        "processed_by_service_at",
    )
    actions = ("mark_as_seen_to",)
    ordering = ("-latest_timestamp",)
    readonly_fields = ("id",)
    fieldsets = (
        (None, {"fields": ("service", "count", "processed_by_service_at")}),
        (None, {"fields": ("earliest_timestamp", "latest_timestamp", "id")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        # Only who takes the file makes a batch of it.
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Marking is all that the API takes: see the action.
        return False

    @asks_first(
        description=_("Mark the selected batches as seen to"),
        question=Question(
            title=_("Have the people of these batches been taken off the lists?"),
            button=_("Mark as seen to"),
        ),
        done="changed",
        permission="view",
        only=lambda batch: batch.processed_by_service_at is None,
        unfit=_("It is marked already."),
    )
    def mark_as_seen_to(
        self,
        request: HttpRequest,
        batch: UnsubscribeRequestReport,
        given: dict[str, Any],
    ) -> dict[str, Any]:
        batch.processed_by_service_at = now()
        batch.save()
        return {"processed_by_service_at": batch.processed_by_service_at}


SENT = ("created_at", "service__name", "notification_type", "status")
SENT_LABELS = {"service__name": _("service"), "template__name": _("template")}
register(
    ReplicaTable(
        slug="notifications",
        title=_("Messages"),
        model=Notification,
        date="created_at",
        columns=(*SENT, "to", "template__name", "client_reference", "id"),
        search=("normalised_to__icontains", "to__icontains", "client_reference"),
        filters=("notification_type", "status", "key_type"),
        groups=("service__name", "notification_type", "status", "template__name"),
        sums=("billable_units",),
        masked=("to",),
        labels=SENT_LABELS,
    )
)
register(
    ReplicaTable(
        slug="notification-history",
        title=_("Messages that are no longer kept in full"),
        model=NotificationHistory,
        date="created_at",
        columns=(*SENT, "sent_by", "client_reference", "id"),
        search=("client_reference", "service__name__icontains"),
        filters=("notification_type", "status", "key_type"),
        groups=("service__name", "notification_type", "status", "sent_by"),
        sums=("billable_units",),
        labels=SENT_LABELS,
    )
)
