"""Payloads as the API gives them; pass what matters to the test by keyword."""

from __future__ import annotations

from itertools import count
from uuid import UUID

_numbers = count(1)
MOMENT = "2026-01-05T09:00:00.000000Z"


def new_id():
    """Return an id that no other payload of this run has."""
    return str(UUID(int=(0x4000 << 64) | (0x8 << 60) | next(_numbers)))


def user(**overrides):
    """Return the ``data`` of ``GET /user/<id>``."""
    return {
        "id": new_id(),
        "name": "Ann Example",
        "email_address": "ann@example.gov.uk",
        "mobile_number": "07700900001",
        "auth_type": "sms_auth",
        "can_use_webauthn": False,
        "created_at": MOMENT,
        "current_session_id": None,
        "email_access_validated_at": MOMENT,
        "failed_login_count": 0,
        "logged_in_at": None,
        "organisation_permissions": {},
        "organisations": [],
        "password_changed_at": "2026-01-05 09:00:00.000000",
        "permissions": {},
        "platform_admin": False,
        "receives_new_features_email": True,
        "services": [],
        "state": "active",
        "take_part_in_research": True,
        **overrides,
    }


def service(**overrides):
    """Return the ``data`` of ``GET /service/<id>``."""
    return {
        "id": new_id(),
        "name": "Parking permits",
        "active": True,
        "restricted": False,
        "billing_contact_email_addresses": None,
        "billing_contact_names": None,
        "billing_reference": None,
        "confirmed_email_sender_name": True,
        "confirmed_unique": True,
        "consent_to_research": None,
        "contact_link": None,
        "count_as_live": True,
        "created_by": new_id(),
        "custom_email_sender_name": None,
        "email_branding": None,
        "email_message_limit": 250_000,
        "email_sender_local_part": "parking.permits",
        "go_live_at": None,
        "go_live_user": None,
        "has_active_go_live_request": False,
        "international_sms_message_limit": 100,
        "letter_branding": None,
        "letter_message_limit": 20_000,
        "notes": None,
        "organisation": None,
        "organisation_type": "central",
        "permissions": ["email", "sms", "letter"],
        "prefix_sms": True,
        "purchase_order_number": None,
        "rate_limit": 3000,
        "service_callback_api": [],
        "sms_message_limit": 250_000,
        "volume_email": None,
        "volume_letter": None,
        "volume_sms": None,
        **overrides,
    }


def organisation(**overrides):
    """Return the answer of ``GET /organisations/<id>``."""
    return {
        "id": new_id(),
        "name": "Example Council",
        "active": True,
        "agreement_signed": True,
        "agreement_signed_at": None,
        "agreement_signed_by_id": None,
        "agreement_signed_on_behalf_of_email_address": None,
        "agreement_signed_on_behalf_of_name": None,
        "agreement_signed_version": None,
        "billing_contact_email_addresses": None,
        "billing_contact_names": None,
        "billing_reference": None,
        "can_approve_own_go_live_requests": False,
        "count_of_live_services": 1,
        "crown": False,
        "domains": ["example.gov.uk"],
        "email_branding_id": None,
        "letter_branding_id": None,
        "notes": None,
        "organisation_type": "local",
        "permissions": [],
        "purchase_order_number": None,
        "request_to_go_live_notes": None,
        **overrides,
    }


def template(**overrides):
    """Return the ``data`` of ``GET /service/<id>/template/<id>``."""
    return {
        "id": new_id(),
        "service": new_id(),
        "name": "Permit ready",
        "template_type": "sms",
        "content": "Hello ((name)), your permit is ready.",
        "subject": None,
        "archived": False,
        "created_at": MOMENT,
        "created_by": new_id(),
        "email_files": [],
        "folder": None,
        "has_unsubscribe_link": False,
        "hidden": False,
        "is_precompiled_letter": False,
        "letter_attachment": None,
        "letter_languages": None,
        "letter_welsh_content": None,
        "letter_welsh_subject": None,
        "postage": None,
        "redact_personalisation": False,
        "reply_to": None,
        "reply_to_text": None,
        "service_letter_contact": None,
        "template_redacted": new_id(),
        "updated_at": None,
        "version": 1,
        **overrides,
    }


def folder(**overrides):
    """Return one of ``GET /service/<id>/template-folder``."""
    return {
        "id": new_id(),
        "name": "Permits",
        "parent_id": None,
        "service_id": new_id(),
        "users_with_permission": [],
        **overrides,
    }


