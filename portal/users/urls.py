"""Paths of signing in and choosing a service; e-mails of the API link to some of them."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from portal.users.views import (
    contacts,
    password,
    places,
    register,
    resend,
    sign_in,
    team,
    two_factor,
    verify,
)

app_name = "users"

SERVICE = "services/<uuid:service_id>"
MEMBER = f"{SERVICE}/users/<uuid:user_id>"

urlpatterns = [
    path("", sign_in.index, name="index"),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("two-factor-sms", two_factor.two_factor_sms, name="two_factor_sms"),
    path(
        "two-factor-email-sent",
        two_factor.two_factor_email_sent,
        name="two_factor_email_sent",
    ),
    path(
        "re-validate-email",
        two_factor.revalidate_email_sent,
        name="revalidate_email_sent",
    ),
    path("email-auth/<str:token>", two_factor.email_auth, name="email_auth"),
    path("text-not-received", resend.text_not_received, name="text_not_received"),
    path("send-new-code", resend.send_new_code, name="send_new_code"),
    path("email-not-received", resend.email_not_received, name="email_not_received"),
    path(
        "send-new-email-token",
        resend.send_new_email_token,
        name="send_new_email_token",
    ),
    path(
        "resend-email-verification",
        resend.resend_email_verification,
        name="resend_email_verification",
    ),
    path("register", register.register, name="register"),
    path(
        "register-from-invite",
        register.register_from_invite,
        name="register_from_invite",
    ),
    path(
        "register-from-org-invite",
        register.register_from_org_invite,
        name="register_from_org_invite",
    ),
    path(
        "registration-continue",
        register.registration_continue,
        name="registration_continue",
    ),
    path("verify", verify.verify, name="verify"),
    path("verify-email/<str:token>", verify.verify_email, name="verify_email"),
    path("forgot-password", password.forgot_password, name="forgot_password"),
    path("new-password/<path:token>", password.new_password, name="new_password"),
    path("your-services", places.your_services, name="your_services"),
    path(
        "services-or-dashboard",
        places.services_or_dashboard,
        name="services_or_dashboard",
    ),
    path("accounts", RedirectView.as_view(pattern_name="users:your_services")),
    path(
        "accounts-or-dashboard",
        RedirectView.as_view(pattern_name="users:services_or_dashboard"),
    ),
    path(f"{SERVICE}/users", team.manage_users, name="team"),
    path(f"{SERVICE}/users.csv", team.manage_users_download, name="team_csv"),
    path(MEMBER, team.edit_user_permissions, name="edit_member"),
    path(f"{MEMBER}/delete", team.remove_user_from_service, name="remove_member"),
    path(f"{MEMBER}/edit-email", contacts.edit_user_email, name="edit_member_email"),
    path(
        f"{MEMBER}/edit-email/confirm",
        contacts.confirm_edit_user_email,
        name="confirm_member_email",
    ),
    path(
        f"{MEMBER}/edit-mobile-number",
        contacts.edit_user_mobile_number,
        name="edit_member_mobile",
    ),
    path(
        f"{MEMBER}/edit-mobile-number/confirm",
        contacts.confirm_edit_user_mobile_number,
        name="confirm_member_mobile",
    ),
]
