"""Notify's own service with its user, senders and templates, and the platform admin."""

from __future__ import annotations

import uuid

from django.contrib.auth.hashers import make_password

from portal.message_templates.models import Template, TemplateHistory
from portal.sandbox import clock
from portal.sandbox.models import DemoPerson
from portal.sandbox.reference.ids import NOTIFY_SERVICE, NOTIFY_USER, PLATFORM_ADMIN
from portal.sandbox.reference.templates import NOTIFY_TEMPLATES, NotifyTemplate
from portal.sandbox.versions import save_version
from portal.services.models import (
    Service,
    ServiceEmailReplyTo,
    ServiceHistory,
    ServicePermission,
    ServiceSmsSender,
)
from portal.users.models import User

PASSWORD = "correct-horse-1"  # noqa: S105  made-up people's password, shown at sign-in
EVERY_PERMISSION = (
    "email",
    "sms",
    "letter",
    "international_sms",
    "international_letters",
)


def fill() -> None:
    """Write the two users, the service and all that hangs on it."""
    make_user(NOTIFY_USER, "Notify service user", "notify-service-user@notify.example")
    admin = make_user(
        PLATFORM_ADMIN, "Pat Overseer", "pat.overseer@notify.example", admin=True
    )
    DemoPerson.objects.create(
        user_id=admin.pk, position=0, password=PASSWORD, role="Platform admin"
    )
    make_service()
    make_templates()


def make_user(pk: uuid.UUID, name: str, address: str, *, admin: bool = False) -> User:
    """Make an active user who signs in by text message."""
    return User.objects.create(
        id=pk,
        name=name,
        email_address=address,
        mobile_number="07700900001",
        password=make_password(PASSWORD),
        state="active",
        platform_admin=admin,
        created_at=clock.now(),
        password_changed_at=clock.now(),
        email_access_validated_at=clock.now(),
    )


def make_service() -> None:
    """Make Notify's own service."""
    service = Service(
        id=NOTIFY_SERVICE,
        name="Notify",
        normalised_service_name="notify",
        email_sender_local_part="notify",
        restricted=False,
        count_as_live=False,
        prefix_sms=False,
        created_by_id=NOTIFY_USER,
        created_at=clock.now(),
        organisation_type="central",
        crown=True,
    )
    save_version(service, ServiceHistory)
    ServicePermission.objects.bulk_create(
        ServicePermission(service=service, permission=name) for name in EVERY_PERMISSION
    )
    ServiceSmsSender.objects.create(service=service, sms_sender="NOTIFY")
    ServiceEmailReplyTo.objects.create(
        service=service, email_address="support@notify.example"
    )


def make_templates() -> None:
    """Make those of Notify's templates that are not there yet."""
    there = set(
        Template.objects.filter(service_id=NOTIFY_SERVICE).values_list("pk", flat=True)
    )
    for template in NOTIFY_TEMPLATES.values():
        if template.id not in there:
            make_template(template)


def make_template(template: NotifyTemplate) -> None:
    """Make one of Notify's templates with its first version."""
    save_version(
        Template(
            id=template.id,
            name=template.name,
            template_type=template.type,
            subject=template.subject,
            content=template.content,
            service_id=NOTIFY_SERVICE,
            created_by_id=NOTIFY_USER,
            created_at=clock.now(),
            hidden=True,
        ),
        TemplateHistory,
    )
