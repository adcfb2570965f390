"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey
from portal.remote.managers import manager_of
from portal.remote.models import Index, RemoteModel, Statistics
from portal.users.managers import (
    PermissionQuerySet,
    ServiceUserQuerySet,
    UserToOrganisationQuerySet,
)

if TYPE_CHECKING:
    pass


class ServiceUser(RemoteModel):
    """The API's table `user_to_service`."""

    pk = models.CompositePrimaryKey("user_id", "service_id")
    user = MirrorKey(
        "users.User",
        related_name="service_memberships",
    )
    service = MirrorKey(
        "services.Service",
        related_name="memberships",
    )

    objects: ClassVar[ServiceUserQuerySet] = manager_of(ServiceUserQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "user_to_service"
        verbose_name = _("service user")
        verbose_name_plural = _("service users")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "service"], name="uix_user_to_service"
            ),
        ]


class UserToOrganisation(RemoteModel):
    """The API's table `user_to_organisation`; without a primary key there."""

    pk = models.CompositePrimaryKey("user_id", "organisation_id")
    has_key = False
    user = MirrorKey(
        "users.User",
        related_name="organisation_memberships",
    )
    organisation = MirrorKey(
        "organisations.Organisation",
        related_name="memberships",
    )

    objects: ClassVar[UserToOrganisationQuerySet] = manager_of(
        UserToOrganisationQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "user_to_organisation"
        verbose_name = _("user to organisation")
        verbose_name_plural = _("user to organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="uix_user_to_organisation"
            ),
        ]


class Permission(RemoteModel):
    """The API's table `permissions`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = MirrorKey(
        "services.Service",
        related_name="user_permissions",
        null=True,
        blank=True,
    )
    user = MirrorKey(
        "users.User",
        related_name="user_permissions",
    )
    permission = EnumField("permission_types", choices=choices.PERMISSION_TYPES)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[PermissionQuerySet] = manager_of(PermissionQuerySet)

    statistics = (
        Statistics("st_dep_permissions_service_id_user_id", ("service", "user")),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "permissions"
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        indexes = [
            Index(fields=["service"], name="ix_permissions_service_id"),
            Index(fields=["user"], name="ix_permissions_user_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "user", "permission"],
                name="uix_service_user_permission",
            ),
        ]


class OrganisationUserPermissions(RemoteModel):
    """The API's table `organisation_user_permissions`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    organisation = MirrorKey(
        "organisations.Organisation",
        related_name="organisation_user_permissions",
        null=True,
        blank=True,
    )
    user = MirrorKey(
        "users.User",
        related_name="organisation_user_permissions",
    )
    permission = EnumField(
        "organisation_user_permission_types",
        choices=choices.ORGANISATION_USER_PERMISSION_TYPES,
        null=True,
        blank=True,
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "organisation_user_permissions"
        verbose_name = _("organisation user permissions")
        verbose_name_plural = _("organisation user permissions")
        indexes = [
            Index(
                fields=["organisation"],
                name="ix_organisation_user_permissions_organisation_id",
            ),
            Index(
                fields=["permission"],
                name="ix_organisation_user_permissions_permission",
            ),
            Index(fields=["user"], name="ix_organisation_user_permissions_user_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "permission"],
                name="uix_organisation_user_permission",
            ),
        ]
