"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.letters.managers import (
    LetterAttachmentQuerySet,
    ReturnedLetterQuerySet,
)
from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey, MirrorOneToOne, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel


class LetterAttachment(RemoteModel):
    """The API's table `letter_attachment`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = MirrorKey(
        "users.User",
        related_name="+",
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )
    original_filename = models.CharField()
    page_count = models.SmallIntegerField()

    objects: ClassVar[LetterAttachmentQuerySet] = manager_of(LetterAttachmentQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "letter_attachment"
        verbose_name = _("letter attachment")
        verbose_name_plural = _("letter attachments")


class ReturnedLetter(RemoteModel):
    """The API's table `returned_letters`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reported_at = models.DateField(_("reported"))
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="returned_letters",
    )
    notification = MirrorOneToOne(
        "notifications.Notification",
        constrained=False,
        verbose_name=_("letter"),
        related_name="returned_letter",
    )
    created_at = models.DateTimeField(editable=False)
    updated_at = UpdatedAtField(null=True)

    objects: ClassVar[ReturnedLetterQuerySet] = manager_of(ReturnedLetterQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "returned_letters"
        verbose_name = _("returned letter")
        verbose_name_plural = _("returned letters")
        indexes = [
            Index(fields=["service"], name="ix_returned_letters_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.reported_at)


class NotificationLetterDespatch(RemoteModel):
    """The API's table `notifications_letter_despatch`."""

    notification = MirrorOneToOne(
        "notifications.Notification",
        constrained=False,
        related_name="+",
        primary_key=True,
    )
    despatched_on = models.DateField(null=True, blank=True)
    cost_threshold = EnumField(
        "letter_despatch_cost_threshold", choices=choices.LETTER_DESPATCH_COST_THRESHOLD
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "notifications_letter_despatch"
        verbose_name = _("notification letter despatch")
        verbose_name_plural = _("notification letter despatchs")
        indexes = [
            Index(
                fields=["cost_threshold"],
                name="ix_notifications_letter_despatch_cost_threshold",
            ),
            Index(
                fields=["despatched_on"],
                name="ix_notifications_letter_despatch_despatched_on",
            ),
        ]
