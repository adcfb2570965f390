"""Paths of signing in and choosing a service; e-mails of the API link to some of them."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from portal.users.views import (
    account,
    contacts,
    own_contacts,
    password,
    places,
    register,
    resend,
    security_keys,
    sign_in,
    team,
    two_factor,
    verify,
)

app_name = "users"

SERVICE = "services/<uuid:service_id>"
MEMBER = f"{SERVICE}/users/<uuid:user_id>"
YOURS = "your-account"
KEYS = f"{YOURS}/security-keys"

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
    path(
        "accounts",
        require_safe(RedirectView.as_view(pattern_name="users:your_services")),
        name="accounts",
    ),
    path(
        "accounts-or-dashboard",
        require_safe(RedirectView.as_view(pattern_name="users:services_or_dashboard")),
        name="accounts_or_dashboard",
    ),
    path(
        "two-factor-webauthn",
        security_keys.two_factor_webauthn,
        name="two_factor_webauthn",
    ),
    path("webauthn/register", security_keys.register, name="register_key"),
    path("webauthn/authenticate", security_keys.authenticate, name="check_key"),
    path(YOURS, account.your_account, name="account"),
    path(f"{YOURS}/name", account.name, name="account_name"),
    path(f"{YOURS}/email", own_contacts.email, name="account_email"),
    path(
        f"{YOURS}/email/authenticate",
        own_contacts.email_authenticate,
        name="account_email_authenticate",
    ),
    path(
        f"{YOURS}/email/confirm/<str:token>",
        own_contacts.email_confirm,
        name="account_email_confirm",
    ),
    path(f"{YOURS}/mobile-number", own_contacts.mobile, name="account_mobile"),
    path(
        f"{YOURS}/mobile-number/authenticate",
        own_contacts.mobile_authenticate,
        name="account_mobile_authenticate",
    ),
    path(
        f"{YOURS}/mobile-number/confirm",
        own_contacts.mobile_confirm,
        name="account_mobile_confirm",
    ),
    path(
        f"{YOURS}/mobile-number/delete",
        own_contacts.mobile_delete,
        name="account_mobile_delete",
    ),
    path(f"{YOURS}/password", account.password, name="account_password"),
    path(
        f"{YOURS}/take-part-in-user-research",
        account.take_part_in_research,
        name="account_research",
    ),
    path(
        f"{YOURS}/get-emails-about-new-features",
        account.emails_about_new_features,
        name="account_news",
    ),
    path(
        f"{YOURS}/disable-platform-admin-view",
        account.platform_admin_view,
        name="account_admin_view",
    ),
    path(KEYS, security_keys.keys, name="account_keys"),
    path(f"{KEYS}/<uuid:key_id>/manage", security_keys.manage, name="account_key"),
    path(
        f"{KEYS}/<uuid:key_id>/delete", security_keys.delete, name="account_key_delete"
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
