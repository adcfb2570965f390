"""Files that somebody uploaded and has not sent yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from portal.common import drafts, storage
from portal.common.drafts import Place
from portal.jobs.uploads import BUCKET, key_of, load_upload
from portal.services.models import Service
from portal.users.models import User


@dataclass(frozen=True)
class UnsentFile:
    """A file, the template that it is for, and when it was uploaded."""

    id: str
    template_id: str
    template_name: str
    name: str
    uploaded_at: dt.datetime


def keep_unsent(
    *, service: Service, user: User, upload_id: str, template_name: str
) -> None:
    """Remember that somebody uploaded a file for a template, until it is sent."""
    upload = load_upload(service.pk, UUID(upload_id))
    drafts.save_draft(
        _place(service, user, upload_id),
        {"template": upload.template_id, "of": template_name, "name": upload.name},
    )


def list_unsent(*, service: Service, user: User) -> list[UnsentFile]:
    """Return the files that somebody uploaded here and has not sent, the newest first."""
    kept = drafts.list_drafts(
        owner_id=user.pk, service_id=service.pk, kind=drafts.FILES
    )
    return [
        UnsentFile(
            id=draft.key,
            template_id=draft.data["template"],
            template_name=draft.data["of"],
            name=draft.data["name"],
            uploaded_at=draft.saved_at,
        )
        for draft in kept
    ]


def is_unsent(*, service: Service, user: User, upload_id: str) -> bool:
    """Whether a file is among those that somebody uploaded and has not sent."""
    return drafts.load_draft(_place(service, user, upload_id)) is not None


def forget_unsent(*, service: Service, user: User, upload_id: str) -> None:
    """Take a file off the list: it was sent."""
    drafts.forget_draft(_place(service, user, upload_id))


def delete_unsent(*, service: Service, user: User, upload_id: str) -> None:
    """Delete a file that was never sent; one that was stays, for its job has it."""
    if drafts.forget_draft(_place(service, user, upload_id)):
        _delete_file(service.pk, upload_id)


def purge_unsent_files() -> None:
    """Delete the files that waited for too long."""
    for service_id, upload_id in drafts.take_old_files():
        _delete_file(service_id, upload_id)


def _delete_file(service_id: UUID | str, upload_id: str) -> None:
    try:
        upload = load_upload(UUID(str(service_id)), UUID(upload_id))
    except storage.NoSuchObject:
        return
    if not upload.is_valid:
        storage.delete_object(BUCKET, key_of(service_id, upload_id))


def _place(service: Service, user: User, upload_id: str) -> Place:
    return Place(user.pk, service.pk, drafts.FILES, upload_id)
