"""Background tasks that deliver messages to the team; each may run again at any time."""

from __future__ import annotations

from portal.common.background import task
from portal.support import actions

TRY_AGAIN = {
    "autoretry_for": actions.CANNOT_SEND,
    "retry_backoff": 5,
    "retry_backoff_max": 300,
    "retry_jitter": True,
    "max_retries": 5,
}


@task(asks_api=False, **TRY_AGAIN)
def deliver_message(message_id: str) -> None:
    """Deliver one message, again and again while the mail server is away."""
    actions.deliver_message(message_id=message_id)


@task(asks_api=False)
def deliver_what_waits() -> None:
    """Ask once more for messages whose task was lost or has given up."""
    for message in actions.list_undelivered():
        deliver_message.delay(str(message.pk))
