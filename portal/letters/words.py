"""What is wrong with a letter's file, in sentences that say the way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.letters import verdicts
from portal.messages.letter_pages import PAGE_LIMIT, sheets_of
from portal.messages.postal_addresses import PostalAddress

_ADDRESS: dict[str, Any] = {
    "address-is-empty": gettext_lazy(
        "There is no address where the envelope has its window. Put the recipient’s "
        "address there."
    ),
    "not-enough-address-lines": gettext_lazy(
        "The address has too few lines. Give it at least 3."
    ),
    "too-many-address-lines": gettext_lazy(
        "The address has too many lines. Give it 7 at most."
    ),
    "not-a-real-uk-postcode": gettext_lazy(
        "The address does not end in a real UK postcode. Correct its last line."
    ),
    "not-a-real-uk-postcode-or-country": gettext_lazy(
        "The address ends neither in a real UK postcode nor in a country. Correct its "
        "last line."
    ),
    "cant-send-international-letters": gettext_lazy(
        "The address is in another country, and your service may not send letters "
        "abroad. Use an address in the UK."
    ),
    "invalid-char-in-address": gettext_lazy(
        "A line of the address begins with one of these characters: "
        "@ ( ) = [ ] ” \\ / , < > ~. Remove it."
    ),
    "invalid-address-line-1-or-2": gettext_lazy(
        "The first 2 lines of the address must each have a letter or a number. Correct "
        "them."
    ),
    "has-country-for-bfpo-address": gettext_lazy(
        "An address of the forces’ post (BFPO) must not end in a country. Remove its "
        "last line."
    ),
    "no-fixed-abode-address": gettext_lazy(
        "“No fixed abode” is no address that post can reach. Use a real one."
    ),
}
_FILE: dict[str, Any] = {
    "unable-to-read-the-file": gettext_lazy(
        "The file cannot be read. Save it as a PDF again, and choose the new copy."
    ),
    "no-encoded-string": gettext_lazy("The file is empty. Choose another one."),
    # Codes of our own reader.
    "no_pdf": gettext_lazy("The file is not a PDF. Save your letter as one."),
    "unreadable": gettext_lazy(
        "The file cannot be read. Save it as a PDF again, and choose the new copy."
    ),
    "protected": gettext_lazy(
        "The file is protected by a password. Save a copy without one, and choose that."
    ),
}


def problem_of(code: str, pages: Sequence[int] = (), page_count: int = 0) -> str:
    """Say what is wrong and what to do about it; ``pages`` are those it concerns."""
    if known := _ADDRESS.get(code) or _FILE.get(code):
        return str(known)
    if code == verdicts.TOO_LONG:
        return too_long(page_count)
    named = {"pages": pages_named(pages)}
    many = len(pages) or 1
    if code == verdicts.NOT_A4:
        told = ngettext(
            "%(pages)s is not A4 portrait. Make it 210 by 297 millimetres and upright.",
            "%(pages)s are not A4 portrait. Make them 210 by 297 millimetres and upright.",
            many,
        )
    elif code == verdicts.OUTSIDE:
        told = ngettext(
            "%(pages)s has something where nothing can be printed. Move it away from "
            "the edges, and from around the address.",
            "%(pages)s have something where nothing can be printed. Move it away from "
            "the edges, and from around the address.",
            many,
        )
    elif code == verdicts.TAGGED:
        told = ngettext(
            "%(pages)s comes from a letter that was downloaded here. Take it from the "
            "file that you wrote instead.",
            "%(pages)s come from a letter that was downloaded here. Take them from the "
            "file that you wrote instead.",
            many,
        )
    else:
        told = _("The file cannot be printed as it is. Correct it and upload it again.")
    return told % named


def too_long(page_count: int) -> str:
    """Say that a letter has too many pages."""
    return _(
        "The letter is %(pages)s pages long. Shorten it to %(limit)s at most, which are "
        "%(sheets)s sheets of paper."
    ) % {"pages": page_count, "limit": PAGE_LIMIT, "sheets": sheets_of(PAGE_LIMIT)}


def too_long_with_attachment(page_count: int) -> str:
    """Say that a letter has too many pages with those that are attached."""
    return _(
        "With these pages the letter is %(pages)s pages long. It can have %(limit)s at "
        "most. Shorten the file or the template."
    ) % {"pages": page_count, "limit": PAGE_LIMIT}


def pages_named(pages: Sequence[int]) -> str:
    """Name pages, at the beginning of a sentence."""
    if not pages:
        return _("The file")
    *most, last = map(str, pages)
    if not most:
        return _("Page %(page)s") % {"page": last}
    return _("Pages %(pages)s and %(last)s") % {"pages": ", ".join(most), "last": last}


def problem_with_address(address: PostalAddress) -> str:
    """Say what is wrong with an address; empty for one that post can reach."""
    abroad = address.allow_international
    last_line = (
        "not-a-real-uk-postcode-or-country"
        if abroad
        else "cant-send-international-letters"
        if address.is_international
        else "not-a-real-uk-postcode"
    )
    problems = (
        ("not-enough-address-lines", not address.has_enough_lines),
        ("too-many-address-lines", address.has_too_many_lines),
        ("invalid-address-line-1-or-2", not address.has_names_above),
        ("has-country-for-bfpo-address", address.has_country_on_bfpo),
        (last_line, not address.has_valid_last_line),
        ("invalid-char-in-address", address.has_invalid_characters),
        ("no-fixed-abode-address", address.has_no_fixed_abode),
    )
    return next((problem_of(code) for code, is_so in problems if is_so), "")
