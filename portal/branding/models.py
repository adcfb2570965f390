"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.branding.managers import (
    EmailBrandingQuerySet,
    LetterBrandingQuerySet,
    LetterBrandingToOrganisationQuerySet,
    OrganisationEmailBrandingQuerySet,
    ServiceEmailBrandingQuerySet,
    ServiceLetterBrandingQuerySet,
)
from portal.remote import choices
from portal.remote.fields import MirrorKey, MirrorOneToOne, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel


class BrandingTypes(RemoteModel):
    """The API's table `branding_type`."""

    name = models.CharField(primary_key=True, max_length=255)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "branding_type"
        verbose_name = _("branding types")
        verbose_name_plural = _("branding types")

    def __str__(self) -> str:
        return str(self.name)


class EmailBranding(RemoteModel):
    """The API's table `email_branding`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    colour = models.CharField(_("colour"), max_length=7, null=True, blank=True)
    logo = models.CharField(
        _("file of the logo"), max_length=255, null=True, blank=True
    )
    name = models.CharField(_("name"), max_length=255, unique=True)
    text = models.CharField(
        _("text beside the logo"), max_length=255, null=True, blank=True
    )
    alt_text = models.CharField(
        _("text instead of the logo"), max_length=255, null=True, blank=True
    )
    brand_type = models.CharField(
        _("kind"), max_length=255, choices=choices.BRANDING_TYPE, default="org"
    )
    created_at = models.DateTimeField(
        _("added"), null=True, blank=True, default=timezone.now, editable=False
    )
    created_by = MirrorKey(
        "users.User",
        db_column="created_by",
        related_name="+",
        null=True,
        blank=True,
    )
    updated_at = UpdatedAtField(_("changed"), null=True)
    updated_by = MirrorKey(
        "users.User",
        db_column="updated_by",
        related_name="+",
        null=True,
        blank=True,
    )
    active = models.BooleanField(_("active"), default=True)

    foreign_keys = (References("branding_type", brand_type="name"),)

    objects: ClassVar[EmailBrandingQuerySet] = manager_of(EmailBrandingQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "email_branding"
        verbose_name = _("email branding")
        verbose_name_plural = _("email brandings")
        indexes = [
            Index(fields=["brand_type"], name="ix_email_branding_brand_type"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(text__isnull=False) & Q(alt_text__isnull=True))
                | (Q(text__isnull=True) & Q(alt_text__isnull=False)),
                name="ck_email_branding_one_of_alt_text_or_text_is_null",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class LetterBranding(RemoteModel):
    """The API's table `letter_branding`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=255, unique=True)
    filename = models.CharField(_("file of the logo"), max_length=255, unique=True)
    created_at = models.DateTimeField(
        _("added"), null=True, blank=True, default=timezone.now, editable=False
    )
    created_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )
    updated_at = UpdatedAtField(_("changed"), null=True)
    updated_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar[LetterBrandingQuerySet] = manager_of(LetterBrandingQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "letter_branding"
        verbose_name = _("letter branding")
        verbose_name_plural = _("letter brandings")

    def __str__(self) -> str:
        return str(self.name)


class OrganisationEmailBranding(RemoteModel):
    """The API's table `email_branding_to_organisation`."""

    pk = models.CompositePrimaryKey("organisation_id", "email_branding_id")
    organisation = MirrorKey(
        "organisations.Organisation",
        related_name="email_branding_pool",
    )
    email_branding = MirrorKey(
        "branding.EmailBranding",
        related_name="pools",
    )

    objects: ClassVar[OrganisationEmailBrandingQuerySet] = manager_of(
        OrganisationEmailBrandingQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "email_branding_to_organisation"
        verbose_name = _("organisation email branding")
        verbose_name_plural = _("organisation email brandings")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email_branding"],
                name="uix_email_branding_to_organisation",
            ),
        ]


class LetterBrandingToOrganisation(RemoteModel):
    """The API's table `letter_branding_to_organisation`."""

    pk = models.CompositePrimaryKey("organisation_id", "letter_branding_id")
    organisation = MirrorKey(
        "organisations.Organisation",
        related_name="letter_branding_pool",
    )
    letter_branding = MirrorKey(
        "branding.LetterBranding",
        related_name="pools",
    )

    objects: ClassVar[LetterBrandingToOrganisationQuerySet] = manager_of(
        LetterBrandingToOrganisationQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "letter_branding_to_organisation"
        verbose_name = _("letter branding to organisation")
        verbose_name_plural = _("letter branding to organisations")


class ServiceEmailBranding(RemoteModel):
    """The API's table `service_email_branding`."""

    service = MirrorOneToOne(
        "services.Service",
        related_name="chosen_email_branding",
        primary_key=True,
    )
    email_branding = MirrorKey(
        "branding.EmailBranding",
        related_name="chosen_by",
    )

    objects: ClassVar[ServiceEmailBrandingQuerySet] = manager_of(
        ServiceEmailBrandingQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_email_branding"
        verbose_name = _("service email branding")
        verbose_name_plural = _("service email brandings")


class ServiceLetterBranding(RemoteModel):
    """The API's table `service_letter_branding`."""

    service = MirrorOneToOne(
        "services.Service",
        related_name="chosen_letter_branding",
        primary_key=True,
    )
    letter_branding = MirrorKey(
        "branding.LetterBranding",
        related_name="chosen_by",
    )

    objects: ClassVar[ServiceLetterBrandingQuerySet] = manager_of(
        ServiceLetterBrandingQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_letter_branding"
        verbose_name = _("service letter branding")
        verbose_name_plural = _("service letter brandings")
