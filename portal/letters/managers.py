"""How attachments of letters and returned letters are read from the API, and attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import NotSupportedError

from portal.clients import letter_attachment_client, service_api_client
from portal.remote.client import current_user_id
from portal.remote.gather import DETAILS_AT_MOST
from portal.remote.owners import Item, Items, ServiceListQuerySet
from portal.remote.parallel import together
from portal.remote.plan import Plan, Row, Rows
from portal.remote.query import RemoteQuerySet
from portal.remote.values import derived_id

if TYPE_CHECKING:
    from portal.letters.models import (  # noqa: F401 - named in strings
        LetterAttachment,
        ReturnedLetter,
    )


class LetterAttachmentQuerySet(RemoteQuerySet["LetterAttachment"]):
    """Pages printed after the letters of a template: single ones, never a list."""

    def fetch(self, plan: Plan) -> Rows:
        load = letter_attachment_client.get_letter_attachment
        if (rows := self.details(plan, load, at_most=DETAILS_AT_MOST)) is None:
            raise NotSupportedError(
                "The Notify API does not list attachments of letters: a template has its "
                'own; or use .using("notify_replica") where a replica is configured.'
            )
        return rows

    def attach(
        self, template: Any, *, upload_id: str, original_filename: str, page_count: int
    ) -> LetterAttachment:
        """Attach an uploaded file to a template of letters."""
        row: Row = letter_attachment_client.create_letter_attachment(
            upload_id=upload_id,
            original_filename=original_filename,
            page_count=page_count,
            template_id=str(template.pk),
            service_id=str(template.service_id),
        )
        made = self._instance(row)
        made.wrote({}, {"template": template.pk, **row}, created=True)
        return made

    def detach(self, template: Any) -> None:
        """Take the attachment off a template; the API archives it."""
        letter_attachment_client.archive_letter_attachment(
            letter_attachment_id=str(template.letter_attachment_id),
            user_id=current_user_id() or "",
            service_id=str(template.service_id),
        )

    def send_create(self, payload: dict[str, Any]) -> NoReturn:
        raise NotSupportedError("A file is attached to a template: use .attach(…).")

    def send_delete(self, instance: LetterAttachment) -> NoReturn:
        raise NotSupportedError("A file is taken off its template: use .detach(…).")


class ReturnedLetterQuerySet(ServiceListQuerySet["ReturnedLetter"]):
    """A service's letters that came back, by the day of the report.

    Letters that the API no longer keeps are left out. The keys are made of the
    letters'; when these were made is in ``extra["sent_at"]``.
    """

    details_at_most = 0
    list_fields = ("id", "service", "reported_at", "notification")

    def load_list(self, owner_id: str, plan: Plan) -> Items:
        days = plan.one_of("reported_at")
        if days is None:
            summary = service_api_client.get_returned_letter_summary(owner_id)
            days = [row["reported_at"] for row in summary]
        if len(days) > DETAILS_AT_MOST:
            raise NotSupportedError(
                f"Letters came back on {len(days)} days, each of which is a call: "
                "add .filter(reported_at__in=…)."
            )
        found = together(*(_Day(owner_id, day) for day in dict.fromkeys(days)))
        return [_returned(item) for answer in found for item in answer]


class _Day:
    """The load of one day's report."""

    def __init__(self, service_id: str, day: Any) -> None:
        self.service_id, self.day = service_id, str(day)

    def __call__(self) -> list[Item]:
        answer = service_api_client.get_returned_letters(self.service_id, self.day)
        rows: list[Item] = answer["returned_letters"]
        return rows


def _returned(item: Item) -> Row:
    row = dict(item)
    row["sent_at"] = row.pop("created_at")
    return {"id": derived_id("returned letter", row["notification_id"]), **row}
