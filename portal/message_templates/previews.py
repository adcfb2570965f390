"""What a template looks like to its recipients, and what changed between two."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.messages.columns import column_key
from portal.messages.email import EmailMessage
from portal.messages.letter_pages import PAGE_LIMIT, sheets_of
from portal.messages.letters import Language, LetterMessage
from portal.messages.sms import CHARACTER_LIMIT, TextMessage
from portal.messages.templates import MessageTemplate
from portal.services.models import Service

COMPARED = {
    "name": gettext_lazy("Name"),
    "subject": gettext_lazy("Subject"),
    "content": gettext_lazy("Message"),
    "has_unsubscribe_link": gettext_lazy("Unsubscribe link"),
    "postage": gettext_lazy("Postage"),
    "letter_languages": gettext_lazy("Languages"),
    "letter_welsh_subject": gettext_lazy("Welsh heading"),
    "letter_welsh_content": gettext_lazy("Welsh body"),
}


def message_of(template: Any, service: Service) -> MessageTemplate:
    """The message rules' view of a template or of one of its versions."""
    is_bilingual = getattr(template, "letter_languages", None) == "welsh_then_english"
    is_letter = template.template_type == "letter"
    return MessageTemplate(
        kind=template.template_type,
        content=template.content or "",
        subject=template.subject or "",
        prefix=str(service.name) if service.prefix_sms else "",
        contact_block=getattr(template, "reply_to_text", "") if is_letter else "",
        welsh_subject=(template.letter_welsh_subject or "") if is_bilingual else "",
        welsh_content=(template.letter_welsh_content or "") if is_bilingual else "",
        attached_pages=getattr(template, "attached_pages", 0),
    )


def preview_of(
    template: Any, service: Service, values: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What `message_templates/_preview.html` shows of a template."""
    return preview_of_message(message_of(template, service), values)


def preview_of_message(
    message: MessageTemplate,
    values: dict[str, Any] | None = None,
    redact: bool = False,
) -> dict[str, Any]:
    """What `message_templates/_preview.html` shows: kind, subject and content as HTML."""
    if message.kind == "sms":
        content = message.text_message(values or None).preview(redact=redact)
        return {"kind": "sms", "content": content}
    if message.kind == "email":
        email = EmailMessage(message.heading, message.body, values)
        subject = email.subject_html(redact=redact)
        return {
            "kind": "email",
            "subject": subject,
            "content": email.html(redact=redact),
        }
    return {"kind": "letter", **_letter_preview(message, values, redact)}


def _letter_preview(
    message: MessageTemplate, values: dict[str, Any] | None, redact: bool
) -> dict[str, Any]:
    letters = [
        LetterMessage(
            message.heading,
            message.body,
            values,
            contact_block=message.contact_block,
            welsh_heading=message.welsh_subject,
            welsh_content=message.welsh_content,
            language=language,
        )
        for language in _languages(message)
    ]
    return {
        "length": _letter_length(letters, message.attached_pages),
        "address": letters[0].address_lines(),
        "contact": letters[0].contact_html(redact=redact),
        "parts": [
            {
                "language": "cy" if letter.language == "welsh" else "en",
                "date": letter.date,
                "subject": letter.heading_html(redact=redact),
                "content": letter.html(redact=redact),
            }
            for letter in letters
        ],
    }


def _letter_length(letters: list[LetterMessage], attached: int) -> dict[str, Any]:
    """Say about how long a letter is, and whether that is too long to be sent."""
    pages = sum(letter.estimated_pages for letter in letters) + attached
    sheets = sheets_of(pages)
    on = ngettext("%(n)s sheet of paper", "%(n)s sheets of paper", sheets)
    told = ngettext(
        "About %(pages)s page, on %(sheets)s. This is an estimate.",
        "About %(pages)s pages, on %(sheets)s. This is an estimate.",
        pages,
    ) % {"pages": pages, "sheets": on % {"n": sheets}}
    return {"told": told, "limit": PAGE_LIMIT if pages > PAGE_LIMIT else None}


def _languages(message: MessageTemplate) -> tuple[Language, ...]:
    return ("welsh", "english") if message.welsh_content else ("english",)


def plain_email(template: Any, service: Service) -> dict[str, Any] | None:
    """What inboxes and people without HTML see of an e-mail; None for other kinds."""
    message = message_of(template, service)
    if message.kind != "email":
        return None
    email = EmailMessage(message.heading, message.body)
    return {
        "inbox": SafeString("".join(part.html() for part in email.preheader())),
        "text": email.plain_text(),
    }


def length_sentence(template_type: str, content: str, service: Service) -> str:
    """What a text message will be charged as; empty for other kinds."""
    if template_type != "sms":
        return ""
    message = TextMessage(content, prefix=service.name if service.prefix_sms else None)
    # The API counts the placeholders of a template as they are written.
    over = max(message.over_limit_by, len(content.strip()) - CHARACTER_LIMIT)
    if over > 0:
        return ngettext(
            "You have %(over)s character too many.",
            "You have %(over)s characters too many.",
            over,
        ) % {"over": over}
    sentences = [charge_sentence(message)]
    if message.content.placeholders:
        sentences.append(_("Personalisation is not counted."))
    if message.needs_ucs2:
        told = _("Because of %(characters)s fewer characters fit into each.")
        sentences.append(told % {"characters": " ".join(message.ucs2_characters)})
    return " ".join(sentences)


def charge_sentence(message: TextMessage) -> str:
    """How long a text message is, and in how many parts it will be charged."""
    parts = ngettext("%(n)s text message", "%(n)s text messages", message.parts)
    return ngettext(
        "%(length)s character. Will be charged as %(parts)s.",
        "%(length)s characters. Will be charged as %(parts)s.",
        message.length,
    ) % {"length": message.length, "parts": parts % {"n": message.parts}}


@dataclass(frozen=True)
class PlaceholderChange:
    """The placeholders that an edit takes away and adds."""

    removed: list[str]
    added: list[str]

    @classmethod
    def between(cls, template: Any, words: dict[str, Any]) -> PlaceholderChange | None:
        """Compare; None when every file and integration goes on working."""
        old = placeholders(template.template_type, template.subject, template.content)
        new = placeholders(
            template.template_type, words.get("subject"), words["content"]
        )
        removed = [name for key, name in old.items() if key not in new]
        added = [name for key, name in new.items() if key not in old]
        return cls(removed, added) if removed or added else None


def placeholders(kind: Any, subject: str | None, content: str) -> dict[str, str]:
    """The names in a message, by the key that columns are matched with."""
    message = MessageTemplate(kind=kind, content=content, subject=subject or "")
    return {column_key(name): name for name in message.placeholders}


def compared_words(before: Any, after: Any) -> list[dict[str, Any]]:
    """The parts of a template that differ, as lines taken away, added and kept."""
    return [
        {"label": label, "lines": diff(old, new)}
        for name, label in COMPARED.items()
        for old, new in [(as_text(before, name), as_text(after, name))]
        if old != new
    ]


def as_text(version: Any, name: str) -> str:
    """A part of a template to compare by lines."""
    value = getattr(version, name, None)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value or "").replace("\r\n", "\n")


def diff(old: str, new: str) -> list[tuple[str, str]]:
    """Lines with "removed", "added" or "same"."""
    kinds = {"- ": "removed", "+ ": "added", "  ": "same"}
    return [
        (kinds[line[:2]], line[2:])
        for line in difflib.ndiff(old.splitlines(), new.splitlines())
        if line[:2] in kinds
    ]
