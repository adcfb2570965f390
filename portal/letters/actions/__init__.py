"""What pages about letters read and do."""

from __future__ import annotations

from portal.letters.actions.checking import (
    check_pdf,
    draw_attachment,
    draw_page,
)
from portal.letters.actions.returned import list_return_days, load_returned_letters
from portal.letters.actions.uploads import (
    PrintDay,
    check_letter_again,
    costs_of,
    load_print_day,
    purge_files,
    send_letter,
    upload_letter,
    was_sent,
)

__all__ = [
    "PrintDay",
    "check_letter_again",
    "check_pdf",
    "costs_of",
    "draw_attachment",
    "draw_page",
    "list_return_days",
    "load_print_day",
    "load_returned_letters",
    "purge_files",
    "send_letter",
    "upload_letter",
    "was_sent",
]
