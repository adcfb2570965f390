"""Messages to the team that still have to be delivered; this app mirrors no table of the API."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SupportMessage(models.Model):
    """What somebody wrote to the team, kept until it is delivered and no longer.

    ``claimed_at`` belongs to the one run that is delivering it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    reply_to = models.CharField(max_length=320)
    is_urgent = models.BooleanField(default=False)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("support message")
        verbose_name_plural = _("support messages")
        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(self.id)
