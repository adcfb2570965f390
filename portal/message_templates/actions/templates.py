"""Changes to templates, each with a line in the audit log."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from portal.clients import service_api_client
from portal.common import audit
from portal.message_templates.attached import files_without_place
from portal.message_templates.models import Template, TemplateHistory
from portal.message_templates.words import changed_words, words_of
from portal.services.models import Service
from portal.users.models import User

LETTER_LANGUAGES = (
    *("letter_languages", "letter_welsh_subject", "letter_welsh_content"),
)
record_template = partial(audit.record, model="message_templates.template")
record_file = partial(audit.record, model="message_templates.templateemailfile")


def create_template(
    *,
    service: Service,
    user: User,
    template_type: str,
    folder_id: UUID | None = None,
    **words: Any,
) -> str:
    """Create a template; gives its id.

    POST /service/<id>/template. Raises Rejected when the API refuses the words.
    """
    made = service_api_client.create_service_template(
        name=words["name"],
        type_=template_type,
        content=words["content"],
        service_id=str(service.pk),
        subject=words.get("subject"),
        parent_folder_id=str(folder_id) if folder_id else None,
        has_unsubscribe_link=words.get("has_unsubscribe_link", False),
        **{name: words[name] for name in LETTER_LANGUAGES if words.get(name)},
    )["data"]
    if words.get("postage") not in (None, made.get("postage")):
        # The API takes no postage for a new template.
        service_api_client.update_service_template(
            str(service.pk), made["id"], postage=words["postage"]
        )
    record_template(
        actor=user,
        action="added",
        object_id=made["id"],
        object_repr=words["name"],
        after=words,
    )
    return str(made["id"])


def update_template(*, template: Template, user: User, **words: Any) -> bool:
    """Change the words of a template, which makes a new version; False if none differ.

    A file whose placeholder is gone goes with it.
    """
    changed = changed_words(template, words)
    if not changed:
        return False
    before = {name: getattr(template, name) for name in changed}
    files = files_without_place(template, changed.get("content", template.content))
    with_files = {"archive_email_file_ids": [file.id for file in files]}
    service_api_client.update_service_template(
        str(template.service_id),
        str(template.pk),
        **changed | (with_files if files else {}),
    )
    record_template(
        actor=user,
        action="changed",
        object_id=template.pk,
        object_repr=template.name,
        before=before,
        after=changed,
    )
    for file in files:
        record_file(
            actor=user, action="archived", object_id=file.id, object_repr=file.filename
        )
    return True


def has_other_words(template: Template, words: dict[str, Any]) -> bool:
    """Whether saving the words would change the template."""
    return bool(changed_words(template, words))


def restore_template_version(
    *, template: Template, version: TemplateHistory, user: User
) -> bool:
    """Make a new version with the words of an old one; False if they are the same."""
    return update_template(template=template, user=user, **words_of(version))


def set_template_sender(
    *, template: Template, user: User, letter_contact_id: UUID | None
) -> bool:
    """Choose the address at the top of a letter, None for none; False if it has that one."""
    before = template.service_letter_contact_id
    if before == letter_contact_id:
        return False
    service_api_client.update_service_template_sender(
        str(template.service_id),
        str(template.pk),
        str(letter_contact_id) if letter_contact_id else None,
    )
    record_template(
        actor=user,
        action="changed",
        object_id=template.pk,
        object_repr=template.name,
        before={"service_letter_contact_id": before},
        after={"service_letter_contact_id": letter_contact_id},
    )
    return True


def delete_template(*, template: Template, user: User) -> None:
    """Delete (the API archives) a template."""
    service_api_client.delete_service_template(
        str(template.service_id), str(template.pk)
    )
    record_template(
        actor=user,
        action="deleted",
        object_id=template.pk,
        object_repr=template.name,
    )


def redact_template(*, template: Template, user: User) -> None:
    """Hide the personalisation of all messages sent with a template, for good."""
    service_api_client.redact_service_template(
        str(template.service_id), str(template.pk)
    )
    record_template(
        actor=user,
        action="changed",
        object_id=template.pk,
        object_repr=template.name,
        before={"redact_personalisation": False},
        after={"redact_personalisation": True},
    )
