"""Who sent the files of recipients: the API does not tell it of their messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from portal.clients import job_api_client, user_api_client
from portal.remote.answers import reading
from portal.remote.errors import NotFound

MOST_PAGES: Final = 20


class FileSenders:
    """Names the senders of messages that are of files; asks the API when it has to.

    A report's rows tell their file by name alone: where two people sent files of one
    name, nobody is named.
    """

    def __init__(self, service_id: UUID | str, job_id: str | None) -> None:
        self.service_id, self.job_id = str(service_id), job_id

    def fill(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a row with its sender, where that is known."""
        if row.get("created_by_name") or not row.get("job_name"):
            return row
        sender = self._of_files.get(row["job_name"], {})
        return {
            **row,
            "created_by_name": sender.get("name"),
            "created_by_email_address": self._emails.get(sender.get("id", "")),
        }

    @cached_property
    def _of_files(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        with reading():
            for job in self._jobs():
                sender = job.get("created_by") or {"id": "", "name": ""}
                found[job["original_file_name"]][sender["id"]] = sender
        return {
            name: next(iter(senders.values()))
            for name, senders in found.items()
            if len(senders) == 1
        }

    def _jobs(self) -> Iterator[Mapping[str, Any]]:
        if self.job_id:
            try:
                yield job_api_client.get_job(self.service_id, self.job_id)["data"]
            except NotFound:
                # The API forgets files after some days.
                pass
            return
        for number in range(1, MOST_PAGES + 1):
            answer = job_api_client.get_jobs(self.service_id, page=number)
            yield from answer["data"]
            if not answer["links"].get("next"):
                return

    @cached_property
    def _emails(self) -> dict[str, str]:
        people = user_api_client.get_users_for_service(self.service_id)
        with reading():
            return {person["id"]: person["email_address"] for person in people}
