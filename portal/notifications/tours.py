"""Who takes the tour of which service, kept in their session until it ends."""

from __future__ import annotations

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

SESSION_KEY = "tour"


def begin(session: SessionBase, service_id: UUID, template_id: UUID) -> None:
    """Remember the tour, so that the page of the sent message leads on."""
    session[SESSION_KEY] = {"service": str(service_id), "template": str(template_id)}


def end(session: SessionBase) -> None:
    """Forget the tour."""
    session.pop(SESSION_KEY, None)


def example_of(session: SessionBase, service_id: UUID, template_id: object) -> str:
    """Return the template's id while somebody takes its tour in a service, else nothing."""
    tour = {"service": str(service_id), "template": str(template_id)}
    return tour["template"] if session.get(SESSION_KEY) == tour else ""


def address(service_id: UUID, template_id: UUID, step: int) -> str:
    """Return the address of a step; the first page before the first question."""
    if step < 1:
        return reverse("notifications:begin_tour", args=[service_id, template_id])
    return reverse("notifications:tour_step", args=[service_id, template_id, step])
