"""The values that the API's enums and lookup tables allow, with words for people."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# Pairs of the API's value and its words, translated when shown.
Choices = tuple[tuple[str, Any], ...]

AUTH_TYPE: Final[Choices] = (
    ("email_auth", _("Email link")),
    ("sms_auth", _("Text message code")),
    ("webauthn_auth", _("Security key")),
)
BRANDING_TYPE: Final[Choices] = (
    ("both", _("Government logo and brand")),
    ("org", _("Brand only")),
    ("org_banner", _("Brand in a banner")),
)
INVITE_STATUS_TYPE: Final[Choices] = (
    ("accepted", _("Accepted")),
    ("cancelled", _("Cancelled")),
    ("pending", _("Pending")),
)
INVITED_USERS_STATUS_TYPES: Final[Choices] = (
    ("pending", _("Pending")),
    ("accepted", _("Accepted")),
    ("cancelled", _("Cancelled")),
)
JOB_STATUS: Final[Choices] = (
    ("cancelled", _("Cancelled")),
    ("error", _("Failed")),
    ("finished all notifications created", _("All messages made")),
    ("finished", _("Finished")),
    ("in progress", _("In progress")),
    ("pending", _("Pending")),
    ("ready to send", _("Ready to send")),
    ("scheduled", _("Scheduled")),
    ("sending limits exceeded", _("Over the limit")),
    ("sent to dvla", _("Sent to the printer")),
)
KEY_TYPES: Final[Choices] = (
    ("normal", _("Live")),
    ("team", _("Team and guest list")),
    ("test", _("Test")),
)
LETTER_DESPATCH_COST_THRESHOLD: Final[Choices] = (
    ("sorted", _("Sorted")),
    ("unsorted", _("Unsorted")),
)
LETTER_LANGUAGE_OPTIONS: Final[Choices] = (
    ("english", _("English only")),
    ("welsh_then_english", _("Welsh followed by English")),
)
NOTIFICATION_STATUS_TYPES: Final[Choices] = (
    ("cancelled", _("Cancelled")),
    ("created", _("Created")),
    ("delivered", _("Delivered")),
    ("failed", _("Failed")),
    ("pending", _("Pending")),
    ("pending-virus-check", _("Waiting for the virus check")),
    ("permanent-failure", _("Permanent failure")),
    ("returned-letter", _("Returned")),
    ("sending", _("Sending")),
    ("sent", _("Sent")),
    ("technical-failure", _("Technical failure")),
    ("temporary-failure", _("Temporary failure")),
    ("validation-failed", _("Validation failed")),
    ("virus-scan-failed", _("Virus found")),
)
NOTIFICATION_TYPE: Final[Choices] = (
    ("email", _("Email")),
    ("sms", _("Text message")),
    ("letter", _("Letter")),
)
ORGANISATION_PERMISSION_TYPES: Final[Choices] = (
    ("can_ask_to_join_a_service", _("Can ask to join a service")),
)
ORGANISATION_TYPES: Final[Choices] = (
    ("central", _("Central government")),
    ("emergency_service", _("Emergency service")),
    ("local", _("Local government")),
    ("nhs", _("NHS")),
    ("nhs_central", _("NHS central government agency or public body")),
    ("nhs_gp", _("GP surgery")),
    ("nhs_local", _("NHS trust or integrated care board")),
    ("nhs_notify", _("NHS Notify")),
    ("other", _("Other")),
    ("school_or_college", _("School or college")),
)
ORGANISATION_USER_PERMISSION_TYPES: Final[Choices] = (
    ("can_make_services_live", _("Can make services live")),
)
PERMISSION_TYPES: Final[Choices] = (
    ("manage_users", _("Manage team members")),
    ("manage_templates", _("Manage templates")),
    ("manage_settings", _("Manage settings")),
    ("send_texts", _("Send text messages")),
    ("send_emails", _("Send emails")),
    ("send_letters", _("Send letters")),
    ("manage_api_keys", _("Manage API keys")),
    ("platform_admin", _("Platform admin")),
    ("view_activity", _("See what was sent")),
)
RECIPIENT_TYPE: Final[Choices] = (
    ("mobile", _("Mobile number")),
    ("email", _("Email address")),
)
REPORT_REQUEST_REPORT_TYPE: Final[Choices] = (("notifications", _("Messages")),)
REPORT_REQUEST_STATUS_TYPE: Final[Choices] = (
    ("pending", _("Pending")),
    ("in progress", _("In progress")),
    ("stored", _("Ready")),
    ("failed", _("Failed")),
    ("deleted", _("Deleted")),
)
SERVICE_CALLBACK_TYPE: Final[Choices] = (
    ("complaint", _("Complaints")),
    ("delivery_status", _("Delivery receipts")),
    ("inbound_sms", _("Received text messages")),
    ("returned_letter", _("Returned letters")),
)
SERVICE_JOIN_REQUEST_STATUS_TYPE: Final[Choices] = (
    ("approved", _("Approved")),
    ("rejected", _("Rejected")),
    ("pending", _("Pending")),
    ("cancelled", _("Cancelled")),
)
SERVICE_PERMISSION_TYPES: Final[Choices] = (
    ("edit_folder_permissions", _("Folders for some members only")),
    ("email", _("Send emails")),
    ("email_auth", _("Sign in by email link")),
    ("inbound_sms", _("Receive text messages")),
    ("international_letters", _("Letters abroad")),
    ("international_sms", _("Text messages abroad")),
    ("letter", _("Send letters")),
    ("sms", _("Send text messages")),
    ("sms_to_uk_landlines", _("Text messages to UK landlines")),
)
TEMPLATE_TYPE: Final[Choices] = (
    ("sms", _("Text message")),
    ("email", _("Email")),
    ("letter", _("Letter")),
)
USER_STATE: Final[Choices] = (
    ("active", _("Active")),
    ("inactive", _("Archived")),
    ("pending", _("Not confirmed")),
)
VERIFY_CODE_TYPES: Final[Choices] = (
    ("email", _("Email")),
    ("sms", _("Text message")),
)
