"""What a template looks like to its recipients, and what changed between two."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.letters.attachments import Attachment
from portal.letters.pictures import ShownPages
from portal.message_templates.attached import (
    AttachedFile,
    files_without_place,
    links_of,
)
from portal.message_templates.words import WORDS_OF
from portal.messages.columns import column_key
from portal.messages.email import EmailMessage
from portal.messages.formats.postage import POSTAGE
from portal.messages.letter_pages import PAGE_LIMIT, sheets_of
from portal.messages.letters import Language, LetterMessage
from portal.messages.linked_files import with_links
from portal.messages.sms import CHARACTER_LIMIT, TextMessage
from portal.messages.templates import MessageTemplate
from portal.remote.choices import LETTER_LANGUAGE_OPTIONS
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
    "attachment": gettext_lazy("Attached pages"),
}
# What the forms call the words of a letter.
OF_LETTERS = {"subject": gettext_lazy("Heading"), "content": gettext_lazy("Body")}
CHOSEN = {"postage": POSTAGE, "letter_languages": dict(LETTER_LANGUAGE_OPTIONS)}


def message_of(template: Any, service: Service) -> MessageTemplate:
    """The message rules' view of a template or of one of its versions."""
    is_bilingual = getattr(template, "letter_languages", None) == "welsh_then_english"
    is_letter = template.template_type == "letter"
    return MessageTemplate(
        kind=template.template_type,
        content=_content_of(template),
        subject=template.subject or "",
        prefix=str(service.name) if service.prefix_sms else "",
        contact_block=getattr(template, "reply_to_text", "") if is_letter else "",
        welsh_subject=(template.letter_welsh_subject or "") if is_bilingual else "",
        welsh_content=(template.letter_welsh_content or "") if is_bilingual else "",
        attached_pages=getattr(template, "attached_pages", 0),
    )


def _content_of(template: Any) -> str:
    """The words of a template, with links in place of its files' placeholders."""
    content = template.content or ""
    return with_links(content, links_of(template)) if template.email_files else content


def preview_of(
    template: Any,
    service: Service,
    values: dict[str, Any] | None = None,
    pages: ShownPages | None = None,
) -> dict[str, Any]:
    """What `message_templates/_preview.html` shows of a template."""
    return preview_of_message(message_of(template, service), values, pages=pages)


def preview_of_message(
    message: MessageTemplate,
    values: dict[str, Any] | None = None,
    redact: bool = False,
    pages: ShownPages | None = None,
) -> dict[str, Any]:
    """What `message_templates/_preview.html` shows: kind, subject and content as HTML.

    Of a letter there are its pages as well, where somebody draws them.
    """
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
    shown = _letter_preview(message, values, redact, pages)
    return {"kind": "letter", "pages": pages, **shown}


def _letter_preview(
    message: MessageTemplate,
    values: dict[str, Any] | None,
    redact: bool,
    pages: ShownPages | None,
) -> dict[str, Any]:
    letters = _letters(message, values)
    return {
        "length": counted_length(pages.count)
        if pages
        else _letter_length(letters, message.attached_pages),
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


def _letters(
    message: MessageTemplate, values: dict[str, Any] | None
) -> list[LetterMessage]:
    """A letter in each of its languages."""
    return [
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


def estimated_pages(template: Any, service: Service) -> int:
    """About how many pages a letter has, those attached left out."""
    letters = _letters(message_of(template, service), None)
    return sum(letter.estimated_pages for letter in letters)


def _letter_length(letters: list[LetterMessage], attached: int) -> dict[str, Any]:
    """Say about how long a letter is, and whether that is too long to be sent."""
    pages = sum(letter.estimated_pages for letter in letters) + attached
    told = ngettext(
        "About %(pages)s page, on %(sheets)s. This is an estimate.",
        "About %(pages)s pages, on %(sheets)s. This is an estimate.",
        pages,
    ) % {"pages": pages, "sheets": _sheets(pages)}
    return {"told": told, "limit": PAGE_LIMIT if pages > PAGE_LIMIT else None}


def counted_length(pages: int) -> dict[str, Any]:
    """Say how long a letter is that was drawn, and whether that is too long to be sent."""
    told = ngettext(
        "%(pages)s page, on %(sheets)s.", "%(pages)s pages, on %(sheets)s.", pages
    ) % {"pages": pages, "sheets": _sheets(pages)}
    return {"told": told, "limit": PAGE_LIMIT if pages > PAGE_LIMIT else None}


def _sheets(pages: int) -> str:
    sheets = sheets_of(pages)
    on = ngettext("%(n)s sheet of paper", "%(n)s sheets of paper", sheets)
    return on % {"n": sheets}


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
    """What a text message will be charged as; empty for other kinds, and for no words."""
    if template_type != "sms" or not content.strip():
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
    """The placeholders that an edit takes away and adds, and the files that go with them."""

    removed: list[str]
    added: list[str]
    files: list[AttachedFile] = field(default_factory=list)

    @classmethod
    def between(cls, template: Any, words: dict[str, Any]) -> PlaceholderChange | None:
        """Compare; None when every file and integration goes on working."""
        old = placeholders(template.template_type, template.subject, template.content)
        new = placeholders(
            template.template_type, words.get("subject"), words["content"]
        )
        files = files_without_place(template, words["content"])
        gone = {key for key in old if key not in new}
        removed = [old[key] for key in old if key in gone - {f.key for f in files}]
        added = [name for key, name in new.items() if key not in old]
        return cls(removed, added, files) if gone or added else None


def placeholders(kind: Any, subject: str | None, content: str) -> dict[str, str]:
    """The names in a message, by the key that columns are matched with."""
    message = MessageTemplate(kind=kind, content=content, subject=subject or "")
    return {column_key(name): name for name in message.placeholders}


def compared_words(before: Any, after: Any) -> list[dict[str, Any]]:
    """The parts of a template that differ, as lines taken away, added and kept.

    A file of a template knows nothing of attached pages, which then are not compared.
    """
    kind = str(before.template_type)
    names = {*WORDS_OF[kind]}
    labels = COMPARED | OF_LETTERS if kind == "letter" else COMPARED
    if hasattr(after, "attachment"):
        names.add("attachment")
    return [
        {"label": label, "lines": diff(old, new)}
        for name, label in labels.items()
        if name in names
        for old, new in [(as_text(before, name), as_text(after, name))]
        if old != new
    ]


def as_text(version: Any, name: str) -> str:
    """A part of a template to compare by lines."""
    value = getattr(version, name, None)
    if isinstance(value, Attachment):
        return attachment_sentence(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value and name in CHOSEN:
        return str(CHOSEN[name].get(value, value))
    return str(value or "").replace("\r\n", "\n")


def attachment_sentence(attachment: Attachment) -> str:
    """The name of attached pages, and how many they are."""
    pages = ngettext("%(n)s page", "%(n)s pages", attachment.page_count)
    return f"{attachment.name}, {pages % {'n': attachment.page_count}}"


def diff(old: str, new: str) -> list[tuple[str, str]]:
    """Lines with "removed", "added" or "same"."""
    kinds = {"- ": "removed", "+ ": "added", "  ": "same"}
    return [
        (kinds[line[:2]], line[2:])
        for line in difflib.ndiff(old.splitlines(), new.splitlines())
        if line[:2] in kinds
    ]
