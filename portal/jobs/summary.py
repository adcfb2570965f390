"""What the check page says of a file, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.jobs.actions import Checked
from portal.jobs.uploads import Upload
from portal.jobs.verdicts import Verdict
from portal.messages.formats.postage import POSTAGE
from portal.messages.formats.words import message_count
from portal.messages.letter_pages import sheets_of
from portal.messages.recipients import UK_PREFIX
from portal.messages.report import MOST_LENGTHENED


@dataclass(frozen=True)
class Fact:
    """A line of the summary: what it is about, and one or more sentences."""

    name: str
    values: list[str]


def notes_on(upload: Upload) -> list[str]:
    """Say how a file was read, where that is not what its owner expects."""
    notes, told = upload.notes, []
    if upload.encoding not in ("", "UTF-8"):
        told.append(
            _("The file was read as %(encoding)s.") % {"encoding": upload.encoding}
        )
    if notes.hidden_rows:
        told.append(
            ngettext(
                "%(count)s hidden row was left out.",
                "%(count)s hidden rows were left out.",
                notes.hidden_rows,
            )
            % {"count": f"{notes.hidden_rows:,}"}
        )
    if notes.hidden_columns:
        told.append(
            ngettext(
                "%(count)s hidden column was left out.",
                "%(count)s hidden columns were left out.",
                notes.hidden_columns,
            )
            % {"count": f"{notes.hidden_columns:,}"}
        )
    if notes.cells_without_result:
        told.append(
            ngettext(
                "%(count)s cell holds a formula without a result and was read as empty.",
                "%(count)s cells hold formulas without a result and were read as empty.",
                notes.cells_without_result,
            )
            % {"count": f"{notes.cells_without_result:,}"}
        )
    if notes.dates_and_times:
        told.append(
            _(
                "Dates and times of the workbook are written as 2026-12-31 and 09:30:00. "
                "To have them as you want them, format their columns as text and type "
                "them again."
            )
        )
    return told


def kinds_of(verdict: Verdict) -> list[tuple[str, str, int]]:
    """Return the kinds of rows worth a look of their own: word, text and count."""
    texts = {
        "errors": _("with errors"),
        "recipients": _("wrong recipients"),
        "missing": _("missing data"),
        "long": _("too long"),
        "empty": _("empty messages"),
        "codes": _("QR codes"),
        "duplicates": _("repeated recipients"),
        "abroad": _("one digit too many"),
    }
    counts = verdict.counts
    return [(kind, text, counts[kind]) for kind, text in texts.items() if counts[kind]]


def facts_on(
    checked: Checked, kind: str, *, postage: str = "", pages: int = 0
) -> list[Fact]:
    """Sum up what will be sent, what it costs, and what may still be sent today.

    `pages` are those of the letter that is shown; others of the file can have more.
    """
    verdict, limits = checked.verdict, checked.limits
    facts = [Fact(_("To be sent"), [message_count(verdict.row_count, kind)])]
    if kind == "sms":
        if any(parts > 1 for _prefix, _multiplier, parts, _count in verdict.charges):
            facts.append(Fact(_("Length"), [*_lengths(verdict), *_letters(verdict)]))
        if verdict.international_count:
            facts.append(Fact(_("Countries"), _countries(verdict)))
        facts.append(Fact(_("Cost"), _cost(checked)))
    elif kind == "letter":
        facts += _letter_facts(checked, postage, pages)
    else:
        facts.append(Fact(_("Cost"), [_("Nothing: emails are free.")]))
    if limits.remaining_messages is not None:
        left = max(limits.remaining_messages - verdict.row_count, 0)
        facts.append(
            Fact(
                _("Left for today"),
                [_("%(left)s after this file") % {"left": message_count(left, kind)}],
            )
        )
    return facts


def _lengths(verdict: Verdict) -> list[str]:
    lengths: Counter[int] = Counter()
    for _prefix, _multiplier, parts, count in verdict.charges:
        lengths[parts] += count
    return [
        ngettext(
            "%(messages)s of %(parts)s part", "%(messages)s of %(parts)s parts", parts
        )
        % {"messages": message_count(count, "sms"), "parts": parts}
        for parts, count in sorted(lengths.items())
    ]


def _letters(verdict: Verdict) -> list[str]:
    """Say which letters make messages longer, and in which rows."""
    if not verdict.lengthened:
        return []
    rows = [str(number) for number in verdict.lengthened]
    words = {
        "rows": get_text_list(rows, _("and")),
        "letters": get_text_list([f"‘{c}’" for c in verdict.lengthening], _("and")),
    }
    if len(rows) == MOST_LENGTHENED:
        told = _(
            "Rows %(rows)s, and perhaps others, are longer because of %(letters)s."
        )
    else:
        told = ngettext(
            "Row %(rows)s is longer because of %(letters)s.",
            "Rows %(rows)s are longer because of %(letters)s.",
            len(rows),
        )
    return [
        told % words,
        _("A text message with such a letter holds 70 characters, not 160."),
    ]


def _countries(verdict: Verdict) -> list[str]:
    sent: Counter[str] = Counter()
    rates: dict[str, int | None] = {}
    for prefix, multiplier, _parts, count in verdict.charges:
        sent[prefix] += count
        rates[prefix] = multiplier
    told = []
    for prefix, count in sent.most_common():
        words = {"messages": message_count(count, "sms"), "prefix": f"+{prefix}"}
        if prefix == UK_PREFIX:
            told.append(_("%(messages)s to %(prefix)s (UK)") % words)
        elif rates[prefix] is None:
            told.append(_("%(messages)s to %(prefix)s, at a rate not known") % words)
        else:
            told.append(
                _("%(messages)s to %(prefix)s, at %(times)s times the UK’s rate")
                % {**words, "times": rates[prefix]}
            )
    return told


def _cost(checked: Checked) -> list[str]:
    verdict = checked.verdict
    told = [
        _("Will be charged as %(count)s.")
        % {"count": message_count(verdict.charged_count, "sms")}
    ]
    if checked.rate is not None:
        sentence = (
            _("About £%(cost)s: all free text messages of this year are used.")
            if checked.is_free_used_up
            else _("About £%(cost)s, unless your free allowance pays for it.")
        )
        told.append(sentence % {"cost": f"{verdict.charged_count * checked.rate:,.2f}"})
    return told


def _letter_facts(checked: Checked, postage: str, pages: int) -> list[Fact]:
    """Say how letters go, and about what they cost if all are as long as the one shown."""
    facts = (
        [Fact(_("Postage"), [str(POSTAGE.get(postage, postage))])] if postage else []
    )
    rate = checked.letter_rates.get(postage, {}).get(sheets_of(pages))
    if rate is None:
        return facts
    sheets = ngettext(
        "%(n)s sheet of paper", "%(n)s sheets of paper", sheets_of(pages)
    ) % {"n": sheets_of(pages)}
    told = [
        _("About £%(cost)s: £%(rate)s for a letter of %(sheets)s.")
        % {
            "cost": f"{rate * checked.verdict.row_count:,.2f}",
            "rate": f"{rate:.2f}",
            "sheets": sheets,
        },
        _("Longer letters and letters abroad cost more."),
    ]
    return [*facts, Fact(_("Cost"), told)]


def problems_of(checked: Checked, kind: str) -> list[str]:
    """Say what is wrong with a file as a whole and, summed up, with its rows."""
    verdict, told = checked.verdict, []
    if verdict.row_count == 0:
        told.append(_("add rows: the file has none under its column headings"))
    if verdict.missing_columns:
        told += _missing_columns(verdict)
    elif not verdict.has_recipient_columns:
        told.append(_("add columns for at least 3 lines of the address"))
    if verdict.duplicate_columns:
        names = _quoted(verdict.duplicate_columns)
        told.append(_("keep only one of the columns %(names)s") % {"names": names})
    if verdict.has_too_many_rows:
        told.append(
            _("split the file: it has %(count)s rows, and %(most)s is the most")
            % {
                "count": f"{verdict.row_count:,}",
                "most": f"{checked.limits.max_rows:,}",
            }
        )
    if checked.is_over_allowance:
        told.append(_over_allowance(checked, kind))
    if not verdict.is_allowed:
        told.append(
            _(
                "only send to members of your team while the service is in trial mode:"
                " the file has other recipients"
            )
        )
    return [*told, *verdict.summary]


def _missing_columns(verdict: Verdict) -> list[str]:
    names = _quoted(verdict.missing_columns)
    told = [_("add the columns that are missing: %(names)s") % {"names": names}]
    for name in verdict.missing_columns:
        alike = get_close_matches(name, verdict.unused_headings, 1)
        if alike:
            told.append(
                _("rename the column “%(heading)s” if it should be “%(name)s”")
                % {"heading": alike[0], "name": name}
            )
    return told


def _over_allowance(checked: Checked, kind: str) -> str:
    remaining = checked.limits.remaining_messages
    if remaining is not None and checked.verdict.row_count > remaining:
        left = message_count(max(remaining, 0), kind)
        return _("send fewer messages: %(left)s can still be sent today") % {
            "left": left
        }
    left = message_count(max(checked.limits.remaining_international_sms or 0, 0), "sms")
    return _("send fewer messages abroad: %(left)s can still be sent today") % {
        "left": left
    }


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
