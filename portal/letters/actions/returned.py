"""Letters that came back."""

from __future__ import annotations

import datetime as dt

from portal.clients import service_api_client
from portal.letters.returned import ReturnDay, ReturnedLetter, ReturnReport
from portal.remote.answers import reading
from portal.services.models import Service


def list_return_days(*, service: Service) -> list[ReturnDay]:
    """Read on which days letters came back, the last day first."""
    found = service_api_client.get_returned_letter_summary(str(service.pk))
    with reading():
        days = [
            ReturnDay(
                dt.date.fromisoformat(row["reported_at"]), row["returned_letter_count"]
            )
            for row in found
        ]
    return sorted(days, key=lambda day: day.day, reverse=True)


def load_returned_letters(*, service: Service, day: dt.date) -> ReturnReport:
    """Read the letters of one day's report."""
    answer = service_api_client.get_returned_letters(str(service.pk), day)
    with reading():
        letters = [ReturnedLetter.read(row) for row in answer["returned_letters"]]
        return ReturnReport(day, letters, answer["orphaned_count"])
