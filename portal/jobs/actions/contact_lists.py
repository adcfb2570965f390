"""Lists of recipients: checked, kept, sent to again, deleted."""

from __future__ import annotations

from uuid import UUID

from portal.clients import contact_list_api_client
from portal.common import audit, storage
from portal.jobs.actions.checking import Checked
from portal.jobs.contact_lists import BUCKET, ContactList, message_for
from portal.jobs.uploads import Upload
from portal.jobs.verdicts import verdict_on
from portal.notifications.limits import limits_of
from portal.remote.answers import reading
from portal.services.models import Service
from portal.users.models import User


def list_contact_lists(*, service: Service) -> list[ContactList]:
    """Read the lists of a service, the newest first."""
    rows = contact_list_api_client.get_contact_lists(str(service.pk))
    with reading():
        return [ContactList.read(row) for row in rows]


def load_contact_list(*, service: Service, contact_list_id: UUID) -> ContactList:
    """Read one list. Raises NotFound."""
    row = contact_list_api_client.get_contact_list(
        service_id=str(service.pk), contact_list_id=str(contact_list_id)
    )
    with reading():
        return ContactList.read(row)


def check_contact_list(*, service: Service, upload: Upload, kind: str) -> Checked:
    """Check the recipients of a file, or take the verdict that is kept.

    Whom a service in trial mode may send to is asked when it sends.
    """
    limits = limits_of(service, kind)
    verdict = verdict_on(upload, message_for(kind), limits)
    return Checked(verdict, limits, was_sent_before=False)


def save_contact_list(
    *, service: Service, user: User, upload: Upload, kind: str, row_count: int
) -> None:
    """Keep a checked file as a contact list."""
    storage.write_metadata(BUCKET, upload.key, {**upload.described(), "valid": "True"})
    contact_list_api_client.create_contact_list(
        service_id=str(service.pk),
        upload_id=upload.id,
        original_file_name=upload.name,
        row_count=row_count,
        template_type=kind,
    )
    record_contact_list(user, "added", upload.id, upload.name)


def delete_contact_list(
    *, service: Service, user: User, contact_list: ContactList
) -> None:
    """Delete a list; what was sent to it stays."""
    contact_list_api_client.delete_contact_list(
        service_id=str(service.pk), contact_list_id=contact_list.id
    )
    record_contact_list(user, "deleted", contact_list.id, contact_list.name)


def record_contact_list(user: User, action: str, pk: str, name: str) -> None:
    """Write what became of a list into the audit log."""
    audit.record(
        actor=user,
        action=action,
        model="jobs.servicecontactlist",
        object_id=pk,
        object_repr=name,
    )
