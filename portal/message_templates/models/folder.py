"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.message_templates.managers import TemplateFolderQuerySet
from portal.remote.fields import MirrorKey, MirrorOneToOne
from portal.remote.managers import manager_of
from portal.remote.models import References, RemoteModel, Statistics


class TemplateFolder(RemoteModel):
    """The API's table `template_folder`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="template_folders",
    )
    name = models.CharField(_("name"))
    parent = MirrorKey(
        "self",
        verbose_name=_("inside"),
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar[TemplateFolderQuerySet] = manager_of(TemplateFolderQuerySet)

    statistics = (
        Statistics(
            "st_dep_template_folder_service_id_parent_id", ("service", "parent")
        ),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "template_folder"
        verbose_name = _("template folder")
        verbose_name_plural = _("template folders")
        constraints = [
            models.UniqueConstraint(fields=["id", "service"], name="ix_id_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def users_with_permission(self) -> list[str]:
        """The ids of the people who may see the folder, as the API's list gives them."""
        return list(self.extra.get("users_with_permission") or [])


class TemplateFolderMap(RemoteModel):
    """The API's table `template_folder_map`."""

    template = MirrorOneToOne(
        "message_templates.Template",
        related_name="+",
        primary_key=True,
    )
    template_folder = MirrorKey(
        "message_templates.TemplateFolder",
        related_name="+",
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "template_folder_map"
        verbose_name = _("template folder map")
        verbose_name_plural = _("template folder maps")


class UserFolderPermission(RemoteModel):
    """The API's table `user_folder_permissions`."""

    pk = models.CompositePrimaryKey("user_id", "template_folder_id", "service_id")
    user = MirrorKey(
        "users.User",
        constrained=False,
        related_name="+",
    )
    template_folder = MirrorKey(
        "message_templates.TemplateFolder",
        related_name="folder_permissions",
    )
    service = MirrorKey(
        "services.Service",
        constrained=False,
        related_name="+",
    )

    foreign_keys = (
        References("template_folder", template_folder="id", service="service_id"),
        References("user_to_service", user="user_id", service="service_id"),
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "user_folder_permissions"
        verbose_name = _("user folder permission")
        verbose_name_plural = _("user folder permissions")
