"""Addresses that pages had once: bookmarks and old e-mails still lead there."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

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


SECURITY_KEY = "security-keys/<uuid:key_id>"

# Where a page was: its address today.
ADDRESSES = {
    "performance": "/features/performance",
    "support/general": "/support/ask-question-give-feedback",
    "support/triage": "/support/report-problem",
    "support/triage/<ticket_type:ticket_type>": "/support/{ticket_type}",
    "user-profile": "/your-account",
    **{
        f"user-profile/{part}": f"/your-account/{part}"
        for part in (
            "disable-platform-admin-view",
            "email",
            "email/authenticate",
            "get-emails-about-new-features",
            "mobile-number",
            "mobile-number/authenticate",
            "mobile-number/confirm",
            "name",
            "password",
            "security-keys",
            "take-part-in-user-research",
        )
    },
    "user-profile/email/confirm/<str:token>": "/your-account/email/confirm/{token}",
    f"user-profile/{SECURITY_KEY}/manage": "/your-account/security-keys/{key_id}/manage",
}

# Questions whose answer is still taken from a page that was opened long ago.
QUESTIONS = {
    "user-profile/mobile-number/delete": "/your-account/mobile-number/delete",
    f"user-profile/{SECURITY_KEY}/delete": "/your-account/security-keys/{key_id}/delete",
}


@require_safe
def moved(request: HttpRequest, name: str) -> HttpResponsePermanentRedirect:
    """Lead to where a page is today, for good."""
    return HttpResponsePermanentRedirect(reverse(f"common:guidance_{name}"))


@require_safe
def moved_to(
    request: HttpRequest, today: str, **parts: object
) -> HttpResponsePermanentRedirect:
    """Lead to an address of today with its parts and its query, for good."""
    return HttpResponsePermanentRedirect(_address(request, today, parts))


@require_http_methods(["GET", "POST"])
def question_moved_to(
    request: HttpRequest, today: str, **parts: object
) -> HttpResponsePermanentRedirect:
    """Lead to where a question is asked today; an answer is posted there again."""
    return HttpResponsePermanentRedirect(
        _address(request, today, parts), preserve_request=request.method == "POST"
    )


def _address(request: HttpRequest, today: str, parts: dict[str, object]) -> str:
    written = {name: quote(str(part), safe="") for name, part in parts.items()}
    query = request.META.get("QUERY_STRING", "")
    return today.format(**written) + (f"?{query}" if query else "")


def redirects() -> list[URLPattern]:
    """Return the addresses of old pages."""
    return [
        *(path(old, moved, {"name": name}, "moved") for old, name in GUIDANCE.items()),
        *(
            path(old, moved_to, {"today": today}, "moved")
            for old, today in ADDRESSES.items()
        ),
        *(
            path(old, question_moved_to, {"today": today}, "moved")
            for old, today in QUESTIONS.items()
        ),
    ]
