"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.providers.managers import (
    ProviderDetailsHistoryQuerySet,
    ProviderDetailsQuerySet,
)
from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel
from portal.remote.versions import Versioned


class ProviderDetails(Versioned, RemoteModel):
    """The API's table `provider_details`."""

    history = "providers.ProviderDetailsHistory"

    id = models.UUIDField(_("ID"), primary_key=True, default=uuid.uuid4, editable=False)
    display_name = models.CharField(_("name"))
    identifier = models.CharField(_("identifier"))
    priority = models.IntegerField(_("priority"))
    notification_type = EnumField(
        "notification_type", _("channel"), choices=choices.NOTIFICATION_TYPE
    )
    active = models.BooleanField(_("active"), default=False)
    version = models.IntegerField(default=1)
    updated_at = UpdatedAtField(_("changed"), null=True)
    created_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )
    reason = models.CharField(_("reason of the last change"), null=True, blank=True)
    supports_international = models.BooleanField(_("sends abroad"), default=False)

    objects: ClassVar[ProviderDetailsQuerySet] = manager_of(ProviderDetailsQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "provider_details"
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        indexes = [
            Index(fields=["created_by"], name="ix_provider_details_created_by_id"),
        ]

    def __str__(self) -> str:
        return str(self.display_name)

    @property
    def current_month_billable_sms(self) -> int:
        """The text message parts that it carried this month; in the list only."""
        return int(self.extra.get("current_month_billable_sms") or 0)


class ProviderDetailsHistory(RemoteModel):
    """The API's table `provider_details_history`."""

    pk = models.CompositePrimaryKey("id", "version")
    id = models.UUIDField()
    display_name = models.CharField()
    identifier = models.CharField()
    priority = models.IntegerField()
    notification_type = EnumField(
        "notification_type", choices=choices.NOTIFICATION_TYPE
    )
    active = models.BooleanField()
    version = models.IntegerField()
    updated_at = UpdatedAtField(null=True)
    created_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )
    reason = models.CharField(null=True, blank=True)
    supports_international = models.BooleanField(default=False)

    objects: ClassVar[ProviderDetailsHistoryQuerySet] = manager_of(
        ProviderDetailsHistoryQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "provider_details_history"
        verbose_name = _("provider details history")
        verbose_name_plural = _("provider details histories")
        indexes = [
            Index(
                fields=["created_by"], name="ix_provider_details_history_created_by_id"
            ),
        ]

    @property
    def changed_by(self) -> str:
        """The name of the person who made this version."""
        author = self.extra.get("created_by")
        return str(author["name"]) if isinstance(author, dict) else "–"
