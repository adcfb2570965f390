"""The API's routes about usage, allowances, rates and billing reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.remote.cache import cache
from portal.remote.client import Id, NotifyAdminAPIClient, given

_RATES_SECONDS = 3600


class BillingAPIClient(NotifyAdminAPIClient):
    """Usage of services, by financial year, and the reports of platform admins."""

    def get_monthly_usage_for_service(self, service_id: Id, year: int) -> Any:
        """Return a financial year's usage by month, type and rate; slow on the real API."""
        return self.get(
            f"/service/{service_id}/billing/monthly-usage", params={"year": year}
        )

    def get_annual_usage_for_service(
        self, service_id: Id, year: int | None = None
    ) -> Any:
        """Return a financial year's usage in one row for each type and rate."""
        return self.get(
            f"/service/{service_id}/billing/yearly-usage-summary",
            params=given(year=year),
        )

    def get_free_sms_fragment_limit_for_year(
        self, service_id: Id, year: int | None = None
    ) -> Any:
        """Return how many text-message parts are free in a financial year."""
        answer = self.get(
            f"/service/{service_id}/billing/free-sms-fragment-limit",
            params=given(financial_year_start=year),
        )
        return answer["free_sms_fragment_limit"]

    def create_or_update_free_sms_fragment_limit(
        self, service_id: Id, free_sms_fragment_limit: int
    ) -> Any:
        """Set the free text-message parts of this year and the years after it."""
        return self.post(
            f"/service/{service_id}/billing/free-sms-fragment-limit",
            data={"free_sms_fragment_limit": free_sms_fragment_limit},
        )

    def get_data_for_billing_report(
        self, start_date: date | str, end_date: date | str
    ) -> Any:
        """Return what each service is to be billed for."""
        return self._platform_stats("data-for-billing-report", start_date, end_date)

    def get_data_for_dvla_billing_report(
        self, start_date: date | str, end_date: date | str
    ) -> Any:
        """Return the letters to be billed, by day, postage and sheets."""
        return self._platform_stats(
            "data-for-dvla-billing-report", start_date, end_date
        )

    def get_data_for_volumes_by_service_report(
        self, start_date: date | str, end_date: date | str
    ) -> Any:
        """Return what each service sent, by type."""
        return self._platform_stats("volumes-by-service", start_date, end_date)

    def get_data_for_daily_volumes_report(
        self, start_date: date | str, end_date: date | str
    ) -> Any:
        """Return what was sent each day, by type."""
        return self._platform_stats("daily-volumes-report", start_date, end_date)

    def get_data_for_daily_sms_provider_volumes_report(
        self, start_date: date | str, end_date: date | str
    ) -> Any:
        """Return the text messages of each day, by provider."""
        return self._platform_stats(
            "daily-sms-provider-volumes-report", start_date, end_date
        )

    def _platform_stats(
        self, report: str, start_date: date | str, end_date: date | str
    ) -> Any:
        return self.get(
            f"/platform-stats/{report}",
            params={"start_date": str(start_date), "end_date": str(end_date)},
        )


class LetterRateApiClient(NotifyAdminAPIClient):
    """What letters cost."""

    @cache.set("letter-rates", tags=("rates",), ttl=_RATES_SECONDS)
    def get_letter_rates(self) -> Any:
        """Return the rates by postage and number of sheets."""
        return self.get("/letter-rates/")


class SMSRateApiClient(NotifyAdminAPIClient):
    """What text messages cost."""

    @cache.set("sms-rate", tags=("rates",), ttl=_RATES_SECONDS)
    def get_sms_rate(self) -> Any:
        """Return the rate of one text-message part."""
        return self.get("/sms-rate/")


billing_api_client = BillingAPIClient()
letter_rate_api_client = LetterRateApiClient()
sms_rate_api_client = SMSRateApiClient()
