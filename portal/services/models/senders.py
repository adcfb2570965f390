"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.remote.fields import MirrorKey, MirrorOneToOne, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel, UniqueIndex
from portal.services.managers import (
    ServiceEmailReplyToQuerySet,
    ServiceLetterContactQuerySet,
    ServiceSmsSenderQuerySet,
)


class ServiceEmailReplyTo(RemoteModel):
    """The API's table `service_email_reply_to`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="email_reply_tos",
    )
    email_address = models.TextField(_("email address"))
    is_default = models.BooleanField(_("default"), default=True)
    archived = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    updated_at = UpdatedAtField(_("changed"), null=True)

    objects: ClassVar[ServiceEmailReplyToQuerySet] = manager_of(
        ServiceEmailReplyToQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_email_reply_to"
        verbose_name = _("reply-to address")
        verbose_name_plural = _("reply-to addresses")
        indexes = [
            Index(fields=["service"], name="ix_service_email_reply_to_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.email_address)


class ServiceLetterContact(RemoteModel):
    """The API's table `service_letter_contacts`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="letter_contacts",
    )
    contact_block = models.TextField(_("address"))
    is_default = models.BooleanField(_("default"), default=True)
    archived = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    updated_at = UpdatedAtField(_("changed"), null=True)

    objects: ClassVar[ServiceLetterContactQuerySet] = manager_of(
        ServiceLetterContactQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_letter_contacts"
        verbose_name = _("letter sender")
        verbose_name_plural = _("letter senders")
        indexes = [
            Index(fields=["service"], name="ix_service_letter_contacts_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.contact_block).partition("\n")[0]


class ServiceSmsSender(RemoteModel):
    """The API's table `service_sms_senders`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sms_sender = models.CharField(_("sender"), max_length=11)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="sms_senders",
    )
    is_default = models.BooleanField(_("default"), default=True)
    archived = models.BooleanField(default=False)
    inbound_number = MirrorOneToOne(
        "inbound.InboundNumber",
        related_name="service_sms_sender",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    updated_at = UpdatedAtField(_("changed"), null=True)

    objects: ClassVar[ServiceSmsSenderQuerySet] = manager_of(ServiceSmsSenderQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_sms_senders"
        verbose_name = _("text message sender")
        verbose_name_plural = _("text message senders")
        indexes = [
            UniqueIndex(
                fields=["inbound_number"],
                name="ix_service_sms_senders_inbound_number_id",
            ),
            Index(fields=["service"], name="ix_service_sms_senders_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.sms_sender)
