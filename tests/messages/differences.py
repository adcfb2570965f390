"""Where an answer differs from the recorded one on purpose, and why.

The reasons are rules, so that they hold for cases that are kept elsewhere too.
"""

from __future__ import annotations

import json
import re
from typing import Any

from portal.messages.columns import Columns
from portal.messages.fields import Content

CRASH = "The recorded library fell over; there is a result instead."
EMOJI = "Sequences of emoji stay themselves; the library uses them as stand-ins."
VALUE = "A value that looks like markup stays a person's words."
SCHEME = "Links lead to the web, to a mailbox or to a telephone, nowhere else."
OPEN_ADDRESS = "An address with an open field holds its name, not its markup."
REDACTED = "What an inbox shows of a message is redacted with it."
TABS = "A tab is as wide as what stands before it, not as the markup of that."
PENCE = "Less than a pound is whole pence."
TENS = "A file of 10 KB is one of 10KB; the library drops the nought."

# Which of the open cases differ: other cases are known by the rules below alone.
_OPEN_CASES = {
    EMOJI: "email-0154 sms-0240 sms-0241 sms-0242",
    SCHEME: "email-0077",
    VALUE: (
        "email-0159 email-0204 email-0206 email-0208 email-0212 email-0214"
        " email-0228 email-0229 email-0230 email-0336"
    ),
    REDACTED: (
        "email-0160 email-0163 email-0166 email-0169 email-0172 email-0178"
        " email-0184 email-0187 email-0190 email-0193 email-0202"
    ),
    OPEN_ADDRESS: "email-0179",
    TABS: "email-0305",
    CRASH: "letters-0188",
    PENCE: (
        "formatters-0332 formatters-0333 formatters-0337 formatters-0345"
        " formatters-0347 formatters-0370 formatters-0371"
    ),
    TENS: (
        "formatters-0402 formatters-0403 formatters-0405 formatters-0413"
        " formatters-0415"
    ),
}
DIFFERENT = {
    name: reason for reason, names in _OPEN_CASES.items() for name in names.split()
}

_STAND_INS = ("👾🐦🥴", "➕🐦🥴", "🇬🇧🐦✉️", "🛳️🐦🥴")
_MARKUP = re.compile(r"^\s*(?:[#*•^=~|_+-]|\d*\.)|[\[\\`|]|^(?: {4}|\t)", re.MULTILINE)
_OTHER_SCHEME = re.compile(
    r"\]\(\s*<?(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", re.IGNORECASE
)
_BODY = ("nodes", "plain_text", "preheader")
_OPEN_FIELD = re.compile(
    r"%3Cspan%20class=%27placeholder(?:-conditional|-redacted)?%27%3E(.*?)%3C/span%3E"
)


def assert_recorded(case: dict[str, Any], found: dict[str, Any]) -> None:
    """Compare every key that was recorded; what differs must have its reason."""
    expected = case["expected"]
    assert expected.keys() <= found.keys(), "a recorded key is not compared"
    reasons = set()
    for key, value in expected.items():
        if found[key] != value and found[key] != without_slips(value):
            reason = why(case, key)
            assert reason is not None, f"{key}: {found[key]!r} is not {value!r}"
            reasons.add(reason)
    if case["id"] in DIFFERENT:
        assert DIFFERENT[case["id"]] in reasons, "the case no longer differs"


def without_slips(value: Any) -> Any:
    """Take out markup of the library's own that got into what was recorded."""
    text = json.dumps(value, ensure_ascii=False)
    text = _OPEN_FIELD.sub(lambda m: _quoted(m[1]), text)
    # Hyphens of a letter are made unbreakable, those of its classes too.
    text = text.replace('["span", "hidden", {}, []]', '["hidden", "", {}, []]')
    return json.loads(text)


def _quoted(name: str) -> str:
    return name.replace("((", "%28%28").replace("))", "%29%29")


def why(case: dict[str, Any], key: str) -> str | None:
    """Return why an answer may differ from the recorded one; None if it may not."""
    given, recorded = case["input"], case["expected"][key]
    if isinstance(recorded, dict) and "raises" in recorded:
        return CRASH
    if any(
        sequence in json.dumps(given, ensure_ascii=False) for sequence in _STAND_INS
    ):
        return EMOJI
    if case["id"].startswith(("email-", "letters-")) and "content" in given:
        return _why_words(given, recorded, key)
    return _why_format(given) if "function" in given else None


def _why_words(given: dict[str, Any], recorded: Any, key: str) -> str | None:
    if key in _BODY and _has_markup_in_a_value(given):
        return VALUE
    if key in _BODY and _OTHER_SCHEME.search(given["content"]):
        return SCHEME
    if key == "preheader" and given["redact"]:
        return REDACTED
    if key == "plain_text" and "span class=" in json.dumps(recorded):
        return OPEN_ADDRESS
    if key == "plain_text" and "\t" in given["content"] and isinstance(recorded, dict):
        return TABS
    return None


def _has_markup_in_a_value(given: dict[str, Any]) -> bool:
    values = Columns(given["values"])
    return any(
        _MARKUP.search(str(line))
        for field in Content(given["content"]).fields
        if not field.is_conditional and (value := values.get(field.name)) is not None
        for line in (value if isinstance(value, list) else [value])
    )


def _why_format(given: dict[str, Any]) -> str | None:
    function, amount = given["function"], given["args"][0]
    if function.startswith("pennies") and amount < 100 and amount % 1:
        return PENCE
    if function == "file_size":
        unit = 1024 if amount < 1024**2 / 20 else 1024**2
        return TENS if round(amount / unit, 1) % 10 == 0 else None
    return None
