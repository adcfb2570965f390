"""Reading what happened to a service."""

from __future__ import annotations

from portal.common.audit_words import changes_of
from portal.common.models import AuditEvent
from portal.remote.parallel import together
from portal.services.client import service_api_client
from portal.services.history import Day, Note, days_of, events_of, line_of
from portal.services.models import Service
from portal.users.models import User


def load_history(*, service: Service, kind: str = "") -> list[Day]:
    """Read the events of a service, all or of one kind, with the names of its team.

    Who is no longer in the team is looked up as well.
    """
    answer, team = together(
        lambda: service_api_client.get_service_history(str(service.pk)),
        lambda: list(User.objects.for_service(service)),
    )
    found = events_of(answer, notes_of(service))
    events = [event for event in found if kind in ("", event.kind)]
    names = {str(user.pk): str(user.name) for user in team}
    gone = {event.by_id for event in events if event.by_id} - names.keys()
    others = together(
        *(lambda pk=pk: User.objects.filter(pk=pk).first() for pk in sorted(gone))
    )
    names |= {str(user.pk): str(user.name) for user in others if user}
    return days_of(events, names)


def notes_of(service: Service) -> list[Note]:
    """Read what the portal wrote down of changes to a service."""
    written = AuditEvent.objects.filter(
        model="services.service", object_id=str(service.pk)
    )
    return [
        Note(
            at=event.at,
            by_id=str(event.actor_id),
            lines=tuple(
                line_of(change.field, change.before, change.after)
                for change in changes_of(event)
            ),
        )
        for event in written
    ]