def job(**overrides):
    """Return the ``data`` of ``GET /service/<id>/job/<id>``."""
    return {
        "id": new_id(),
        "service": new_id(),
        "service_name": {"name": "Parking permits"},
        "archived": False,
        "contact_list_id": None,
        "created_at": MOMENT,
        "created_by": {"id": new_id(), "name": "Ann Example"},
        "job_status": "finished",
        "notification_count": 10,
        "original_file_name": "people.csv",
        "processing_finished": MOMENT,
        "processing_started": MOMENT,
        "scheduled_for": None,
        "statistics": [{"status": "delivered", "count": 10}],
        "template": new_id(),
        "template_name": "Permit ready",
        "template_type": "sms",
        "template_version": 1,
        "updated_at": MOMENT,
        **overrides,
    }


def notification(**overrides):
    """Return one of ``GET /service/<id>/notifications``."""
    return {
        "id": new_id(),
        "service": new_id(),
        "api_key": None,
        "billable_units": 1,
        "client_reference": None,
        "created_at": MOMENT,
        "created_by": None,
        "document_download_count": None,
        "international": False,
        "job": None,
        "job_row_number": None,
        "key_name": None,
        "key_type": "normal",
        "normalised_to": "447700900001",
        "notification_type": "sms",
        "personalisation": {"name": "Ann"},
        "phone_prefix": "44",
        "postage": None,
        "rate_multiplier": 1.0,
        "reference": None,
        "reply_to_text": "GOVUK",
        "sent_at": MOMENT,
        "sent_by": "mmg",
        "status": "delivered",
        "template": template(),
        "to": "07700900001",
        "unsubscribe_link": None,
        "updated_at": MOMENT,
        **overrides,
    }


def api_key(**overrides):
    """Return one of ``GET /service/<id>/api-keys``."""
    return {
        "id": new_id(),
        "name": "Website",
        "key_type": "normal",
        "created_at": MOMENT,
        "created_by": new_id(),
        "expiry_date": None,
        "updated_at": None,
        "version": 1,
        **overrides,
    }


def provider(**overrides):
    """Return one of ``GET /provider-details``."""
    return {
        "id": new_id(),
        "identifier": "mmg",
        "display_name": "MMG",
        "notification_type": "sms",
        "priority": 50,
        "active": True,
        "created_by_name": None,
        "current_month_billable_sms": 0,
        "reason": None,
        "supports_international": False,
        "updated_at": None,
        **overrides,
    }


def invitation(**overrides):
    """Return one of ``GET /service/<id>/invite``."""
    return {
        "id": new_id(),
        "service": new_id(),
        "from_user": new_id(),
        "email_address": "new@example.gov.uk",
        "auth_type": "sms_auth",
        "created_at": MOMENT,
        "folder_permissions": [],
        "permissions": "send_texts,send_emails,send_letters,view_activity",
        "status": "pending",
        **overrides,
    }


def organisation_invitation(**overrides):
    """Return one of ``GET /organisation/<id>/invite``."""
    return {
        "id": new_id(),
        "organisation": new_id(),
        "invited_by": new_id(),
        "email_address": "new@example.gov.uk",
        "created_at": MOMENT,
        "permissions": ["can_make_services_live"],
        "status": "pending",
        **overrides,
    }


def join_request(**overrides):
    """Return the answer of ``GET /service/<id>/service-join-request/<id>``."""
    return {
        "id": new_id(),
        "service_id": new_id(),
        "reason": "We work together",
        "status": "pending",
        "created_at": MOMENT,
        "status_changed_at": None,
        "status_changed_by": None,
        "contacted_service_users": [],
        "requester": {
            "id": new_id(),
            "name": "Ann Example",
            "email_address": "ann@example.gov.uk",
            "belongs_to_service": [],
        },
        **overrides,
    }


def received(**overrides):
    """Return one of ``POST /service/<id>/inbound-sms``."""
    return {
        "id": new_id(),
        "service_id": new_id(),
        "notify_number": "07700900500",
        "user_number": "447700900001",
        "content": "Yes please",
        "created_at": MOMENT,
        **overrides,
    }


def security_key(**overrides):
    """Return one of ``GET /user/<id>/webauthn``; the data is that of no real key."""
    return {
        "id": new_id(),
        "user_id": new_id(),
        "name": "Blue key",
        "credential_data": "Zmlyc3Q=",
        "created_at": MOMENT,
        "updated_at": None,
        "logged_in_at": None,
        **overrides,
    }


def letter_rates(*rates):
    """Return the answer of ``GET /letter-rates/``: of (postage, sheets, pounds) each."""
    return [
        {
            "post_class": postage,
            "sheet_count": sheets,
            "rate": rate,
            "start_date": "2026-04-01",
        }
        for postage, sheets, rate in rates
    ]
