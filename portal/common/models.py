"""What the portal keeps of its own: the audit log, and what people have not finished yet."""

from __future__ import annotations

import json
import uuid
from typing import Any, NoReturn

from django.contrib.admin.models import LogEntry
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyQuerySet(models.QuerySet["AuditEvent"]):
    """Events in numbers: they can be neither changed nor deleted either."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: a written event stays as it is."""
        raise TypeError("Audit events cannot be changed.")

    def delete(self) -> NoReturn:
        """Refuse: the log only grows."""
        raise TypeError("Audit events cannot be deleted.")


class AuditEvent(models.Model):
    """One change, kept for good: who, what, when, before and after.

    Plain ids and names rather than foreign keys, as people and things live in the API.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    actor_id = models.UUIDField(_("who (id)"), null=True, db_index=True)
    actor_name = models.CharField(_("who"), max_length=255)
    action = models.CharField(_("action"), max_length=20)
    model = models.CharField(_("kind of thing"), max_length=100)
    object_id = models.CharField(_("id"), max_length=100)
    object_repr = models.CharField(_("what"), max_length=200)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    change_message = models.JSONField(_("changed fields"), default=list)
    trace_id = models.CharField(_("trace"), max_length=64, blank=True)

    objects = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-at"]
        indexes = [models.Index(fields=["model", "object_id"], name="ix_audit_object")]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.object_repr}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new event; a written one stays as it is."""
        if not self._state.adding:
            raise TypeError("An audit event cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: the log only grows."""
        raise TypeError("An audit event cannot be deleted.")

    def get_change_message(self) -> str:
        """Say in a sentence what changed, as Django's own log does."""
        return LogEntry(
            change_message=json.dumps(self.change_message)
        ).get_change_message()


class SavedDraft(models.Model):
    """What one person has begun in one service: words, answers or an uploaded file.

    It is sealed, as it may name people; `portal.common.drafts` reads and writes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_id = models.UUIDField(_("who (id)"))
    service_id = models.UUIDField(_("service (id)"))
    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("what it is a draft of"), max_length=100)
    sealed = models.TextField(_("sealed content"))
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "service_id", "kind", "key"], name="uq_draft"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
