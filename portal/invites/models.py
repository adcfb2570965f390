"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.invites.managers import (
    InvitedOrganisationUserQuerySet,
    InvitedUserQuerySet,
    ServiceJoinRequestQuerySet,
)
from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel, Statistics


class InviteStatusType(RemoteModel):
    """The API's table `invite_status_type`."""

    name = models.CharField(primary_key=True)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "invite_status_type"
        verbose_name = _("invite status type")
        verbose_name_plural = _("invite status types")

    def __str__(self) -> str:
        return str(self.name)


class InvitedUser(RemoteModel):
    """The API's table `invited_users`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email_address = models.CharField(_("email address"), max_length=255)
    user = MirrorKey(
        "users.User",
        verbose_name=_("invited by"),
        related_name="invited_users",
    )
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="invited_users",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(
        _("invited"), default=timezone.now, editable=False
    )
    status = EnumField(
        "invited_users_status_types",
        _("state"),
        choices=choices.INVITED_USERS_STATUS_TYPES,
        default="pending",
    )
    permissions = models.CharField(_("permissions"))
    auth_type = models.CharField(
        _("signs in with"), choices=choices.AUTH_TYPE, default="sms_auth"
    )
    folder_permissions = models.JSONField(default=list)

    objects: ClassVar[InvitedUserQuerySet] = manager_of(InvitedUserQuerySet)

    foreign_keys = (References("auth_type", auth_type="name"),)

    statistics = (
        Statistics("st_dep_inv_users_user_id_service_id", ("user", "service")),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "invited_users"
        verbose_name = _("invitation to a service")
        verbose_name_plural = _("invitations to services")
        indexes = [
            Index(fields=["auth_type"], name="ix_invited_users_auth_type"),
            Index(fields=["service"], name="ix_invited_users_service_id"),
            Index(fields=["user"], name="ix_invited_users_user_id"),
        ]

    def __str__(self) -> str:
        return str(self.email_address)


class InvitedOrganisationUser(RemoteModel):
    """The API's table `invited_organisation_users`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email_address = models.CharField(_("email address"), max_length=255)
    invited_by = MirrorKey(
        "users.User",
        verbose_name=_("invited by"),
        related_name="+",
    )
    organisation = MirrorKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        related_name="invited_organisation_users",
    )
    permissions = models.CharField(_("permissions"))
    created_at = models.DateTimeField(
        _("invited"), default=timezone.now, editable=False
    )
    status = models.CharField(
        _("state"), choices=choices.INVITE_STATUS_TYPE, default="pending"
    )

    objects: ClassVar[InvitedOrganisationUserQuerySet] = manager_of(
        InvitedOrganisationUserQuerySet
    )

    foreign_keys = (References("invite_status_type", status="name"),)

    statistics = (
        Statistics(
            "st_dep_inv_org_users_inv_by_id_org_id", ("invited_by", "organisation")
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "invited_organisation_users"
        verbose_name = _("invitation to an organisation")
        verbose_name_plural = _("invitations to organisations")

    def __str__(self) -> str:
        return str(self.email_address)


class ServiceJoinRequest(RemoteModel):
    """The API's table `service_join_requests`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requester = MirrorKey(
        "users.User",
        related_name="+",
    )
    service = MirrorKey(
        "services.Service",
        related_name="join_requests",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    status = EnumField(
        "service_join_request_status_type",
        choices=choices.SERVICE_JOIN_REQUEST_STATUS_TYPE,
        default="pending",
    )
    status_changed_at = models.DateTimeField(null=True, blank=True)
    status_changed_by = MirrorKey(
        "users.User",
        related_name="+",
        null=True,
        blank=True,
    )
    reason = models.TextField(null=True, blank=True)

    objects: ClassVar[ServiceJoinRequestQuerySet] = manager_of(
        ServiceJoinRequestQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_join_requests"
        verbose_name = _("service join request")
        verbose_name_plural = _("service join requests")


class ServiceJoinRequestContactedUser(RemoteModel):
    """The API's table `service_join_request_contacted_users`."""

    pk = models.CompositePrimaryKey("service_join_request_id", "user_id")
    service_join_request = MirrorKey(
        "invites.ServiceJoinRequest",
        related_name="service_join_request_contacted_users",
    )
    user = MirrorKey(
        "users.User",
        related_name="service_join_request_contacted_users",
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_join_request_contacted_users"
        verbose_name = _("service join request contacted user")
        verbose_name_plural = _("service join request contacted users")
