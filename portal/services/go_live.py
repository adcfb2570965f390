"""What a service has to have before it may send to anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.services.models import Service

MANAGERS_NEEDED = 2
# The platform's own sender, which only central government may keep.
PLATFORM_SENDER = "GOVUK"
PERMISSION_TO_APPROVE = "can_make_services_live"


@dataclass(frozen=True)
class Task:
    """One thing to do: what, where, and whether it is done."""

    text: str
    path: str
    is_done: bool
    hint: str = ""


@dataclass(frozen=True)
class Facts:
    """What the API knows about a service that wants to go live."""

    managers: int
    template_kinds: frozenset[str]
    reply_to_addresses: int
    default_sender: str
    agreement_signed: bool | None


@dataclass(frozen=True)
class Checklist:
    """The tasks of a service in the order of the page."""

    tasks: list[Task]

    @property
    def is_complete(self) -> bool:
        """Whether all is done."""
        return all(task.is_done for task in self.tasks)

    @property
    def missing(self) -> list[Task]:
        """What is still to do."""
        return [task for task in self.tasks if not task.is_done]


def checklist_of(
    service: Service, facts: Facts, exists: Callable[[str], bool]
) -> Checklist:
    """Choose the tasks of a service; what no page can do is not asked for."""
    tasks = [
        *_of_every_service(service, facts),
        *_of_emails(service, facts),
        *_of_texts(service, facts),
        *_of_agreement(service, facts),
    ]
    return Checklist([task for task in tasks if exists(task.path)])


def _of_every_service(service: Service, facts: Facts) -> Iterable[Task]:
    base = f"/services/{service.pk}"
    volumes = (service.volume_email, service.volume_sms, service.volume_letter)
    yield Task(
        _("Say how many messages you expect to send"),
        f"{base}/service-settings/request-to-go-live/estimate-usage",
        any(volumes),
    )
    yield Task(
        _("Confirm that your service is unique"),
        f"{base}/make-your-service-live/confirm-service-unique",
        bool(service.confirmed_unique),
    )
    yield Task(
        _("Add a team member who can manage settings, team and usage"),
        f"{base}/users",
        facts.managers >= MANAGERS_NEEDED,
        hint=_("A live service needs at least 2. Invitations count."),
    )
    yield Task(
        _("Add templates with examples of what you plan to send"),
        f"{base}/templates",
        bool(facts.template_kinds),
    )


def _of_emails(service: Service, facts: Facts) -> Iterable[Task]:
    if "email" in facts.template_kinds:
        yield Task(
            _("Add an address that replies to your emails go to"),
            f"/services/{service.pk}/service-settings/email-reply-to",
            facts.reply_to_addresses > 0,
        )


def _of_texts(service: Service, facts: Facts) -> Iterable[Task]:
    is_central = service.organisation_type == "central"
    if "sms" in facts.template_kinds and not is_central:
        yield Task(
            _("Change who your text messages come from"),
            f"/services/{service.pk}/service-settings/sms-sender",
            facts.default_sender != PLATFORM_SENDER,
        )


def _of_agreement(service: Service, facts: Facts) -> Iterable[Task]:
    if facts.agreement_signed is not None:
        yield Task(
            _("Accept the data sharing and financial agreement"),
            f"/services/{service.pk}/agreement",
            facts.agreement_signed,
        )


def sender_of(rows: Iterable[dict[str, Any]]) -> str:
    """Return the default sender of ``GET /service/<id>/sms-sender``."""
    return next((str(row["sms_sender"]) for row in rows if row["is_default"]), "")
