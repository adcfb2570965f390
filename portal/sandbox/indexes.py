"""Indexes that the API's database lacks: the sandbox counts messages with each page."""

from __future__ import annotations

from django.db import connection

INDEXES = {
    "ix_sandbox_notifications_job_status": ("job_id", "notification_status"),
    # All that lists filter, sort and count by, so that no message is read for it.
    "ix_sandbox_notifications_lists": (
        "service_id",
        "created_at",
        "id",
        "key_type",
        "notification_type",
        "notification_status",
        "template_id",
        "job_id",
        "created_by_id",
    ),
}


def make_indexes() -> None:
    """Make the indexes that are not there yet."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name, columns in INDEXES.items():
            listed = ", ".join(map(quote, columns))
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {quote(name)} ON notifications ({listed})"
            )
