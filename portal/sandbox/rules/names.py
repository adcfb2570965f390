"""What names become: the key that keeps service names apart, and e-mail senders."""

from __future__ import annotations

import re
import unicodedata

from portal.sandbox import clock

LOCAL_PART_LENGTH = 64


def plain_word(text: str, space: str) -> str:
    """Lower-case letters and digits without accents, with ``space`` for white space."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    spaced = re.sub(r"\s+", space, bare.strip())
    kept = "".join(c.lower() for c in spaced if c.isalnum() or c == space)
    return re.sub(r"\.{2,}", ".", kept).strip(".")


def email_local_part(name: str) -> str:
    """The part before the @ of the address that a sender's e-mails come from."""
    return plain_word(name, ".")[:LOCAL_PART_LENGTH]


def normalised_service_name(name: str) -> str:
    """What must differ between any two services."""
    return plain_word(name, ".")


def archived_name(name: str) -> str:
    """A name for what is archived, so that its own is free again."""
    return f"_archived_{clock.now():%Y-%m-%d_%H:%M:%S}_{name}"
