"""The superusers' pages of providers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.admin import PortalModelAdmin
from portal.providers.models import ProviderDetails, ProviderDetailsHistory


@admin.register(ProviderDetails)
class ProviderDetailsAdmin(PortalModelAdmin):
    """Providers: see their share of the traffic, change it with a reason."""

    list_display = (
        *("display_name", "notification_type", "priority", "active"),
        *("supports_international", "updated_at", "sms_this_month"),
    )
    list_filter = ("notification_type", "active")
    search_fields = ("display_name", "identifier")
    search_help_text = gettext_lazy("Name of a provider")
    ordering = ("notification_type", "-priority")
    readonly_fields = (
        *("id", "display_name", "identifier", "notification_type", "active"),
        *("supports_international", "updated_at", "versions"),
    )
    fieldsets = (
        (None, {"fields": ("display_name", "identifier", "notification_type", "id")}),
        (
            gettext_lazy("Share of the traffic"),
            {"fields": ("priority", "reason", "active", "supports_international")},
        ),
        (gettext_lazy("Versions"), {"fields": ("versions",)}),
    )

    @admin.display(description=gettext_lazy("text message parts this month"))
    def sms_this_month(self, provider: ProviderDetails) -> int:
        return provider.current_month_billable_sms

    @admin.display(description=gettext_lazy("versions"))
    def versions(self, provider: ProviderDetails) -> Any:
        found = ProviderDetailsHistory.objects.filter(id=provider.pk)
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
