"""What the API answers about a template."""

from __future__ import annotations

from typing import Any, TypedDict


class TemplateData(TypedDict):
    """A template, as JSON knows it."""

    archived: bool
    content: str
    created_at: str
    created_by: str
    email_files: list[Any]
    folder: str | None
    has_unsubscribe_link: bool | None
    hidden: bool
    id: str
    is_precompiled_letter: bool
    letter_attachment: dict[str, Any] | None
    letter_languages: str | None
    letter_welsh_content: str | None
    letter_welsh_subject: str | None
    name: str
    postage: str | None
    redact_personalisation: bool
    reply_to: str | None
    reply_to_text: str | None
    service: str
    service_letter_contact: str | None
    subject: str | None
    template_redacted: str
    template_type: str
    updated_at: str | None
    version: int


class TemplateAnswer(TypedDict):
    """An answer with one of them."""

    data: TemplateData
