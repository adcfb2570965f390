"""Counts and problems in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from portal.messages.check import Report


def recipient_count(kind: str, count: int) -> str:
    """Return "1 phone number", "2 email addresses" and the like."""
    if kind == "sms":
        words = ngettext("{count} phone number", "{count} phone numbers", count)
    elif kind == "email":
        words = ngettext("{count} email address", "{count} email addresses", count)
    else:
        words = ngettext("{count} address", "{count} addresses", count)
    return words.format(count=f"{count:,}")


def message_count(kind: str, count: int) -> str:
    """Return "1 text message", "1,000 emails", "2 letters" and the like."""
    if kind == "sms":
        words = ngettext("{count} text message", "{count} text messages", count)
    elif kind == "email":
        words = ngettext("{count} email", "{count} emails", count)
    else:
        words = ngettext("{count} letter", "{count} letters", count)
    return words.format(count=f"{count:,}")


def error_summary(report: Report, kind: str) -> list[str]:
    """Return what there is to do about a file's bad rows, with counts."""
    sentences = []
    if count := len(report.bad_recipients):
        sentences.append(
            ngettext("fix {recipients}", "fix {recipients}", count).format(
                recipients=recipient_count(kind, count)
            )
        )
    rows = [
        (
            len(report.missing_data),
            ngettext(
                "enter missing data in {count} row",
                "enter missing data in {count} rows",
                len(report.missing_data),
            ),
        ),
        (
            len(report.too_long),
            ngettext(
                "shorten the message in {count} row",
                "shorten the messages in {count} rows",
                len(report.too_long),
            ),
        ),
        (
            len(report.empty),
            ngettext(
                "check you have content for the empty message in {count} row",
                "check you have content for the empty messages in {count} rows",
                len(report.empty),
            ),
        ),
    ]
    sentences += [words.format(count=f"{count:,}") for count, words in rows if count]
    return sentences
