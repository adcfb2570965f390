"""Problems of a file in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from portal.messages import report
from portal.messages.formats.words import recipient_count


def error_summary(found: report.Report, kind: str) -> list[str]:
    """Return what there is to do about a file's bad rows, with counts."""
    bad = found.count(report.BAD_RECIPIENT)
    missing = found.count(report.MISSING_DATA)
    long = found.count(report.TOO_LONG)
    empty = found.count(report.EMPTY)
    codes = found.count(report.BAD_QR_CODE)
    sentences = [
        (
            bad,
            ngettext("fix {recipients}", "fix {recipients}", bad).format(
                recipients=recipient_count(bad, kind)
            ),
        ),
        (
            missing,
            ngettext(
                "enter missing data in {count} row",
                "enter missing data in {count} rows",
                missing,
            ),
        ),
        (
            long,
            ngettext(
                "shorten the message in {count} row",
                "shorten the messages in {count} rows",
                long,
            ),
        ),
        (
            empty,
            ngettext(
                "check you have content for the empty message in {count} row",
                "check you have content for the empty messages in {count} rows",
                empty,
            ),
        ),
        (
            codes,
            ngettext(
                "enter fewer characters for the QR code links in {count} row",
                "enter fewer characters for the QR code links in {count} rows",
                codes,
            ),
        ),
    ]
    return [words.format(count=f"{count:,}") for count, words in sentences if count]
