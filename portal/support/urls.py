"""Paths of asking for help; e-mails of the API link to the first."""

from __future__ import annotations

from django.urls import path

from portal.support.views import account_details, feedback, triage

app_name = "support"
DETAILS = "account-details"

urlpatterns = [
    path("support", triage.support, name="index"),
    path("support/what-do-you-want-to-do", triage.what_do_you_want_to_do, name="what"),
    path("support/problem", triage.problem, name="problem"),
    path("support/cannot-sign-in", triage.cannot_sign_in, name="cannot_sign_in"),
    path(
        "support/security-code",
        triage.advise,
        {"template": "support/security_code.html"},
        name="no_code",
    ),
    path(
        "support/mobile-number-changed",
        triage.advise,
        {"template": "support/mobile_number_changed.html"},
        name="mobile_number_changed",
    ),
    path(
        "support/email-link",
        triage.advise,
        {"template": "support/email_link.html"},
        name="no_link",
    ),
    path(
        "support/email-address-changed",
        triage.advise,
        {"template": "support/email_address_changed.html"},
        name="email_address_changed",
    ),
    path(
        f"support/security-code/{DETAILS}",
        account_details.account_details,
        {"trouble": account_details.NO_CODE},
        name="no_code_details",
    ),
    path(
        f"support/mobile-number-changed/{DETAILS}",
        account_details.account_details,
        {"trouble": account_details.NEW_NUMBER},
        name="mobile_number_details",
    ),
    path(
        f"support/email-link/{DETAILS}",
        account_details.account_details,
        {"trouble": account_details.NO_LINK},
        name="no_link_details",
    ),
    path(
        f"support/email-address-changed/{DETAILS}",
        account_details.account_details,
        {"trouble": account_details.NEW_ADDRESS},
        name="email_address_details",
    ),
    path("support/what-happened", triage.what_happened, name="what_happened"),
    path("support/public", triage.public, name="public"),
    path("support/escalate", triage.escalate, name="escalate"),
    path("support/thanks", triage.thanks, name="thanks"),
    path("support/<ticket_type:ticket_type>", feedback.feedback, name="feedback"),
]
