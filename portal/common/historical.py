"""Addresses that pages had once: bookmarks and old e-mails still lead there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

OLD = "using-notify/guidance"

# Where a page was: the name of the page it is now.
GUIDANCE = {
    "callbacks": "api_documentation",
    "delivery-and-failure": "message_status",
    "docs/notify-pdf-letter-spec-latest.pdf": "letter_spec",
    "documentation": "api_documentation",
    "features/email": "features",
    "features/get-started": "features",
    "features/letters": "features",
    "features/messages-status": "message_status",
    "features/sms": "features",
    "features/terms": "terms_of_use",
    "features/trial-mode": "trial_mode",
    "features/using-notify": "using_notify",
    "features/who-its-for": "who_can_use_notify",
    "guidance_using_notify": "using_notify",
    "information-risk-management": "security",
    "information-security": "security",
    "integration-testing": "api_documentation",
    "integration_testing": "api_documentation",
    "new-terms-of-use": "terms_of_use",
    "pricing/trial-mode": "trial_mode",
    "roadmap": "roadmap",
    "terms": "terms_of_use",
    "trial-mode": "trial_mode",
    "using-notify/delivery-status": "message_status",
    "using-notify/get-started": "features",
    "using-notify/links-and-URLs": "links_and_URLs",
    "using-notify/who-can-use-notify": "who_can_use_notify",
    "using-notify/who-its-for": "who_can_use_notify",
    OLD: "using_notify",
    f"{OLD}/branding-and-customisation": "using_notify",
    f"{OLD}/bulk-sending": "bulk_sending",
    f"{OLD}/delivery-times": "delivery_times",
    f"{OLD}/edit-and-format-messages": "formatting",
    f"{OLD}/email-branding": "email_branding",
    f"{OLD}/letter-branding": "letter_branding",
    f"{OLD}/letter-specification": "upload_a_letter",
    f"{OLD}/message-status": "message_status",
    f"{OLD}/message-status/email": "message_status_email",
    f"{OLD}/message-status/sms": "message_status_sms",
    f"{OLD}/message-status/letter": "message_status_letter",
    f"{OLD}/optional-content": "optional_content",
    f"{OLD}/personalisation": "personalisation",
    f"{OLD}/receive-text-messages": "receive_text_messages",
    f"{OLD}/reply-to-email-address": "reply_to_email_address",
    f"{OLD}/schedule-emails-and-text-messages": "schedule_messages",
    f"{OLD}/schedule-messages": "schedule_messages",
    f"{OLD}/send-files-by-email": "send_files_by_email",
    f"{OLD}/team-members-and-permissions": "team_members_and_permissions",
    f"{OLD}/templates": "templates",
    f"{OLD}/text-message-sender": "text_message_sender",
    f"{OLD}/upload-a-letter": "upload_a_letter",
}


@require_safe
def moved(request: HttpRequest, name: str) -> HttpResponsePermanentRedirect:
    """Lead to where a page is today, for good."""
    return HttpResponsePermanentRedirect(reverse(f"common:guidance_{name}"))


def redirects() -> list[URLPattern]:
    """Return the addresses of old pages."""
    return [path(old, moved, {"name": name}) for old, name in GUIDANCE.items()]
