"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.letters.attachments import WithPages
from portal.message_templates.attached import AttachedFile, attached_files
from portal.message_templates.managers import TemplateHistoryQuerySet, TemplateQuerySet
from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey, MirrorOneToOne, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel, Statistics
from portal.remote.values import parse_id
from portal.remote.versions import Versioned


class Template(WithPages, Versioned, RemoteModel):
    """The API's table `templates`."""

    history = "message_templates.TemplateHistory"

    version = models.IntegerField(_("version"), default=0)
    id = models.UUIDField(_("ID"), primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=255)
    template_type = EnumField("template_type", _("type"), choices=choices.TEMPLATE_TYPE)
    created_at = models.DateTimeField(
        _("created"), default=timezone.now, editable=False
    )
    updated_at = UpdatedAtField(_("changed"), null=True)
    content = models.TextField(_("message"))
    archived = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    subject = models.TextField(_("subject"), null=True, blank=True)
    postage = models.CharField(null=True, blank=True)
    letter_welsh_content = models.TextField(null=True, blank=True)
    letter_welsh_subject = models.TextField(null=True, blank=True)
    letter_languages = EnumField(
        "letter_language_options",
        choices=choices.LETTER_LANGUAGE_OPTIONS,
        null=True,
        blank=True,
    )
    has_unsubscribe_link = models.BooleanField(
        _("has an unsubscribe link"), default=False
    )
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="templates",
    )
    created_by = MirrorKey(
        "users.User",
        related_name="+",
    )
    service_letter_contact = MirrorKey(
        "services.ServiceLetterContact",
        related_name="templates",
        null=True,
        blank=True,
    )
    letter_attachment = MirrorKey(
        "letters.LetterAttachment",
        related_name="templates",
        null=True,
        blank=True,
    )

    objects: ClassVar[TemplateQuerySet] = manager_of(TemplateQuerySet)

    statistics = (
        Statistics("st_dep_templates_service_id_ctd_by_id", ("service", "created_by")),
        Statistics(
            "st_dep_templates_service_id_let_att_id", ("service", "letter_attachment")
        ),
        Statistics(
            "st_dep_templates_service_id_sv_let_cct_id",
            ("service", "service_letter_contact"),
        ),
        Statistics(
            "st_dep_templates_tpt_type_has_unsub_lnk",
            ("template_type", "has_unsubscribe_link"),
        ),
        Statistics("st_dep_templates_tpt_type_postage", ("template_type", "postage")),
        Statistics(
            "st_dep_templates_tpt_type_letter_lang",
            ("template_type", "letter_languages"),
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "templates"
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        indexes = [
            Index(fields=["created_by"], name="ix_templates_created_by_id"),
            Index(fields=["service"], name="ix_templates_service_id"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(template_type__ne="letter") & Q(letter_languages__isnull=True)
                )
                | (Q(template_type="letter") & Q(letter_languages__isnull=False)),
                name="ck_templates_letter_languages",
            ),
            models.CheckConstraint(
                condition=Q(template_type="letter") | Q(letter_attachment__isnull=True),
                name="ck_templates_letter_attachments",
            ),
            models.CheckConstraint(
                condition=Q(template_type="email") | Q(has_unsubscribe_link=False),
                name="ck_templates_non_email_has_unsubscribe_false",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def folder_id(self) -> uuid.UUID | None:
        """The folder that the template lies in; None at the top."""
        folder = self.extra.get("folder")
        return parse_id(folder) if folder else None

    @property
    def redact_personalisation(self) -> bool:
        """Whether what was filled in is hidden after sending."""
        return bool(self.extra.get("redact_personalisation"))

    @property
    def reply_to_text(self) -> str:
        """The sender's address block of a letter."""
        return str(self.extra.get("reply_to_text") or "")

    @property
    def email_files(self) -> list[AttachedFile]:
        """The files that its e-mails link to."""
        return attached_files(self.extra.get("email_files"))


class TemplateHistory(WithPages, RemoteModel):
    """The API's table `templates_history`."""

    pk = models.CompositePrimaryKey("id", "version")
    version = models.IntegerField()
    id = models.UUIDField(default=uuid.uuid4)
    name = models.CharField(max_length=255)
    template_type = EnumField("template_type", choices=choices.TEMPLATE_TYPE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)
    content = models.TextField()
    archived = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    subject = models.TextField(null=True, blank=True)
    postage = models.CharField(null=True, blank=True)
    letter_welsh_content = models.TextField(null=True, blank=True)
    letter_welsh_subject = models.TextField(null=True, blank=True)
    letter_languages = EnumField(
        "letter_language_options",
        choices=choices.LETTER_LANGUAGE_OPTIONS,
        null=True,
        blank=True,
    )
    has_unsubscribe_link = models.BooleanField(default=False)
    service = MirrorKey(
        "services.Service",
        related_name="+",
    )
    created_by = MirrorKey(
        "users.User",
        related_name="+",
    )
    service_letter_contact = MirrorKey(
        "services.ServiceLetterContact",
        related_name="+",
        null=True,
        blank=True,
    )
    letter_attachment = MirrorKey(
        "letters.LetterAttachment",
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar[TemplateHistoryQuerySet] = manager_of(TemplateHistoryQuerySet)

    statistics = (
        Statistics(
            "st_dep_templates_history_service_id_ctd_by_id", ("service", "created_by")
        ),
        Statistics(
            "st_dep_templates_history_service_id_let_att_id",
            ("service", "letter_attachment"),
        ),
        Statistics(
            "st_dep_templates_history_service_id_sv_let_cct_id",
            ("service", "service_letter_contact"),
        ),
        Statistics(
            "st_dep_templates_history_tpt_type_has_unsub_lnk",
            ("template_type", "has_unsubscribe_link"),
        ),
        Statistics(
            "st_dep_templates_history_tpt_type_postage", ("template_type", "postage")
        ),
        Statistics(
            "st_dep_templates_history_tpt_type_letter_lang",
            ("template_type", "letter_languages"),
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "templates_history"
        verbose_name = _("template history")
        verbose_name_plural = _("template histories")
        indexes = [
            Index(fields=["created_by"], name="ix_templates_history_created_by_id"),
            Index(fields=["service"], name="ix_templates_history_service_id"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(template_type__ne="letter") & Q(letter_languages__isnull=True)
                )
                | (Q(template_type="letter") & Q(letter_languages__isnull=False)),
                name="ck_templates_history_letter_languages",
            ),
            models.CheckConstraint(
                condition=Q(template_type="letter") | Q(letter_attachment__isnull=True),
                name="ck_templates_history_letter_attachments",
            ),
            models.CheckConstraint(
                condition=Q(template_type="email") | Q(has_unsubscribe_link=False),
                name="ck_templates_history_non_email_has_unsubscribe_false",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def created_by_name(self) -> str:
        """The name of the person who made this version."""
        author = self.extra.get("created_by")
        return str(author["name"]) if isinstance(author, dict) else ""

    @property
    def email_files(self) -> list[AttachedFile]:
        """The files that the e-mails of this version linked to."""
        return attached_files(self.extra.get("email_files"))


class TemplateRedacted(RemoteModel):
    """The API's table `template_redacted`."""

    template = MirrorOneToOne(
        "message_templates.Template",
        related_name="redaction",
        primary_key=True,
    )
    redact_personalisation = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = MirrorKey(
        "users.User",
        related_name="+",
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "template_redacted"
        verbose_name = _("template redacted")
        verbose_name_plural = _("template redacteds")
        indexes = [
            Index(fields=["updated_by"], name="ix_template_redacted_updated_by_id"),
        ]
