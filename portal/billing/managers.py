"""How rates, allowances and usage are read from the API, and allowances set."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from django.db import NotSupportedError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.clients import (
    billing_api_client,
    letter_rate_api_client,
    sms_rate_api_client,
)
from portal.remote.errors import Rejected
from portal.remote.owners import Items, ServiceListQuerySet
from portal.remote.parallel import together
from portal.remote.plan import Plan, Row, Rows, ScopeRequired
from portal.remote.query import RemoteQuerySet
from portal.remote.values import derived_id

if TYPE_CHECKING:
    from portal.billing.models import (  # noqa: F401 - named in strings
        AnnualBilling,
        FactBilling,
        LetterRate,
        Rate,
    )

APRIL = 4
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


class RateQuerySet(RemoteQuerySet["Rate"]):
    """What a text message part costs now; its key is made of the day that it began."""

    def fetch(self, plan: Plan) -> Rows:
        row = sms_rate_api_client.get_sms_rate()
        pk = derived_id("sms rate", row["valid_from"])
        return Rows([{"id": pk, "notification_type": "sms", **row}])


class LetterRateQuerySet(RemoteQuerySet["LetterRate"]):
    """What letters cost now; the keys are made of postage, sheets and beginning."""

    def fetch(self, plan: Plan) -> Rows:
        names = ("post_class", "sheet_count", "start_date")
        # Those that have ended, and those for others than the Crown, are not told of.
        known = {"crown": True, "end_date": None}
        return Rows(
            [
                {
                    "id": derived_id("letter rate", *(row[n] for n in names)),
                    **known,
                    **row,
                }
                for row in letter_rate_api_client.get_letter_rates()
            ]
        )


class AnnualBillingQuerySet(ServiceListQuerySet["AnnualBilling"]):
    """How many text message parts are free for a service in a financial year.

    The keys are made of service and year.
    """

    details_at_most = 0
    list_fields = ("id", "service", "financial_year_start", "free_sms_fragment_limit")

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        years = plan.one_of("financial_year_start")
        if years is None:
            raise ScopeRequired(
                "The Notify API tells the allowance of one year at a time: "
                "add .filter(financial_year_start=…)."
            )
        load = billing_api_client.get_free_sms_fragment_limit_for_year
        found = together(*(partial(load, owner_id, year) for year in years))
        return [
            _allowance(owner_id, year, limit)
            for year, limit in zip(years, found, strict=True)
        ]

    def send_create(self, payload: dict[str, Any]) -> Row:
        return self._set(
            payload["service_id"],
            payload["financial_year_start"],
            payload["free_sms_fragment_limit"],
        )

    def send_update(
        self, instance: AnnualBilling, payload: dict[str, Any]
    ) -> Row | None:
        self.refuse_other(payload, "free_sms_fragment_limit")
        return self._set(
            str(instance.service_id),
            instance.financial_year_start,
            payload["free_sms_fragment_limit"],
        )

    def _set(self, service_id: str, year: int, limit: int) -> Row:
        if year != _financial_year(timezone.localdate()):
            sentence = _("Only the allowance of the present year can be changed.")
            raise Rejected(sentence, errors={"financial_year_start": [sentence]})
        billing_api_client.create_or_update_free_sms_fragment_limit(service_id, limit)
        return _allowance(service_id, year, limit)


class FactBillingQuerySet(ServiceListQuerySet["FactBilling"]):
    """A service's usage by month, type, rate and postage, summed up by the API.

    ``bst_date`` is the first day of the month; templates and providers are not told;
    what was free and what it cost is in ``extra``. E-mails cost nothing and are left out.
    """

    details_at_most = 0
    list_fields = (
        *("service", "bst_date", "notification_type", "rate", "postage"),
        *("billable_units", "notifications_sent"),
    )

    def of_year(self, year: int) -> Self:
        """The usage of the financial year that begins in April of this one."""
        return self.scoped("year", year)

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        year = self.scopes.get("year")
        if year is None:
            raise ScopeRequired(
                "The Notify API tells the usage of one financial year: add .of_year(…)."
            )
        days = [name for name, _lookup in plan.terms if name == "bst_date"]
        if days or any(name.startswith("bst_date") for name in plan.rest):
            raise NotSupportedError(
                "The Notify API sums usage up by month, so days cannot be told apart; "
                'use .using("notify_replica") where a replica is configured.'
            )
        items = billing_api_client.get_monthly_usage_for_service(owner_id, year)
        return [_usage(year, item) for item in items]


def _usage(year: int, item: Row) -> Row:
    row = dict(item)
    month = MONTHS.index(row.pop("month")) + 1
    row["bst_date"] = str(dt.date(year if month >= APRIL else year + 1, month, 1))
    row["billable_units"] = row.pop("chargeable_units")
    return row


def _allowance(service_id: str, year: int, limit: int) -> Row:
    return {
        "id": derived_id("allowance", service_id, year),
        "service_id": service_id,
        "financial_year_start": year,
        "free_sms_fragment_limit": limit,
    }


def _financial_year(day: dt.date) -> int:
    return day.year if day.month >= APRIL else day.year - 1
