"""Letters uploaded as PDF: kept, sent, and listed by the day on which they are printed."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID, uuid4

from django.core.cache import cache

from portal.billing.actions import letter_costs
from portal.clients import notification_api_client, upload_api_client
from portal.common import audit, storage
from portal.letters import uploads
from portal.letters.actions.checking import check_pdf
from portal.letters.uploads import UploadedLetter
from portal.letters.verdicts import VALID
from portal.messages.pdf_files import PdfFacts
from portal.messages.pdf_files.process import read_pdf
from portal.notifications.lines import NotificationLine
from portal.remote.answers import reading
from portal.remote.errors import HTTPError, NotFound
from portal.services.models import Service
from portal.users.models import User

_LOCK_SECONDS = 30
_WAIT_SECONDS = 0.2


@dataclass(frozen=True)
class PrintDay:
    """A page of the letters that are printed on one day."""

    lines: list[NotificationLine]
    total: int
    has_next: bool


def upload_letter(
    *, service: Service, name: str, content: bytes, facts: PdfFacts
) -> str:
    """Check a PDF and keep it until it is sent; gives the id that the letter will have."""
    file_id = str(uuid4())
    _check_and_keep(service, file_id, name, content, facts)
    return file_id


def check_letter_again(*, service: Service, letter: UploadedLetter) -> None:
    """Check a letter that nobody could look at when it came."""
    content = letter.content()
    _check_and_keep(service, letter.id, letter.name, content, read_pdf(content))


def _check_and_keep(
    service: Service, file_id: str, name: str, content: bytes, facts: PdfFacts
) -> None:
    verdict = check_pdf(service=service, file_id=file_id, content=content, facts=facts)
    if verdict.by_service and verdict.status == VALID:
        uploads.keep_original(file_id, content)
    uploads.save_letter(
        service_id=service.pk, file_id=file_id, name=name, verdict=verdict
    )


def costs_of(letter: UploadedLetter) -> dict[str, Decimal]:
    """What the letter costs in pounds by postage; empty where nobody knows."""
    try:
        return letter_costs(sheets=letter.sheets)
    except HTTPError:
        return {}


def send_letter(
    *,
    service: Service,
    user: User,
    letter: UploadedLetter,
    postage: str,
    recipient: list[str],
) -> None:
    """Send an uploaded letter; a second call for it sends no other.

    POST /service/<id>/send-pdf-letter. Raises Rejected and RateLimited when the API
    refuses.
    """
    lock = f"send-letter-{letter.id}"
    # A cache that is away answers None; the API makes one letter of one file.
    if cache.add(lock, "sending", _LOCK_SECONDS) is False:
        _wait_for(lock)
        return
    try:
        notification_api_client.send_precompiled_letter(
            str(service.pk), letter.name, letter.id, postage, "\n".join(recipient)
        )
    except HTTPError:
        cache.delete(lock)
        if not was_sent(service=service, file_id=letter.id):
            raise
        return
    cache.set(lock, "sent", _LOCK_SECONDS)
    audit.record(
        actor=user,
        action="sent",
        model="notifications.notification",
        object_id=letter.id,
        object_repr=letter.name,
        after={"postage": postage, "pages": letter.page_count},
    )


def _wait_for(lock: str) -> None:
    """Let the first of two clicks finish, so that the second finds the letter."""
    for _attempt in range(10):
        if cache.get(lock) != "sending":
            return
        time.sleep(_WAIT_SECONDS)


def was_sent(*, service: Service, file_id: UUID | str) -> bool:
    """Whether the API has a letter of this id."""
    try:
        notification_api_client.get_notification(str(service.pk), str(file_id))
    except NotFound:
        return False
    return True


def load_print_day(*, service: Service, day: dt.date, page: int) -> PrintDay:
    """Read a page of the uploaded letters that are printed on a day."""
    try:
        answer = upload_api_client.get_letters_by_service_and_print_day(
            str(service.pk), letter_print_day=day, page=page
        )
    except NotFound:
        # The API does not find a page after the last.
        return PrintDay([], 0, has_next=False)
    with reading():
        return PrintDay(
            lines=[NotificationLine(row) for row in answer["notifications"]],
            total=answer["total"],
            has_next=bool(answer["links"].get("next")),
        )


def purge_files(*, older_than: dt.datetime) -> int:
    """Delete uploaded files that nobody sent or corrected; gives how many there were."""
    count = 0
    for folder in storage.list_folders(uploads.BUCKET, ""):
        old = list(storage.keys_from_before(uploads.BUCKET, folder, older_than))
        for key in old:
            storage.delete_object(uploads.BUCKET, key)
        count += len(old)
    return count
