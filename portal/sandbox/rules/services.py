"""Making, changing and archiving services."""

from __future__ import annotations

from typing import Any

from portal.api_keys.models import ApiKey, ApiKeyHistory
from portal.message_templates.models import Template, TemplateHistory
from portal.sandbox import clock
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules import organisations, permissions
from portal.sandbox.rules.allowances import set_default_allowance
from portal.sandbox.rules.names import (
    archived_name,
    email_local_part,
    normalised_service_name,
)
from portal.sandbox.versions import save_version
from portal.services.models import (
    Service,
    ServiceHistory,
    ServicePermission,
    ServiceSmsSender,
)
from portal.users.models import User

DEFAULT_PERMISSIONS = (
    "sms",
    "email",
    "letter",
    "international_sms",
    "international_letters",
)
DEFAULT_SENDER = "GOVUK"


def create(values: dict[str, Any], creator: User) -> Service:
    """Make a service with its first member, permissions, sender and allowance."""
    service = Service(**values, created_at=clock.now())
    service.count_as_live = not creator.platform_admin
    organisations.place_new_service(service, creator)
    name_service(service)
    save_version(service, ServiceHistory)
    organisations.brand_new_service(service, creator)
    permissions.add_to_service(creator, service, permissions.OWNER_PERMISSIONS, ())
    replace_permissions(service, DEFAULT_PERMISSIONS)
    ServiceSmsSender.objects.create(
        service_id=service.pk,
        sms_sender=DEFAULT_SENDER,
        is_default=True,
        created_at=clock.now(),
    )
    set_default_allowance(service)
    return service


def update(service: Service, values: dict[str, Any]) -> None:
    """Change columns of a service and write a new version."""
    for name, value in values.items():
        setattr(service, name, value)
    if {"name", "custom_email_sender_name"} & set(values):
        name_service(service)
    save_version(service, ServiceHistory)


def name_service(service: Service) -> None:
    """Derive what follows from a service's names, and refuse a name that is taken."""
    key = normalised_service_name(service.name)
    sender = email_local_part(service.custom_email_sender_name or service.name)
    refuse_unsafe("normalised_service_name", key)
    refuse_unsafe("email_sender_local_part", sender)
    others = Service.objects.exclude(pk=service.pk)
    if (
        others.filter(name=service.name).exists()
        or others.filter(normalised_service_name=key).exists()
    ):
        raise Refusal({"name": [f"Duplicate service name '{service.name}'"]})
    service.normalised_service_name = key
    service.email_sender_local_part = sender


def refuse_unsafe(column: str, value: str) -> None:
    """Refuse a name that no e-mail address can be made of."""
    if not value or not value.isascii():
        raise Refusal(
            {
                column: [
                    f"Unacceptable characters: `{column}` may only contain letters, "
                    "numbers and full stops."
                ]
            }
        )


def replace_permissions(service: Service, names: Any) -> None:
    """Replace what a service may do."""
    current = ServicePermission.objects.filter(service_id=service.pk)
    held = set(current.values_list("permission", flat=True))
    current.exclude(permission__in=names).delete()
    for name in names:
        if name not in held:
            ServicePermission.objects.create(
                service_id=service.pk, permission=name, created_at=clock.now()
            )


def archive(service: Service) -> None:
    """Free the name, revoke the keys and archive the templates of a service."""
    now = clock.now()
    for template in Template.objects.filter(service_id=service.pk, archived=False):
        template.archived = True
        save_version(template, TemplateHistory)
    for key in ApiKey.objects.filter(service_id=service.pk, expiry_date=None):
        key.expiry_date = now
        save_version(key, ApiKeyHistory)
    service.active = False
    service.name = archived_name(service.name)
    service.custom_email_sender_name = None
    name_service(service)
    save_version(service, ServiceHistory)
