"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.message_templates.managers import (
    TemplateEmailFileQuerySet,
)
from portal.remote.fields import MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel
from portal.remote.versions import Versioned


class TemplateEmailFile(Versioned, RemoteModel):
    """The API's table `template_email_files`."""

    history = "message_templates.TemplateEmailFileHistory"

    version = models.IntegerField(default=0)
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filename = models.TextField()
    link_text = models.TextField(null=True, blank=True)
    retention_period = models.IntegerField(default=1)
    validate_users_email = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    pending = models.BooleanField(null=True, blank=True, default=False)
    template = MirrorKey(
        "message_templates.Template",
        related_name="template_email_files",
    )
    template_version = models.IntegerField()
    created_by = MirrorKey(
        "users.User",
        related_name="+",
    )
    archived_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar[TemplateEmailFileQuerySet] = manager_of(TemplateEmailFileQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "template_email_files"
        verbose_name = _("template email file")
        verbose_name_plural = _("template email files")
        indexes = [
            Index(
                fields=["archived_by"], name="ix_template_email_files_archived_by_id"
            ),
            Index(fields=["created_by"], name="ix_template_email_files_created_by_id"),
            Index(fields=["template"], name="ix_template_email_files_template_id"),
            Index(
                fields=["template_version"],
                name="ix_template_email_files_template_version",
            ),
        ]


class TemplateEmailFileHistory(RemoteModel):
    """The API's table `template_email_files_history`."""

    pk = models.CompositePrimaryKey("id", "version")
    version = models.IntegerField()
    id = models.UUIDField(default=uuid.uuid4)
    filename = models.TextField()
    link_text = models.TextField(null=True, blank=True)
    retention_period = models.IntegerField(default=1)
    validate_users_email = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    pending = models.BooleanField(null=True, blank=True, default=False)
    template = MirrorKey(
        "message_templates.Template",
        related_name="+",
    )
    template_version = models.IntegerField()
    created_by = MirrorKey(
        "users.User",
        related_name="+",
    )
    archived_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "template_email_files_history"
        verbose_name = _("template email file history")
        verbose_name_plural = _("template email file histories")
        indexes = [
            Index(
                fields=["archived_by"],
                name="ix_template_email_files_history_archived_by_id",
            ),
            Index(
                fields=["created_by"],
                name="ix_template_email_files_history_created_by_id",
            ),
            Index(
                fields=["template"], name="ix_template_email_files_history_template_id"
            ),
            Index(
                fields=["template_version"],
                name="ix_template_email_files_history_template_version",
            ),
        ]
