"""What the sandbox keeps beside the API's own tables."""

from __future__ import annotations

from django.db import models

from portal.remote.models import Index, RemoteModel


class OutboxMessage(RemoteModel):
    """A message that would have gone out to somebody."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    to = models.CharField()
    type = models.CharField()
    subject = models.TextField(null=True, blank=True)
    text = models.TextField()
    service_name = models.CharField()
    notification_id = models.UUIDField()

    class Meta(RemoteModel.Meta):
        abstract = False
        app_label = "sandbox"
        db_table = "sandbox_outbox"
        indexes = [Index(fields=["to"], name="ix_sandbox_outbox_to")]


class DemoPerson(RemoteModel):
    """Somebody whom a newcomer may sign in as."""

    user_id = models.UUIDField(primary_key=True)
    position = models.IntegerField()
    password = models.CharField()
    role = models.CharField()

    class Meta(RemoteModel.Meta):
        abstract = False
        app_label = "sandbox"
        db_table = "sandbox_people"


class ClockSetting(RemoteModel):
    """How far the sandbox's time has been moved: one row, or none."""

    id = models.IntegerField(primary_key=True)
    moved_by = models.DurationField()

    class Meta(RemoteModel.Meta):
        abstract = False
        app_label = "sandbox"
        db_table = "sandbox_clock"


class CallbackCall(RemoteModel):
    """News for a service's own server, and what came of telling it."""

    id = models.BigAutoField(primary_key=True)
    created_at = models.DateTimeField()
    service_id = models.UUIDField()
    callback_type = models.CharField()
    payload = models.TextField()
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(default="")

    class Meta(RemoteModel.Meta):
        abstract = False
        app_label = "sandbox"
        db_table = "sandbox_callbacks"
        indexes = [Index(fields=["due_at"], name="ix_sandbox_callbacks_due_at")]
