"""When somebody of the team is at work."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from portal.messages.formats.letter_days import is_bank_holiday

OPENS, CLOSES = time(9, 30), time(17, 30)
SATURDAY = 5


def is_working_time(moment: datetime) -> bool:
    """Tell whether it is between 9:30am and 5:30pm on a working day, in the portal's zone."""
    here = timezone.localtime(moment)
    is_working_day = here.weekday() < SATURDAY and not is_bank_holiday(here.date())
    return is_working_day and OPENS <= here.time() < CLOSES
