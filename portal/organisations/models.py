"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.managers import (
    DomainQuerySet,
    OrganisationPermissionQuerySet,
    OrganisationQuerySet,
)
from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import References, RemoteModel, UniqueIndex

if TYPE_CHECKING:
    from portal.users.managers import UserQuerySet


class OrganisationTypes(RemoteModel):
    """The API's table `organisation_types`."""

    name = models.CharField(primary_key=True, max_length=255)
    is_crown = models.BooleanField(null=True, blank=True)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "organisation_types"
        verbose_name = _("organisation types")
        verbose_name_plural = _("organisation types")

    def __str__(self) -> str:
        return str(self.name)


class Organisation(RemoteModel):
    """The API's table `organisation`."""

    id = models.UUIDField(_("ID"), primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=255, unique=True)
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = UpdatedAtField(null=True)
    agreement_signed = models.BooleanField(_("agreement signed"), null=True, blank=True)
    agreement_signed_at = models.DateTimeField(
        _("agreement signed on"), null=True, blank=True
    )
    agreement_signed_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )
    agreement_signed_on_behalf_of_name = models.CharField(
        _("signed on behalf of (name)"), max_length=255, null=True, blank=True
    )
    agreement_signed_on_behalf_of_email_address = models.CharField(
        _("signed on behalf of (email address)"), max_length=255, null=True, blank=True
    )
    agreement_signed_version = models.FloatField(
        _("version of the agreement"), null=True, blank=True
    )
    crown = models.BooleanField(_("Crown body"), null=True, blank=True)
    organisation_type = models.CharField(
        _("type of organisation"),
        max_length=255,
        choices=choices.ORGANISATION_TYPES,
        null=True,
        blank=True,
    )
    request_to_go_live_notes = models.TextField(
        _("notes on going live"), null=True, blank=True
    )
    can_approve_own_go_live_requests = models.BooleanField(
        _("makes its own services live"), default=False
    )
    email_branding = MirrorKey(
        "branding.EmailBranding",
        related_name="organisations",
        null=True,
        blank=True,
    )
    letter_branding = MirrorKey(
        "branding.LetterBranding",
        related_name="organisations",
        null=True,
        blank=True,
    )
    notes = models.TextField(_("notes"), null=True, blank=True)
    purchase_order_number = models.CharField(
        _("purchase order number"), max_length=255, null=True, blank=True
    )
    billing_contact_names = models.TextField(
        _("billing contact names"), null=True, blank=True
    )
    billing_contact_email_addresses = models.TextField(
        _("billing contact email addresses"), null=True, blank=True
    )
    billing_reference = models.CharField(
        _("billing reference"), max_length=255, null=True, blank=True
    )

    foreign_keys = (References("organisation_types", organisation_type="name"),)

    objects: ClassVar[OrganisationQuerySet] = manager_of(OrganisationQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "organisation"
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [UniqueIndex(fields=["name"], name="ix_organisation_name")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def users(self) -> UserQuerySet:
        """The members of its team."""
        from portal.users.models import User

        return User.objects.using(self._state.db).for_organisation(self)

    @property
    def domain_names(self) -> list[str]:
        """The e-mail domains whose people belong to it."""
        return list(self.extra.get("domains") or [])

    @property
    def count_of_live_services(self) -> int:
        """How many live services it has."""
        return int(self.extra.get("count_of_live_services") or 0)

    @property
    def permissions(self) -> list[str]:
        """What its people may do beyond the usual."""
        return list(self.extra.get("permissions") or [])


class OrganisationPermission(RemoteModel):
    """The API's table `organisation_permissions`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    organisation = MirrorKey(
        "organisations.Organisation",
        related_name="organisation_permissions",
    )
    permission = EnumField(
        "organisation_permission_types", choices=choices.ORGANISATION_PERMISSION_TYPES
    )

    objects: ClassVar[OrganisationPermissionQuerySet] = manager_of(
        OrganisationPermissionQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "organisation_permissions"
        verbose_name = _("organisation permission")
        verbose_name_plural = _("organisation permissions")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "permission"],
                name="uix_organisation_permission",
            ),
        ]


class Domain(RemoteModel):
    """The API's table `domain`."""

    domain = models.CharField(primary_key=True, max_length=255)
    organisation = MirrorKey(
        "organisations.Organisation",
        related_name="domains",
    )

    objects: ClassVar[DomainQuerySet] = manager_of(DomainQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "domain"
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
