"""Models to ask the same questions of, over the API and over SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.api_keys.models import ApiKey
from portal.branding.models import EmailBranding, LetterBranding
from portal.inbound.models import InboundNumber, InboundSms
from portal.invites.models import InvitedOrganisationUser, InvitedUser
from portal.message_templates.models import Template, TemplateFolder, TemplateHistory
from portal.organisations.models import Domain, Organisation
from portal.providers.models import ProviderDetails
from portal.services.models import (
    Service,
    ServiceDataRetention,
    ServiceEmailReplyTo,
    ServiceLetterContact,
    ServicePermission,
    ServiceSmsSender,
)
from portal.users.models import User


@dataclass(frozen=True)
class Case:
    """A model, what a query of it has to say at least, and columns fit for each lookup."""

    model: Any
    scope: Callable[[Any], dict[str, Any]]
    fields: tuple[str, ...]
    text: str
    flag: str = ""
    moment: str = ""
    number: str = ""
    relation: str = ""
    relation_text: str = "name"
    order: str = ""

    @property
    def sorts(self) -> str:
        """The column to order by: capitals and NULLs sort differently on SQLite."""
        return self.order or self.text

    @property
    def name(self) -> str:
        return self.model.__name__


def everything(service):
    return {}


def of_service(service):
    return {"service": service.pk}


def shown(service):
    return {"service": service.pk, "archived": False}


CASES = [
    Case(
        Service,
        lambda service: {"active": True},
        ("name", "active", "restricted", "organisation_id", "rate_limit"),
        text="name",
        flag="restricted",
        moment="go_live_at",
        number="rate_limit",
        relation="organisation",
    ),
    Case(
        User,
        lambda service: {"state": "active"},
        ("name", "email_address", "auth_type", "platform_admin"),
        text="name",
        flag="platform_admin",
        moment="created_at",
        number="failed_login_count",
    ),
    Case(
        Organisation,
        everything,
        ("name", "active", "organisation_type"),
        text="name",
        flag="active",
    ),
    Case(
        Template,
        lambda service: {"service": service.pk, "archived": False, "hidden": False},
        ("name", "template_type", "service_id"),
        text="name",
        flag="archived",
        relation="service",
    ),
    Case(
        TemplateHistory,
        lambda service: {
            "service": service.pk,
            "id": service.templates.order_by("name")[0].pk,
        },
        ("version", "name", "content", "template_type"),
        text="content",
        flag="archived",
        moment="created_at",
        number="version",
        relation="created_by",
    ),
    Case(
        TemplateFolder,
        of_service,
        ("name", "parent_id", "service_id"),
        text="name",
        relation="parent",
    ),
    Case(
        ApiKey,
        lambda service: {"service": service.pk, "expiry_date": None},
        ("name", "key_type", "expiry_date", "created_by_id"),
        text="name",
        moment="created_at",
        number="version",
        relation="created_by",
    ),
    Case(
        EmailBranding,
        lambda service: {"active": True},
        ("name", "text", "alt_text", "colour", "brand_type"),
        text="name",
        flag="active",
        moment="created_at",
    ),
    Case(LetterBranding, everything, ("name", "filename"), text="name"),
    Case(
        InboundNumber,
        everything,
        ("number", "provider", "service_id", "active"),
        text="number",
        flag="active",
        moment="created_at",
        relation="service",
    ),
    Case(
        InboundSms,
        of_service,
        ("content", "user_number", "notify_number", "created_at"),
        text="content",
        order="user_number",
        moment="created_at",
        relation="service",
    ),
    Case(
        InvitedUser,
        of_service,
        ("email_address", "status", "permissions", "user_id"),
        text="email_address",
        moment="created_at",
        relation="user",
    ),
    Case(
        InvitedOrganisationUser,
        lambda service: {"organisation": service.organisation_id},
        ("email_address", "status", "permissions", "invited_by_id"),
        text="email_address",
        moment="created_at",
        relation="invited_by",
    ),
    Case(
        ServiceEmailReplyTo,
        shown,
        ("email_address", "is_default", "service_id"),
        text="email_address",
        flag="is_default",
        moment="created_at",
        relation="service",
    ),
    Case(
        ServiceSmsSender,
        shown,
        ("sms_sender", "is_default", "inbound_number_id"),
        text="sms_sender",
        flag="is_default",
        moment="created_at",
        relation="inbound_number",
        relation_text="number",
    ),
    Case(
        ServiceLetterContact,
        shown,
        ("contact_block", "is_default"),
        text="contact_block",
        flag="is_default",
        moment="created_at",
        relation="service",
    ),
    Case(
        ServiceDataRetention,
        of_service,
        ("notification_type", "days_of_retention"),
        text="notification_type",
        moment="created_at",
        number="days_of_retention",
        relation="service",
    ),
    Case(
        ServicePermission,
        of_service,
        ("service_id", "permission"),
        text="permission",
        relation="service",
    ),
    Case(
        ProviderDetails,
        everything,
        ("display_name", "identifier", "priority", "active"),
        text="identifier",
        flag="active",
        number="priority",
    ),
    Case(Domain, everything, ("domain",), text="domain", relation="organisation"),
]
