"""Requests to get no more e-mails, and the batches that a service sees to."""

from __future__ import annotations

from uuid import UUID

from portal.clients import service_api_client, unsubscribe_api_client
from portal.common import audit
from portal.notifications.unsubscribing import Batch, batch_csv
from portal.remote.answers import reading
from portal.remote.cache import cache
from portal.services.models import Service
from portal.users.models import User


def list_batches(*, service: Service) -> list[Batch]:
    """Read the batches of requests to unsubscribe; the one not made yet comes first.

    Always anew: what waits now is what somebody comes to this list for.
    """
    with cache.refreshing():
        found = service_api_client.get_unsubscribe_reports_summary(str(service.pk))
    with reading():
        return [Batch.read(row) for row in found]


def make_batch(*, service: Service, batch: Batch) -> str:
    """Make a batch of the requests that wait; gives its id."""
    earliest, latest = batch.window
    made = service_api_client.create_unsubscribe_request_report(
        str(service.pk),
        {
            "count": batch.count,
            "earliest_timestamp": earliest,
            "latest_timestamp": latest,
        },
    )
    return str(made["report_id"])


def process_batch(
    *, service: Service, user: User, batch: Batch, processed: bool
) -> None:
    """Mark a batch as seen to, or as not."""
    service_api_client.process_unsubscribe_request_report(
        str(service.pk), batch.id, {"report_has_been_processed": processed}
    )
    audit.record(
        actor=user,
        action="changed",
        model="notifications.unsubscriberequestreport",
        object_id=batch.id,
        object_repr=str(service.name),
        before={"processed": batch.processed_at is not None},
        after={"processed": processed},
    )


def load_batch_csv(*, service: Service, batch_id: UUID) -> str:
    """Read the requests of a batch as a CSV file. Raises NotFound."""
    answer = service_api_client.get_unsubscribe_request_report(
        str(service.pk), str(batch_id)
    )
    with reading():
        return batch_csv(answer)


def unsubscribe(*, notification_id: UUID, token: str) -> bool:
    """Have a recipient get no more e-mails; False when the link is not the API's."""
    return bool(unsubscribe_api_client.unsubscribe(str(notification_id), token))
