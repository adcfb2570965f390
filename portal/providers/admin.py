"""The superusers' pages of providers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.admin import PortalModelAdmin
from portal.common.admin_actions import AskForm, Question, asks_first
from portal.providers.models import ProviderDetails, ProviderDetailsHistory


class PriorityForm(AskForm):
    """The share of the traffic, and why."""

    priority = forms.IntegerField(
        label=gettext_lazy("Priority"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Its share of its channel’s traffic, of 100."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=255, required=False
    )


@admin.register(ProviderDetails)
class ProviderDetailsAdmin(PortalModelAdmin):
    """Providers: see their share of the traffic, change it with a reason."""

    list_display = (
        *("display_name", "notification_type", "priority", "active"),
        *("supports_international", "updated_at", "sms_this_month"),
    )
    actions = ("set_priority",)
    list_filter = ("notification_type", "active")
    search_fields = ("display_name", "identifier")
    search_help_text = gettext_lazy("Name of a provider")
    ordering = ("notification_type", "-priority")
    readonly_fields = (
        *("id", "display_name", "identifier", "notification_type", "active"),
        *("supports_international", "updated_at"),
    )
    fieldsets = (
        (None, {"fields": ("display_name", "identifier", "notification_type", "id")}),
        (
            gettext_lazy("Share of the traffic"),
            {"fields": ("priority", "reason", "active", "supports_international")},
        ),
    )

    @asks_first(
        description=gettext_lazy("Set the priority of the selected providers"),
        question=Question(
            title=gettext_lazy("Which priority do these providers get?"),
            button=gettext_lazy("Set priority"),
            form_class=PriorityForm,
        ),
        done="changed",
        only=lambda provider: provider.active,
        unfit=gettext_lazy("It is not active."),
    )
    def set_priority(
        self, request: HttpRequest, provider: ProviderDetails, given: dict[str, Any]
    ) -> dict[str, Any]:
        provider.priority, provider.reason = given["priority"], given["reason"] or None
        provider.save()
        return given

    @admin.display(description=gettext_lazy("text message parts this month"))
    def sms_this_month(self, provider: ProviderDetails) -> int:
        return provider.current_month_billable_sms

    def versions_of(self, obj: ProviderDetails) -> Any:
        found = ProviderDetailsHistory.objects.filter(id=obj.pk)
        heads = (_("Version"), _("Priority"), _("Who"), _("When"), _("Reason"))
        rows = (
            (v.version, v.priority, v.changed_by, _when(v), v.reason or "–")
            for v in found.order_by("-version")
        )
        return format_html(
            "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
            format_html_join("", '<th scope="col">{}</th>', ((h,) for h in heads)),
            format_html_join(
                "",
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                rows,
            ),
        )


def _when(version: ProviderDetailsHistory) -> str:
    if version.updated_at is None:
        return "–"
    return str(localize(localtime(version.updated_at)))
