"""The API's tables of this domain, mirrored."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.jobs.managers import JobQuerySet, ServiceContactListQuerySet
from portal.remote import choices
from portal.remote.fields import EnumField, MirrorKey, UpdatedAtField
from portal.remote.managers import manager_of
from portal.remote.models import Index, References, RemoteModel, Statistics


class JobStatus(RemoteModel):
    """The API's table `job_status`."""

    name = models.CharField(primary_key=True, max_length=255)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "job_status"
        verbose_name = _("job status")
        verbose_name_plural = _("job status")

    def __str__(self) -> str:
        return str(self.name)


class Job(RemoteModel):
    """The API's table `jobs`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    original_file_name = models.CharField(_("file"))
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="jobs",
    )
    template = MirrorKey(
        "message_templates.Template",
        verbose_name=_("template"),
        related_name="jobs",
        null=True,
        blank=True,
    )
    template_version = models.IntegerField()
    created_at = models.DateTimeField(
        _("uploaded"), default=timezone.now, editable=False
    )
    updated_at = UpdatedAtField(null=True)
    notification_count = models.IntegerField(_("rows"))
    notifications_sent = models.IntegerField(default=0)
    notifications_delivered = models.IntegerField(default=0)
    notifications_failed = models.IntegerField(default=0)
    processing_started = models.DateTimeField(_("started"), null=True, blank=True)
    processing_finished = models.DateTimeField(_("finished"), null=True, blank=True)
    created_by = MirrorKey(
        "users.User",
        verbose_name=_("uploaded by"),
        related_name="+",
        null=True,
        blank=True,
    )
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True, blank=True)
    job_status = models.CharField(
        _("state"), max_length=255, choices=choices.JOB_STATUS, default="pending"
    )
    archived = models.BooleanField(default=False)
    contact_list = MirrorKey(
        "jobs.ServiceContactList",
        related_name="+",
        null=True,
        blank=True,
    )

    foreign_keys = (References("job_status", job_status="name"),)

    statistics = (
        Statistics("st_dep_jobs_service_id_template_id", ("service", "template")),
        Statistics("st_dep_jobs_service_id_created_by_id", ("service", "created_by")),
        Statistics(
            "st_dep_jobs_service_id_contact_list_id", ("service", "contact_list")
        ),
    )

    objects: ClassVar[JobQuerySet] = manager_of(JobQuerySet)

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "jobs"
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            Index(fields=["contact_list"], name="ix_jobs_contact_list_id"),
            Index(fields=["created_by"], name="ix_jobs_created_by_id"),
            Index(fields=["job_status"], name="ix_jobs_job_status"),
            Index(fields=["scheduled_for"], name="ix_jobs_scheduled_for"),
            Index(fields=["service"], name="ix_jobs_service_id"),
            Index(fields=["template"], name="ix_jobs_template_id"),
        ]

    def __str__(self) -> str:
        return str(self.original_file_name)


class ServiceContactList(RemoteModel):
    """The API's table `service_contact_list`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    original_file_name = models.CharField(_("file"))
    row_count = models.IntegerField(_("rows"))
    template_type = EnumField(
        "template_type", _("channel"), choices=choices.TEMPLATE_TYPE
    )
    service = MirrorKey(
        "services.Service",
        verbose_name=_("service"),
        related_name="contact_lists",
    )
    created_by = MirrorKey(
        "users.User",
        verbose_name=_("uploaded by"),
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("uploaded"), editable=False)
    updated_at = UpdatedAtField(null=True)
    archived = models.BooleanField(default=False)

    objects: ClassVar[ServiceContactListQuerySet] = manager_of(
        ServiceContactListQuerySet
    )

    class Meta(RemoteModel.Meta):
        abstract = False
        db_table = "service_contact_list"
        verbose_name = _("contact list")
        verbose_name_plural = _("contact lists")
        indexes = [
            Index(fields=["created_by"], name="ix_service_contact_list_created_by_id"),
            Index(fields=["service"], name="ix_service_contact_list_service_id"),
        ]

    def __str__(self) -> str:
        return str(self.original_file_name)
