"""Drafts of messages, as tests keep them and look at them."""

from __future__ import annotations

from uuid import UUID

from portal.common import drafts
from portal.common.drafts import Place
from portal.notifications.drafts import KIND


def draft_of(user_id, service_id, template_id):
    """What somebody has filled in for one message."""
    kept = drafts.load_draft(_place(user_id, service_id, template_id))
    return kept.data["values"] if kept else None


def keep_draft(user_id, service_id, template_id, **values):
    """Let somebody have filled in something."""
    data = {"sender_id": "", "values": values}
    drafts.save_draft(_place(user_id, service_id, template_id), data)


def _place(user_id, service_id, template_id):
    return Place(UUID(str(user_id)), UUID(str(service_id)), KIND, str(template_id))
