"""Drafts of messages, as tests keep them and look at them."""

from __future__ import annotations

import json
from functools import cache
from uuid import UUID

from portal.common import drafts
from portal.common.drafts import Place
from portal.common.models import SavedDraft
from portal.notifications.drafts import KIND


def draft_of(user_id, service_id, template_id):
    """What somebody has filled in for one message."""
    kept = drafts.load_draft(_place(user_id, service_id, template_id))
    return kept.data["values"] if kept else None


def keep_drafts(user_id, service_id, template_ids, **values):
    """Let somebody have filled in the same for some templates, in one statement."""
    sealed = _sealed(json.dumps({"sender_id": "", "values": values}))
    SavedDraft.objects.bulk_create(
        (
            SavedDraft(**_place(user_id, service_id, key)._asdict(), sealed=sealed)
            for key in template_ids
        ),
        update_conflicts=True,
        unique_fields=Place._fields,
        update_fields=("sealed", "saved_at"),
    )


@cache
def _sealed(text):
    """What is kept in thousands of tests is sealed once."""
    return drafts._sealer().encrypt(text.encode()).decode()


def _place(user_id, service_id, template_id):
    return Place(UUID(str(user_id)), UUID(str(service_id)), KIND, str(template_id))
