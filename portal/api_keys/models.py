"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.api_keys.managers import (
    ApiKeyHistoryQuerySet,
    ApiKeyQuerySet,
)
from portal.remote import choices
from portal.remote.fields import EncryptedField, MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel, Statistics
from portal.remote.versions import Versioned


class KeyTypes(RemoteModel):
    """The API's table `key_types`."""

    name = models.CharField(primary_key=True, max_length=255)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "key_types"
        verbose_name = _("key types")
        verbose_name_plural = _("key types")

    def __str__(self) -> str:
        return str(self.name)


class ApiKey(Versioned, RemoteModel):
    """The API's table `api_keys`."""

    history = "api_keys.ApiKeyHistory"

    id = models.UUIDField(_("ID"), primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=255)
    secret = EncryptedField(max_length=255, unique=True)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="api_keys",
    )
    key_type = models.CharField(_("type"), max_length=255, choices=choices.KEY_TYPES)
    expiry_date = models.DateTimeField(_("revoked"), null=True, blank=True)
    created_at = models.DateTimeField(
        _("created"), default=timezone.now, editable=False
    )
    updated_at = UpdatedAtField(null=True)
    created_by = MirrorKey(
        "users.User",
        verbose_name=_("created by"),
        related_name="+",
    )
    version = models.IntegerField(default=1)

    foreign_keys = (References("key_types", key_type="name"),)

    statistics = (
        Statistics(
            "st_dep_api_keys_service_id_created_by_id", ("service", "created_by")
        ),
    )

    objects: ClassVar[ApiKeyQuerySet] = manager_of(ApiKeyQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "api_keys"
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        indexes = [
            Index(fields=["created_by"], name="ix_api_keys_created_by_id"),
            Index(fields=["service"], name="ix_api_keys_service_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "name"],
                condition=Q(expiry_date__isnull=True),
                name="uix_service_to_key_name",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_revoked(self) -> bool:
        """Whether the key can no longer be used."""
        return self.expiry_date is not None


class ApiKeyHistory(RemoteModel):
    """The API's table `api_keys_history`: the versions of `api_keys`."""

    pk = models.CompositePrimaryKey("id", "version")
    id = models.UUIDField(default=uuid.uuid4)
    name = models.CharField(max_length=255)
    secret = EncryptedField(max_length=255)
    service = MirrorKey(
        "services.Service",
        constrained=False,
        related_name="+",
    )
    key_type = models.CharField(max_length=255)
    expiry_date = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)
    created_by = MirrorKey(
        "users.User",
        constrained=False,
        related_name="+",
    )
    version = models.IntegerField()

    objects: ClassVar[ApiKeyHistoryQuerySet] = manager_of(ApiKeyHistoryQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "api_keys_history"
        verbose_name = _("API key history")
        verbose_name_plural = _("API key histories")
        indexes = [
            Index(fields=["created_by"], name="ix_api_keys_history_created_by_id"),
            Index(fields=["service"], name="ix_api_keys_history_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.name)
