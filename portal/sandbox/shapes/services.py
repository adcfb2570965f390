"""Services as the API writes them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from portal.sandbox import times
from portal.sandbox.rules.brands import EMAIL, LETTER, Kind
from portal.services.models import Service, ServiceCallbackApi, ServicePermission

SHARED = (
    "active",
    "billing_contact_email_addresses",
    "billing_contact_names",
    "billing_reference",
    "confirmed_email_sender_name",
    "confirmed_unique",
    "consent_to_research",
    "contact_link",
    "count_as_live",
    "custom_email_sender_name",
    "email_sender_local_part",
    "has_active_go_live_request",
    "id",
    "international_sms_message_limit",
    "name",
    "notes",
    "organisation_type",
    "prefix_sms",
    "purchase_order_number",
    "restricted",
    "volume_email",
    "volume_letter",
    "volume_sms",
)
LIMITS = (
    "email_message_limit",
    "letter_message_limit",
    "rate_limit",
    "sms_message_limit",
)


def service_shape(service: Service) -> dict[str, Any]:
    """One service, in full."""
    return service_shapes([service])[0]


def service_shapes(services: Iterable[Service]) -> list[dict[str, Any]]:
    """Services in full, with one query for each kind of thing that belongs to them."""
    rows = list(services)
    ids = [row.pk for row in rows]
    permissions = _grouped(
        ServicePermission.objects.filter(service_id__in=ids).values_list(
            "service_id", "permission"
        )
    )
    callbacks = _grouped(_callbacks(ids))
    emails = _brands(EMAIL, ids)
    letters = _brands(LETTER, ids)
    return [
        _shared(row)
        | {name: getattr(row, name) for name in LIMITS}
        | {
            "created_by": row.created_by_id,
            "email_branding": emails.get(row.pk),
            "letter_branding": letters.get(row.pk),
            "permissions": permissions.get(row.pk, []),
            "service_callback_api": callbacks.get(row.pk, []),
        }
        for row in rows
    ]


def detailed_service_shape(
    service: Service, statistics: dict[str, dict[str, int]]
) -> dict[str, Any]:
    """One service with its figures; lists that the API leaves empty are empty."""
    letters = _brands(LETTER, [service.pk])
    empty = (
        "complaints",
        "unsubscribe_request_reports",
        "unsubscribe_requests",
    )
    return (
        _shared(service)
        | {name: [] for name in empty}
        | {
            "created_at": times.iso(service.created_at),
            "data_retention": [
                row.pk for row in service.data_retention.order_by("created_at")
            ],
            "letter_branding": letters.get(service.pk),
            "letter_contacts": [
                row.pk for row in service.letter_contacts.order_by("created_at")
            ],
            "service_callback_api": [shape for _, shape in _callbacks([service.pk])],
            "statistics": statistics,
            "updated_at": times.iso(service.updated_at),
        }
    )


def listed_service_shape(
    service: Service, statistics: dict[str, dict[str, int]]
) -> dict[str, Any]:
    """One service in the platform's list with figures."""
    return {
        "id": service.pk,
        "name": service.name,
        "notification_type": None,
        "restricted": service.restricted,
        "active": service.active,
        "created_at": service.created_at,
        "statistics": statistics,
    }


def brief_service_shape(service: Service) -> dict[str, Any]:
    """One service in a list to choose from."""
    return {
        "active": service.active,
        "id": service.pk,
        "name": service.name,
        "restricted": service.restricted,
    }


def service_version_shape(version: Any) -> dict[str, Any]:
    """One version of a service."""
    names = (
        "active",
        "created_by_id",
        "custom_email_sender_name",
        "email_message_limit",
        "email_sender_local_part",
        "id",
        "letter_message_limit",
        "name",
        "restricted",
        "sms_message_limit",
        "version",
    )
    return {name: getattr(version, name) for name in names} | {
        "created_at": times.iso(version.created_at),
        "updated_at": times.iso(version.updated_at),
    }


def _shared(service: Service) -> dict[str, Any]:
    return {name: getattr(service, name) for name in SHARED} | {
        "go_live_at": times.space(service.go_live_at),
        "go_live_user": service.go_live_user_id,
        "organisation": service.organisation_id,
    }


def _callbacks(ids: list[uuid.UUID]) -> list[tuple[uuid.UUID, dict[str, Any]]]:
    rows = ServiceCallbackApi.objects.filter(service_id__in=ids).order_by("created_at")
    return [
        (row.service_id, {"callback_id": row.pk, "callback_type": row.callback_type})
        for row in rows
    ]


def _brands(kind: Kind, ids: list[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    links = kind.of_services.objects.filter(service_id__in=ids)
    return dict(links.values_list("service_id", kind.column))


def _grouped(pairs: Iterable[tuple[uuid.UUID, Any]]) -> dict[uuid.UUID, list[Any]]:
    groups: dict[uuid.UUID, list[Any]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
