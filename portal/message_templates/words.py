"""What a template says: the parts that a person writes, for each kind of message."""

from __future__ import annotations

from typing import Any

WORDS_OF = {
    "sms": ("name", "content"),
    "email": ("name", "subject", "content", "has_unsubscribe_link"),
    "letter": (
        *("name", "subject", "content", "postage"),
        *("letter_languages", "letter_welsh_subject", "letter_welsh_content"),
    ),
}


def words_of(template: Any) -> dict[str, Any]:
    """The words of a template, of one of its versions, or of what a file says of one."""
    names = WORDS_OF[str(template.template_type)]
    return {name: getattr(template, name) for name in names}


def changed_words(template: Any, words: dict[str, Any]) -> dict[str, Any]:
    """Those of the words that the template does not have."""
    return {
        name: value
        for name, value in words.items()
        if differs(getattr(template, name), value)
    }


def differs(old: Any, new: Any) -> bool:
    """Whether a value changed by more than the way its line ends are written."""
    if isinstance(old, str) and isinstance(new, str):
        return old.replace("\r\n", "\n") != new.replace("\r\n", "\n")
    return bool((old or None) != (new or None))
