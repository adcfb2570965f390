"""Recorded answers about how dates, counts, money and statuses are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from portal.messages.formats import dates, letter_days, numbers, words
from portal.messages.text import with_single_spaces, without_odd_spaces, without_spaces
from portal.messages.typography import (
    en_dashes,
    smart_quotes,
    without_space_before_punctuation,
)
from tests.messages.differences import assert_recorded
from tests.messages.golden import cases

PLAIN = {
    "date": dates.day,
    "date_with_weekday": dates.day_with_weekday,
    "date_without_year": dates.day_without_year,
    "date_iso": dates.iso_day,
    "time": dates.hour,
    "time_24h": dates.clock,
    "weekday": dates.weekday,
    "datetime_iso": dates.iso_minute,
    "datetime": lambda moment: dates.at(dates.day(moment), moment),
    "datetime_with_weekday": lambda m: dates.at(dates.day_with_weekday(m), m),
    "datetime_without_year": lambda m: dates.at(dates.day_without_year(m), m),
    "retention_period": dates.retention_period,
    "message_count": words.message_count,
    "message_label": words.message_label,
    "recipient_count": words.recipient_count,
    "iterations": numbers.times,
    "characters": numbers.characters,
    "thousands": numbers.thousands,
    "large_number_words": numbers.in_words,
    "pounds": numbers.pounds,
    "file_size": numbers.file_size,
    "list_text": numbers.listed_text,
    "list_html": numbers.listed_html,
    "status_text": words.status_text,
    "status_style": words.status_style,
    "status_time": words.status_time,
    "channel_name": words.channel_name,
    "invite_status": words.invite_status,
    "yes_no": words.yes_no,
    "name_from_email": words.name_from_email,
    "safe_local_part": words.safe_local_part,
    "safe_id": words.safe_id,
    "sentence_case": words.sentence_case,
    "phone_human": words.readable_phone_number,
    "redact_phone": words.redacted_phone_number,
    "smart_quotes": smart_quotes,
    "en_dashes": en_dashes,
    "punctuation_space": without_space_before_punctuation,
    "normalise_whitespace": with_single_spaces,
    "strip_obscure": without_odd_spaces,
    "remove_all_whitespace": without_spaces,
}
AT_A_TIME = {
    "day_relative": dates.relative_day,
    "datetime_relative": dates.relative_moment,
    "datetime_sentence": dates.moment_in_sentence,
    "ago": dates.ago,
    "days_ago": dates.days_ago,
    "data_retention_left": dates.data_left,
    "letter_can_be_cancelled": letter_days.can_cancel,
    "printing_statement": letter_days.printing_statement,
}
OPTIONS = {
    "with_indefinite_article": "with_article",
    "service_data_retention_days": "days",
    "date_prefix": "before",
    "numeric_prefix": "before",
    "include_day_of_week": "with_weekday",
    "long": "is_long",
}


def found_format(given: dict[str, Any]) -> Any:
    function, args = given["function"], given["args"]
    options = {OPTIONS.get(key, key): v for key, v in given.get("options", {}).items()}
    now = datetime.fromisoformat(given["now"]) if given.get("now") else None
    if function in AT_A_TIME:
        return AT_A_TIME[function](*args, **options, now=now)
    if function == "letter_timings":
        days = letter_days.LetterDays.of(*args)
        return {
            "print_by": days.print_by.isoformat(),
            "is_printed": days.is_printed(now),
            "earliest": days.earliest.isoformat(),
            "latest": days.latest.isoformat(),
        }
    if function == "working_day":
        day = date.fromisoformat(args[0])
        return {
            "printing": letter_days.is_printing_day(day),
            "first_class": letter_days.is_first_class_day(day),
            "other_post": letter_days.is_post_day(day),
        }
    if function == "sign_in_method":
        return words.sign_in_method(*args, **options)
    if function in ("pennies_short", "pennies_long"):
        return numbers.pence(*args, **options)
    return PLAIN[function](*args, **options)


@pytest.mark.parametrize("case", cases("formatters"))
def test_people_read_dates_counts_and_statuses_as_the_platform_writes_them(case):
    assert_recorded(case, {"result": found_format(case["input"])})
