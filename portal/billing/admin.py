"""The superusers' pages of rates and yearly allowances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.billing.models import AnnualBilling, FactBilling, LetterRate, Rate
from portal.common.admin import PortalModelAdmin
from portal.common.replica_tables import ReplicaTable, register
from portal.common.scoped_admin import KEPT_FILTERS, ServiceScopedAdmin
from portal.services.months import financial_year, years_to_show

YEAR = "year"


def present_year() -> int:
    """The year in which the present financial year began."""
    return financial_year(localdate())


class YearFilter(admin.SimpleListFilter):
    """One financial year, the present one unless another is chosen."""

    title = gettext_lazy("financial year")
    parameter_name = YEAR

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            (str(year), _("%(year)d to %(next)d") % {"year": year, "next": year + 1})
            for year in years_to_show()
        ]

    def choices(self, changelist: Any) -> Iterator[Any]:
        # The API tells of one year at a time: there is no "all".
        chosen = self.value() or str(present_year())
        for year, title in self.lookup_choices:
            yield {
                "selected": year == chosen,
                "query_string": changelist.get_query_string({YEAR: year}),
                "display": title,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        # The admin has chosen the year already, for the page of one as well.
        return queryset


@admin.register(AnnualBilling)
class AllowanceAdmin(ServiceScopedAdmin):
    """How many text message parts are free for a service; the present year's can be set."""

    list_display = ("financial_year_start", "free_sms_fragment_limit")
    list_filter = (YearFilter,)
    ordering = ("-financial_year_start",)
    readonly_fields = ("financial_year_start",)
    fieldsets = (
        (
            None,
            {"fields": ("service", "financial_year_start", "free_sms_fragment_limit")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        kept = QueryDict(request.GET.get(KEPT_FILTERS, ""))
        year = request.GET.get(YEAR) or kept.get(YEAR) or ""
        chosen = int(year) if year.isdecimal() else present_year()
        return super().get_queryset(request).filter(financial_year_start=chosen)

    def has_add_permission(self, request: HttpRequest) -> bool:
        # Each service has one for each year.
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_past = obj is not None and obj.financial_year_start != present_year()
        return not is_past and super().has_change_permission(request, obj)


@admin.register(Rate)
class RateAdmin(PortalModelAdmin):
    """What a text message part costs, to be read."""

    list_display = ("rate", "notification_type", "valid_from")
    fieldsets = ((None, {"fields": ("rate", "notification_type", "valid_from")}),)


@admin.register(LetterRate)
class LetterRateAdmin(PortalModelAdmin):
    """What letters cost, by postage and number of sheets, to be read."""

    list_display = ("post_class", "sheet_count", "rate", "start_date")
    ordering = ("post_class", "sheet_count")
    fieldsets = (
        (None, {"fields": ("post_class", "sheet_count", "rate", "start_date")}),
    )


register(
    ReplicaTable(
        slug="billing",
        title=gettext_lazy("Billing"),
        model=FactBilling,
        date="bst_date",
        columns=(
            *("bst_date", "service__name", "notification_type", "provider", "rate"),
            *("rate_multiplier", "postage", "billable_units", "notifications_sent"),
        ),
        search=("service__name__icontains", "provider__icontains"),
        groups=("service__name", "notification_type", "provider", "postage", "rate"),
        sums=("billable_units", "notifications_sent"),
        labels={
            "bst_date": gettext_lazy("day"),
            "service__name": gettext_lazy("service"),
            "notification_type": gettext_lazy("channel"),
            "rate": gettext_lazy("rate in pounds"),
            "rate_multiplier": gettext_lazy("times the rate"),
            "sum_billable_units": gettext_lazy("parts to be paid"),
            "billable_units": gettext_lazy("parts to be paid"),
            "sum_notifications_sent": gettext_lazy("messages"),
            "notifications_sent": gettext_lazy("messages"),
        },
    )
)
