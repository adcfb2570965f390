"""What people have begun and not finished, kept for them until they come back.

A draft belongs to one person and one service. It is sealed with the portal's secret key,
deleted when it is used, and purged after a week.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils import timezone

from portal.common.models import SavedDraft

KEPT: Final = dt.timedelta(days=7)
# Drafts of this kind stand for files, which are to be deleted with them.
FILES: Final = "upload"
# More of a kind than this are not kept for one person and service: the oldest go.
MOST: Final = 50


class Place(NamedTuple):
    """Whose draft it is, of which service, and of what."""

    owner_id: UUID
    service_id: UUID
    kind: str
    key: str


@dataclass(frozen=True)
class Kept:
    """A draft as it was saved, and when."""

    key: str
    data: dict[str, Any]
    saved_at: dt.datetime


def save_draft(place: Place, data: dict[str, Any]) -> None:
    """Keep a draft in place of what was kept there before."""
    sealed = _sealer().encrypt(json.dumps(data).encode()).decode()
    SavedDraft.objects.update_or_create(
        **place._asdict(), defaults={"sealed": sealed, "saved_at": timezone.now()}
    )
    alike = _of(place.owner_id, place.service_id, place.kind)
    old = alike.order_by("-saved_at").values_list("pk", flat=True)[MOST:]
    SavedDraft.objects.filter(pk__in=list(old)).delete()


def load_draft(place: Place) -> Kept | None:
    """Return the draft of a place, if there is one that is not too old."""
    found = _of(place.owner_id, place.service_id, place.kind).filter(key=place.key)
    return next(iter(_opened(found)), None)


def list_drafts(*, owner_id: UUID, service_id: UUID, kind: str) -> list[Kept]:
    """Return a person's drafts of one kind in a service, the newest first."""
    return _opened(_of(owner_id, service_id, kind).order_by("-saved_at"))


def forget_draft(place: Place) -> bool:
    """Drop the draft of a place; tells whether there was one."""
    count, _by_model = SavedDraft.objects.filter(**place._asdict()).delete()
    return count > 0


def take_old_files() -> list[tuple[str, str]]:
    """Drop the drafts that stand for files and are too old; gives service and key of each."""
    old = SavedDraft.objects.filter(kind=FILES, saved_at__lt=timezone.now() - KEPT)
    places = [
        (str(service), key) for service, key in old.values_list("service_id", "key")
    ]
    old.delete()
    return places


def purge_old_drafts() -> None:
    """Drop what is too old, but for those that stand for files."""
    old = SavedDraft.objects.filter(saved_at__lt=timezone.now() - KEPT)
    old.exclude(kind=FILES).delete()


def _of(owner_id: UUID, service_id: UUID, kind: str) -> Any:
    since = timezone.now() - KEPT
    return SavedDraft.objects.filter(
        owner_id=owner_id, service_id=service_id, kind=kind, saved_at__gte=since
    )


def _opened(found: Any) -> list[Kept]:
    opened = []
    sealer = _sealer()
    for draft in found:
        try:
            data = json.loads(sealer.decrypt(draft.sealed.encode()))
        except InvalidToken:
            # Sealed with a secret key that is no longer ours: nobody can read it.
            continue
        opened.append(Kept(draft.key, data, draft.saved_at))
    return opened


def _sealer() -> Fernet:
    digest = hashlib.sha256(f"portal.drafts{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
