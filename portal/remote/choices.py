"""The values that the API's enums and lookup tables allow."""

from __future__ import annotations

from typing import Final

Choices = tuple[tuple[str, str], ...]

AUTH_TYPE: Final[Choices] = (
    ("email_auth", "email_auth"),
    ("sms_auth", "sms_auth"),
    ("webauthn_auth", "webauthn_auth"),
)
BRANDING_TYPE: Final[Choices] = (
    ("both", "both"),
    ("org", "org"),
    ("org_banner", "org_banner"),
)
INVITE_STATUS_TYPE: Final[Choices] = (
    ("accepted", "accepted"),
    ("cancelled", "cancelled"),
    ("pending", "pending"),
)
INVITED_USERS_STATUS_TYPES: Final[Choices] = (
    ("pending", "pending"),
    ("accepted", "accepted"),
    ("cancelled", "cancelled"),
)
JOB_STATUS: Final[Choices] = (
    ("cancelled", "cancelled"),
    ("error", "error"),
    ("finished all notifications created", "finished all notifications created"),
    ("finished", "finished"),
    ("in progress", "in progress"),
    ("pending", "pending"),
    ("ready to send", "ready to send"),
    ("scheduled", "scheduled"),
    ("sending limits exceeded", "sending limits exceeded"),
    ("sent to dvla", "sent to dvla"),
)
KEY_TYPES: Final[Choices] = (
    ("normal", "normal"),
    ("team", "team"),
    ("test", "test"),
)
LETTER_DESPATCH_COST_THRESHOLD: Final[Choices] = (
    ("sorted", "sorted"),
    ("unsorted", "unsorted"),
)
LETTER_LANGUAGE_OPTIONS: Final[Choices] = (
    ("english", "english"),
    ("welsh_then_english", "welsh_then_english"),
)
NOTIFICATION_STATUS_TYPES: Final[Choices] = (
    ("cancelled", "cancelled"),
    ("created", "created"),
    ("delivered", "delivered"),
    ("failed", "failed"),
    ("pending", "pending"),
    ("pending-virus-check", "pending-virus-check"),
    ("permanent-failure", "permanent-failure"),
    ("returned-letter", "returned-letter"),
    ("sending", "sending"),
    ("sent", "sent"),
    ("technical-failure", "technical-failure"),
    ("temporary-failure", "temporary-failure"),
    ("validation-failed", "validation-failed"),
    ("virus-scan-failed", "virus-scan-failed"),
)
NOTIFICATION_TYPE: Final[Choices] = (
    ("email", "email"),
    ("sms", "sms"),
    ("letter", "letter"),
)
ORGANISATION_PERMISSION_TYPES: Final[Choices] = (
    ("can_ask_to_join_a_service", "can_ask_to_join_a_service"),
)
ORGANISATION_TYPES: Final[Choices] = (
    ("central", "central"),
    ("emergency_service", "emergency_service"),
    ("local", "local"),
    ("nhs", "nhs"),
    ("nhs_central", "nhs_central"),
    ("nhs_gp", "nhs_gp"),
    ("nhs_local", "nhs_local"),
    ("nhs_notify", "nhs_notify"),
    ("other", "other"),
    ("school_or_college", "school_or_college"),
)
ORGANISATION_USER_PERMISSION_TYPES: Final[Choices] = (
    ("can_make_services_live", "can_make_services_live"),
)
PERMISSION_TYPES: Final[Choices] = (
    ("manage_users", "manage_users"),
    ("manage_templates", "manage_templates"),
    ("manage_settings", "manage_settings"),
    ("send_texts", "send_texts"),
    ("send_emails", "send_emails"),
    ("send_letters", "send_letters"),
    ("manage_api_keys", "manage_api_keys"),
    ("platform_admin", "platform_admin"),
    ("view_activity", "view_activity"),
)
RECIPIENT_TYPE: Final[Choices] = (
    ("mobile", "mobile"),
    ("email", "email"),
)
REPORT_REQUEST_REPORT_TYPE: Final[Choices] = (("notifications", "notifications"),)
REPORT_REQUEST_STATUS_TYPE: Final[Choices] = (
    ("pending", "pending"),
    ("in progress", "in progress"),
    ("stored", "stored"),
    ("failed", "failed"),
    ("deleted", "deleted"),
)
SERVICE_CALLBACK_TYPE: Final[Choices] = (
    ("complaint", "complaint"),
    ("delivery_status", "delivery_status"),
    ("inbound_sms", "inbound_sms"),
    ("returned_letter", "returned_letter"),
)
SERVICE_JOIN_REQUEST_STATUS_TYPE: Final[Choices] = (
    ("approved", "approved"),
    ("rejected", "rejected"),
    ("pending", "pending"),
    ("cancelled", "cancelled"),
)
SERVICE_PERMISSION_TYPES: Final[Choices] = (
    ("edit_folder_permissions", "edit_folder_permissions"),
    ("email", "email"),
    ("email_auth", "email_auth"),
    ("inbound_sms", "inbound_sms"),
    ("international_letters", "international_letters"),
    ("international_sms", "international_sms"),
    ("letter", "letter"),
    ("sms", "sms"),
    ("sms_to_uk_landlines", "sms_to_uk_landlines"),
)
TEMPLATE_TYPE: Final[Choices] = (
    ("sms", "sms"),
    ("email", "email"),
    ("letter", "letter"),
)
USER_STATE: Final[Choices] = (
    ("active", "active"),
    ("inactive", "inactive"),
    ("pending", "pending"),
)
VERIFY_CODE_TYPES: Final[Choices] = (
    ("email", "email"),
    ("sms", "sms"),
)
