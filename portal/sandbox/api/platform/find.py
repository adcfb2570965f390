"""Finding out what an id belongs to, who the users are, and which senders are taken."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest

from portal.api_keys.models import ApiKey
from portal.branding.models import EmailBranding, LetterBranding
from portal.inbound.models import InboundNumber, InboundSms
from portal.jobs.models import Job, ServiceContactList
from portal.message_templates.models import Template, TemplateFolder
from portal.notifications.models import Complaint, Notification, NotificationHistory
from portal.organisations.models import Organisation
from portal.platform.models import ProtectedSenderId
from portal.providers.models import ProviderDetails
from portal.sandbox.http import body, route
from portal.sandbox.refusals import Refusal
from portal.sandbox.rules.figures import midnight
from portal.sandbox.rules.loading import Field, key_of, load
from portal.sandbox.shapes.users import user_shapes
from portal.sandbox.validation import check
from portal.services.models import (
    Service,
    ServiceCallbackApi,
    ServiceDataRetention,
    ServiceEmailReplyTo,
    ServiceLetterContact,
    ServiceSmsSender,
)
from portal.users.models import User

# What an id may belong to, and what else one has to know to find its page.
KINDS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Organisation, "organisation", ()),
    (Service, "service", ()),
    (Notification, "notification", ("service_id",)),
    (NotificationHistory, "notification", ("service_id",)),
    (Template, "template", ("service_id",)),
    (TemplateFolder, "template_folder", ("service_id",)),
    (EmailBranding, "email_branding", ()),
    (LetterBranding, "letter_branding", ()),
    (User, "user", ()),
    (ProviderDetails, "provider", ()),
    (ServiceEmailReplyTo, "reply_to_email", ("service_id",)),
    (ServiceLetterContact, "letter_contact", ("service_id",)),
    (ServiceSmsSender, "service_sms_sender", ("service_id",)),
    (Job, "job", ("service_id",)),
    (ServiceContactList, "service_contact_list", ("service_id",)),
    (ServiceDataRetention, "service_data_retention", ("service_id",)),
    (ApiKey, "api_key", ("service_id",)),
    (ServiceCallbackApi, "service_callback_api", ("service_id", "callback_type")),
    (InboundNumber, "inbound_number", ()),
    (InboundSms, "inbound_sms", ("service_id",)),
    (Complaint, "complaint", ()),
)


UUID = {"uuid": Field(str, required=True)}


@route("POST", "/platform-admin/find-by-uuid")
def find_by_uuid(request: HttpRequest) -> dict[str, Any]:
    wanted = key_of(load(body(request), UUID)["uuid"])
    for model, kind, columns in KINDS:
        found = model.objects.filter(pk=wanted).values(*columns or ("pk",)).first()
        if found:
            return {
                "type": kind,
                "context": {name: found[name] for name in columns},
            }
    raise Refusal("No result found", 404)


@route("POST", "/platform-admin/users-list")
def users_list(request: HttpRequest) -> dict[str, Any]:
    wanted = check(body(request), "get_users_list_schema")
    users = User.objects.filter(state="active").order_by("created_at")
    for column in ("created", "logged_in"):
        if start := wanted.get(f"{column}_start"):
            users = users.filter(**{f"{column}_at__gte": day_start(start)})
        if end := wanted.get(f"{column}_end"):
            users = users.filter(**{f"{column}_at__lt": day_start(end, days=1)})
    if wanted.get("take_part_in_research") is not None:
        users = users.filter(take_part_in_research=wanted["take_part_in_research"])
    names = dict(Service.objects.values_list("pk", "name"))
    shapes = user_shapes(users)
    for shape in shapes:
        shape["services"] = [
            {"id": service, "name": names[service]} for service in shape["services"]
        ]
    return {"data": shapes}


def day_start(day: str, days: int = 0) -> datetime.datetime:
    """The beginning of a day, or of one some days later."""
    return midnight(datetime.date.fromisoformat(day) + datetime.timedelta(days=days))


@route("GET", "/protected-sender-id/check")
def check_protected_sender_id(request: HttpRequest) -> bool:
    wanted = request.GET.get("sender_id")
    if not wanted:
        raise Refusal("sender_id must be passed in")
    plain = "".join(filter(str.isalnum, wanted)).lower()
    taken = ProtectedSenderId.objects.values_list("sender_id", flat=True)
    return any("".join(filter(str.isalnum, name)).lower() == plain for name in taken)
