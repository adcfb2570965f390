"""What the app does with messages."""

from __future__ import annotations

from portal.notifications.actions.batches import (
    list_batches,
    load_batch_csv,
    make_batch,
    process_batch,
    unsubscribe,
)
from portal.notifications.actions.listing import (
    Asked,
    FilterChoices,
    SentPage,
    list_sent,
    load_filter_choices,
)
from portal.notifications.actions.messages import (
    cancel_letter,
    get_notification,
    letter_cost,
    load_senders,
    send_notification,
)

__all__ = [
    "Asked",
    "FilterChoices",
    "SentPage",
    "cancel_letter",
    "get_notification",
    "letter_cost",
    "list_batches",
    "list_sent",
    "load_batch_csv",
    "load_filter_choices",
    "load_senders",
    "make_batch",
    "process_batch",
    "send_notification",
    "unsubscribe",
]
