"""The table of who may do what: an entry for every address of the portal."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from django.urls import get_resolver
from django.utils.timezone import localdate

from portal.common.converters import ShortIdConverter
from portal.common.guidance import TOPICS
from portal.common.historical import ADDRESSES, GUIDANCE, QUESTIONS
from tests.guards import world
from tests.guards.people import ADMIN, ANONYMOUS, is_member, permissions_of


@dataclass(frozen=True)
class Anyone:
    """A page without a sign-in."""

    def admits(self, name):
        return True


@dataclass(frozen=True)
class Visitor:
    """A step of signing in: those who are not in the middle of it go to the beginning."""

    def admits(self, name):
        return False


@dataclass(frozen=True)
class SignedIn:
    """A page for everyone with an account."""

    def admits(self, name):
        return name != ANONYMOUS


@dataclass(frozen=True)
class Invited:
    """The link of an invitation, whose address all but the platform admins have."""

    def admits(self, name):
        return not name.startswith(ADMIN)


@dataclass(frozen=True)
class Nobody:
    """A page for people of a kind that none here is of."""

    def admits(self, name):
        return False


@dataclass(frozen=True)
class PlatformAdmin:
    """A page of the Django admin, or another one for platform admins only."""

    def admits(self, name):
        return name.startswith(ADMIN)


@dataclass(frozen=True)
class Team:
    """A page of a service, as contract/admin_routes.md has its decorator."""

    permissions: tuple[str, ...] = ()
    org: bool = False
    restrict: bool = False

    def admits(self, name):
        if name.startswith(ADMIN) and not self.restrict:
            return True
        if name == "member of the organisation":
            return self.org
        if not self.permissions:
            return is_member(name) and name != "member of an inactive service"
        return is_member(name) and bool(permissions_of(name) & set(self.permissions))


@dataclass(frozen=True)
class Page:
    """An address: its rule for each method, and what fills its pattern."""

    get: object = None
    post: object = None
    fills: dict = field(default_factory=dict)
    data: dict = field(default_factory=dict)
    query: str = ""
    # A page that only sends people elsewhere lets that place decide.
    leads_to_sign_in: bool = False
    # What the page answers on purpose to those who may see it, besides pages.
    status: int = 200

    def rules(self):
        return {
            method: rule
            for method, rule in (("GET", self.get), ("POST", self.post))
            if rule is not None
        }


def short_id(pk):
    """Write an id as links of e-mails have it."""
    return ShortIdConverter().to_url(pk)


def team(*permissions, **more):
    """Return the rule ``user_has_permissions(*permissions)``."""
    return Team(permissions, **more)


ANYONE, VISITOR, SIGNED_IN, SUPERUSER = Anyone(), Visitor(), SignedIn(), PlatformAdmin()
INVITED, NOBODY = Invited(), Nobody()
MEMBER, ORG = team(), team(org=True)
SEND = team("send_messages")
SEND_ONLY_STAFF = team("send_messages", restrict=True)
TEMPLATES = team("manage_templates")
ACTIVITY = team("view_activity")
MANAGE = team("manage_service")

YOURS = "your-account"
SECRET = {"password": "typed secret"}
DETAILS = {"name": "Typed name", "email_address": "typed@example.gov.uk"}
S = "services/<uuid:service_id>"
T = f"{S}/templates"
F = f"{T}/folders/<uuid:template_folder_id>"
ONE = f"{T}/<uuid:template_id>"
TO_SEND = f"{S}/send/<uuid:template_id>"
J = f"{S}/jobs/<uuid:job_id>"
CHECK = f"{S}/<uuid:template_id>/check/<uuid:upload_id>"
U = f"{S}/users/<uuid:user_id>"
WISH = f"{S}/join-request/<uuid:request_id>"
TODAY = localdate()
TODAYS_REPORT = {
    f"{end}_day_{part}": str(getattr(TODAY, part))
    for end in ("first", "last")
    for part in ("day", "month", "year")
} | {"columns": "Status", "file_type": "csv"}
REPORT = f"{S}/download-report/<uuid:report_id>"
TALK = f"{S}/conversation/<uuid:notification_id>"
RECEIVE = f"{S}/service-settings/receive-text-messages"
TO_JOIN = "services/<uuid:service_to_join_id>/join"
LIVE = f"{S}/make-service-live"
EMAIL = {"template_id": world.EMAIL}
LETTER = {"template_id": world.LETTER}
LETTERS_FILE = LETTER | {"upload_id": world.LETTERS_UPLOAD}
DRAWN = "<letter_file_extension:filetype>"
PICTURE = {"filetype": "png"}
TYPED = {
    "name": "Typed name",
    "subject": "Typed subject",
    "content": "Typed content ((name))",
    "form_id": str(uuid4()),
}
NEW_FOLDER = {"operation": "new-folder", "name": "Typed", "form_id": str(uuid4())}

COPY = f"{T}/copy"
BLOCKED = f"{T}/action-blocked/<template_type:notification_type>/<str:return_to>"
BLOCKED_FILLS = {"notification_type": "letter", "return_to": "view_template"}

UNSUBSCRIBED = f"{S}/unsubscribe-requests/reports"
ACTIVITY_ONLY_STAFF = team("view_activity", restrict=True)
A_DAY = {"reported_at": "2026-01-12"}

FILES = f"{ONE}/files"
FILE = f"{FILES}/<uuid:template_email_file_id>"
DOWNLOAD = "d/<base64_uuid:service_id>/<base64_uuid:document_id>"
OF_EMAIL = EMAIL | {"template_email_file_id": world.FILE}
LINK = {"document_id": world.FILE}
KEY = f"?key={short_id(world.EMAIL)}"

LIST = f"{S}/contact-list/<uuid:contact_list_id>"

PAGES = {
    # portal/common
    "theme.css": Page(ANYONE),
    "favicon.ico": Page(ANYONE),
    "_status": Page(ANYONE),
    "error/<int:status_code>": Page(ANYONE, fills={"status_code": 404}, status=404),
    **{topic.path: Page(ANYONE) for topic in TOPICS},
    **{old: Page(ANYONE) for old in (*GUIDANCE, *ADDRESSES)},
    **{old: Page(ANYONE, ANYONE) for old in QUESTIONS},
    # portal/branding
    "_email": Page(ANYONE, query=f"?branding_style={world.OTHER}"),
    # portal/users
    "": Page(ANYONE, leads_to_sign_in=True),
    "sign-in": Page(
        ANYONE,
        ANYONE,
        data={"email_address": "typed@example.gov.uk", "password": "typed secret"},
    ),
    "sign-out": Page(ANYONE, leads_to_sign_in=True),
    "two-factor-sms": Page(VISITOR, VISITOR, data={"sms_code": "12345"}),
    "two-factor-email-sent": Page(ANYONE),
    "re-validate-email": Page(ANYONE),
    "email-auth/<str:token>": Page(ANYONE, ANYONE, fills={"token": "bad"}),
    "text-not-received": Page(VISITOR, VISITOR, data={"mobile_number": "07700900123"}),
    "send-new-code": Page(VISITOR),
    "email-not-received": Page(VISITOR),
    "send-new-email-token": Page(VISITOR),
    "resend-email-verification": Page(VISITOR),
    "verify": Page(VISITOR, VISITOR, data={"sms_code": "12345"}),
    "verify-email/<str:token>": Page(
        ANYONE, fills={"token": "bad"}, leads_to_sign_in=True
    ),
    "forgot-password": Page(
        ANYONE, ANYONE, data={"email_address": "typed@example.gov.uk"}
    ),
    "new-password/<path:token>": Page(
        ANYONE, ANYONE, fills={"token": "bad"}, data={"new_password": "typed secret"}
    ),
    "register": Page(
        ANYONE,
        ANYONE,
        data={
            "name": "Typed name",
            "email_address": "typed@example.gov.uk",
            "mobile_number": "07700900123",
            "password": "typed secret",
        },
    ),
    "registration-continue": Page(ANYONE, leads_to_sign_in=True),
    # There is nobody invited.
    "register-from-invite": Page(
        ANYONE, ANYONE, data={"name": "Typed name"}, status=404
    ),
    "register-from-org-invite": Page(
        ANYONE, ANYONE, data={"name": "Typed name"}, status=404
    ),
    "two-factor-webauthn": Page(VISITOR),
    "webauthn/authenticate": Page(VISITOR, VISITOR, data={"credential": "12345"}),
    "webauthn/register": Page(SUPERUSER, SUPERUSER, data={"credential": "12345"}),
    YOURS: Page(SIGNED_IN),
    f"{YOURS}/name": Page(SIGNED_IN, SIGNED_IN, data={"name": "Typed name"}),
    f"{YOURS}/email": Page(
        SIGNED_IN, SIGNED_IN, data={"email_address": "typed@example.gov.uk"}
    ),
    f"{YOURS}/email/authenticate": Page(SIGNED_IN, SIGNED_IN, data=SECRET),
    f"{YOURS}/email/confirm/<str:token>": Page(SIGNED_IN, fills={"token": "bad"}),
    f"{YOURS}/mobile-number": Page(
        SIGNED_IN, SIGNED_IN, data={"mobile_number": "07700900123"}
    ),
    f"{YOURS}/mobile-number/authenticate": Page(SIGNED_IN, SIGNED_IN, data=SECRET),
    f"{YOURS}/mobile-number/confirm": Page(
        SIGNED_IN, SIGNED_IN, data={"sms_code": "12345"}
    ),
    f"{YOURS}/mobile-number/delete": Page(NOBODY, NOBODY),
    f"{YOURS}/password": Page(
        SIGNED_IN,
        SIGNED_IN,
        data={"old_password": "typed secret", "new_password": "typed secret"},
    ),
    f"{YOURS}/take-part-in-user-research": Page(
        SIGNED_IN, SIGNED_IN, data={"enabled": "no"}
    ),
    f"{YOURS}/get-emails-about-new-features": Page(
        SIGNED_IN, SIGNED_IN, data={"enabled": "no"}
    ),
    f"{YOURS}/disable-platform-admin-view": Page(
        SUPERUSER, SUPERUSER, data={"enabled": "no"}
    ),
    f"{YOURS}/security-keys": Page(SUPERUSER),
    f"{YOURS}/security-keys/<uuid:key_id>/manage": Page(
        SUPERUSER, SUPERUSER, data={"name": "Typed name"}
    ),
    f"{YOURS}/security-keys/<uuid:key_id>/delete": Page(SUPERUSER, SUPERUSER),
    # portal/support
    "support": Page(ANYONE, ANYONE, data={"choice": "report-problem"}),
    "support/what-do-you-want-to-do": Page(
        ANYONE, ANYONE, data={"choice": "report-problem"}
    ),
    "support/problem": Page(ANYONE, ANYONE, data={"choice": "sending-messages"}),
    "support/cannot-sign-in": Page(ANYONE, ANYONE, data={"choice": "no-code"}),
    "support/what-happened": Page(ANYONE, ANYONE, data={"choice": "api-error"}),
    "support/public": Page(ANYONE),
    "support/escalate": Page(ANYONE, ANYONE),
    "support/thanks": Page(ANYONE, ANYONE),
    "support/<ticket_type:ticket_type>": Page(
        ANYONE,
        ANYONE,
        {"ticket_type": "ask-question-give-feedback"},
        {
            "feedback": "Typed message",
            "name": "Typed name",
            "email_address": "typed@example.gov.uk",
        },
    ),
    **{
        f"support/{trouble}": Page(ANYONE)
        for trouble in (
            *("security-code", "mobile-number-changed"),
            *("email-link", "email-address-changed"),
        )
    },
    **{
        f"support/{trouble}/account-details": Page(ANYONE, ANYONE, data=DETAILS | more)
        for trouble, more in (
            ("security-code", {"mobile_number": "07700900123"}),
            (
                "mobile-number-changed",
                {
                    "old_mobile_number": "07700900123",
                    "new_mobile_number": "07700900124",
                },
            ),
            ("email-link", {}),
            (
                "email-address-changed",
                {
                    "old_email_address": "typed@example.gov.uk",
                    "new_email_address": "new@example.gov.uk",
                },
            ),
        )
    },
    "your-services": Page(SIGNED_IN),
    "services-or-dashboard": Page(ANYONE, leads_to_sign_in=True),
    "accounts": Page(ANYONE),
    "accounts-or-dashboard": Page(ANYONE),
    f"{S}/users": Page(ORG, query="?search=a&permission=manage_service"),
    f"{S}/users.csv": Page(team("manage_service", org=True)),
    U: Page(MANAGE, MANAGE, data={"permissions": "view_activity"}),
    f"{U}/delete": Page(None, MANAGE),
    f"{U}/edit-email": Page(
        MANAGE, MANAGE, data={"email_address": "typed@example.gov.uk"}
    ),
    f"{U}/edit-email/confirm": Page(MANAGE, MANAGE),
    f"{U}/edit-mobile-number": Page(
        MANAGE, MANAGE, data={"mobile_number": "07700900123"}
    ),
    f"{U}/edit-mobile-number/confirm": Page(MANAGE, MANAGE),
    # portal/invites
    "invitation/<str:token>": Page(
        INVITED, INVITED, {"token": "good"}, leads_to_sign_in=True
    ),
    "organisation-invitation/<str:token>": Page(
        INVITED, INVITED, {"token": "good"}, leads_to_sign_in=True
    ),
    f"{S}/users/invite": Page(
        MANAGE, MANAGE, data={"email_address": "typed@example.gov.uk"}
    ),
    f"{S}/users/invite/<uuid:user_id>": Page(
        MANAGE,
        MANAGE,
        {"user_id": world.OUTSIDER},
        {"email_address": "typed@example.gov.uk"},
    ),
    f"{S}/cancel-invited-user/<uuid:invited_user_id>": Page(MANAGE, MANAGE),
    f"{S}/resend-invitation/<uuid:invited_user_id>": Page(MANAGE, MANAGE),
    f"{WISH}/approve": Page(MANAGE, MANAGE, data={"decision": "refuse"}),
    f"{WISH}/choose-permissions": Page(
        MANAGE, MANAGE, data={"permissions": "view_activity"}
    ),
    f"{WISH}/refused": Page(MANAGE),
    "join-a-service/choose": Page(
        SIGNED_IN, SIGNED_IN, data={"service": world.SERVICE}
    ),
    f"{TO_JOIN}/ask": Page(SIGNED_IN, SIGNED_IN, data={"reason": "Typed reason"}),
    f"{TO_JOIN}/you-have-asked": Page(SIGNED_IN, SIGNED_IN),
    # portal/platform
    "platform-admin": Page(SUPERUSER, SUPERUSER, data={"search": "Typed name"}),
    # portal/services
    S: Page(MEMBER),
    f"{S}/dashboard": Page(team("view_activity", "send_messages")),
    f"{S}/dashboard.json": Page(ACTIVITY),
    f"{S}/dashboard-usage.json": Page(MANAGE),
    f"{S}/monthly": Page(ACTIVITY),
    f"{S}/monthly.csv": Page(ACTIVITY),
    f"{S}/template-usage": Page(ACTIVITY),
    f"{S}/template-usage.csv": Page(ACTIVITY),
    f"{S}/template-activity": Page(team("view_activity")),
    "services": Page(ANYONE),
    "your-services/figures": Page(SIGNED_IN, query="?scope=all&sort=failed"),
    "your-services/figures.csv": Page(SIGNED_IN),
    "add-service": Page(SIGNED_IN),
    "add-service/name-your-service": Page(
        SIGNED_IN, SIGNED_IN, data={"name": "Typed name"}
    ),
    f"{S}/make-your-service-live": Page(MANAGE, MANAGE),
    f"{S}/make-your-service-live/confirm-service-unique": Page(
        MANAGE, MANAGE, data={"is_unique": "yes"}
    ),
    f"{S}/service-settings/request-to-go-live": Page(MANAGE, MANAGE),
    f"{S}/service-settings/request-to-go-live/estimate-usage": Page(
        MANAGE, MANAGE, data={"volume_sms": "2500"}
    ),
    LIVE: Page(SUPERUSER),
    f"{LIVE}/unique-service": Page(SUPERUSER, SUPERUSER, data={"unique": "yes"}),
    f"{LIVE}/service-name": Page(SUPERUSER, SUPERUSER, data={"name": "yes"}),
    f"{LIVE}/contact-user": Page(SUPERUSER),
    f"{LIVE}/decision": Page(SUPERUSER, SUPERUSER, data={"decision": "approve"}),
    f"{S}/service-settings/send-files-by-email": Page(
        MANAGE,
        MANAGE,
        data={"kind": "email_address", "email_address": "typed@example.gov.uk"},
    ),
    f"{S}/history": Page(MANAGE),
    # portal/message_templates
    T: Page(ORG, TEMPLATES, data=NEW_FOLDER),
    f"{T}/<any_template_type:template_type>": Page(
        ORG, TEMPLATES, {"template_type": "sms"}, NEW_FOLDER
    ),
    F: Page(ORG, TEMPLATES, data=NEW_FOLDER),
    f"{T}/<any_template_type:template_type>/folders/<uuid:template_folder_id>": Page(
        ORG, TEMPLATES, {"template_type": "sms"}, NEW_FOLDER
    ),
    f"{F}/manage": Page(TEMPLATES, TEMPLATES, data={"name": "Typed name"}),
    f"{F}/delete": Page(TEMPLATES, TEMPLATES),
    f"{T}/add-<template_type:template_type>": Page(
        TEMPLATES, TEMPLATES, {"template_type": "email"}, TYPED
    ),
    f"{F}/add-<template_type:template_type>": Page(
        TEMPLATES, TEMPLATES, {"template_type": "sms"}, TYPED
    ),
    f"{T}/count-sms-length": Page(None, MEMBER, data={"content": "Typed"}),
    ONE: Page(ORG),
    f"{ONE}/edit": Page(TEMPLATES, TEMPLATES, EMAIL, TYPED),
    f"{ONE}/delete": Page(TEMPLATES, TEMPLATES),
    f"{ONE}/redact": Page(TEMPLATES, TEMPLATES),
    f"{ONE}/versions": Page(ORG),
    f"{ONE}/version/<int:version>": Page(ORG, TEMPLATES, {"version": 1}),
    COPY: Page(TEMPLATES),
    f"{COPY}/from-folder/<uuid:from_folder>": Page(
        TEMPLATES, fills={"from_folder": world.FOLDER}
    ),
    f"{COPY}/from-service/<uuid:from_service>": Page(
        TEMPLATES, fills={"from_service": world.SERVICE}
    ),
    f"{COPY}/from-service/<uuid:from_service>/from-folder/<uuid:from_folder>": Page(
        TEMPLATES,
        fills={"from_service": world.SERVICE, "from_folder": world.FOLDER},
    ),
    f"{COPY}/<uuid:template_id>": Page(TEMPLATES, TEMPLATES, data=TYPED),
    BLOCKED: Page(TEMPLATES, fills=BLOCKED_FILLS),
    f"{BLOCKED}/<uuid:template_id>": Page(TEMPLATES, fills=BLOCKED_FILLS),
    f"{T}/files": Page(TEMPLATES, TEMPLATES),
    f"{T}/files.zip": Page(TEMPLATES),
    f"{T}/files/<uuid:upload_id>": Page(TEMPLATES, TEMPLATES),
    f"{ONE}/rename": Page(TEMPLATES, TEMPLATES, data={"name": "Typed name"}),
    f"{ONE}/edit/<str:language>": Page(
        TEMPLATES, TEMPLATES, LETTER | {"language": "welsh"}, TYPED
    ),
    f"{ONE}/set-template-sender": Page(
        TEMPLATES, TEMPLATES, LETTER, {"sender": "blank"}
    ),
    f"{ONE}/edit-postage": Page(TEMPLATES, TEMPLATES, LETTER, {"postage": "first"}),
    f"{ONE}/change-language": Page(
        TEMPLATES, TEMPLATES, LETTER, {"languages": "english"}
    ),
    f"{ONE}/change-language/confirm": Page(TEMPLATES, TEMPLATES, LETTER),
    FILES: Page(TEMPLATES, fills=EMAIL),
    f"{FILES}/setup": Page(
        TEMPLATES,
        TEMPLATES,
        EMAIL,
        {"kind": "email_address", "email_address": "typed@example.gov.uk"},
    ),
    f"{FILES}/upload": Page(TEMPLATES, TEMPLATES, EMAIL),
    FILE: Page(TEMPLATES, TEMPLATES, OF_EMAIL, query="?delete=yes"),
    f"{FILE}/make-live": Page(None, TEMPLATES, OF_EMAIL),
    f"{FILE}/change-link-text": Page(
        TEMPLATES, TEMPLATES, OF_EMAIL, {"link_text": "Typed text"}
    ),
    f"{FILE}/change-data-retention": Page(
        TEMPLATES, TEMPLATES, OF_EMAIL, {"retention_period": "27"}
    ),
    f"{FILE}/change-email-validation": Page(
        TEMPLATES, TEMPLATES, OF_EMAIL, {"validate_users_email": "no"}
    ),
    DOWNLOAD: Page(MEMBER, fills=LINK, query=KEY),
    f"{DOWNLOAD}/confirm-email-address": Page(
        MEMBER, MEMBER, LINK, {"email_address": "typed@example.gov.uk"}, KEY
    ),
    f"{DOWNLOAD}/download": Page(MEMBER, fills=LINK, query=KEY),
    f"{ONE}/attach-pages": Page(TEMPLATES, TEMPLATES, LETTER),
    f"{ONE}/attach-pages/edit": Page(TEMPLATES, TEMPLATES, LETTER),
    f"{S}/attachment/<uuid:attachment_id>.png": Page(ORG),
    f"{S}/preview-invalid-attachment-image/<uuid:file_id>": Page(
        TEMPLATES, fills={"file_id": world.REFUSED}
    ),
    # portal/notifications
    f"{S}/notifications": Page(MEMBER, MEMBER, data={"to": "07700900123"}),
    f"{S}/notifications/<template_type:message_type>": Page(
        MEMBER, MEMBER, {"message_type": "sms"}, {"to": "07700900123"}
    ),
    f"{S}/notifications.json": Page(MEMBER, MEMBER, data={"to": "07700900123"}),
    f"{S}/notifications/<template_type:message_type>.json": Page(
        MEMBER, MEMBER, {"message_type": "sms"}, {"to": "07700900123"}
    ),
    f"{S}/notification/<uuid:notification_id>": Page(
        team("view_activity", "send_messages")
    ),
    f"{S}/notification/<uuid:notification_id>.json": Page(
        team("view_activity", "send_messages")
    ),
    f"{S}/notification/<uuid:notification_id>/cancel": Page(
        team("view_activity", "send_messages"),
        team("view_activity", "send_messages"),
        {"notification_id": world.SENT_LETTER},
    ),
    f"{TO_SEND}/set-sender": Page(SEND, SEND, data={"sender": "typed"}),
    f"{TO_SEND}/one-off": Page(SEND),
    f"{TO_SEND}/one-off/address": Page(
        SEND, SEND, LETTER, {"address": "Typed\n1 Street\nSW1A 1AA"}
    ),
    f"{TO_SEND}/one-off/step-<int:step_index>": Page(
        SEND, SEND, {"step_index": 0}, {"value": "07700900123"}
    ),
    f"{S}/template/<uuid:template_id>/one-off/send-to-myself": Page(SEND),
    f"{S}/template/<uuid:template_id>/notification/check": Page(SEND, SEND_ONLY_STAFF),
    f"{S}/unsubscribe-requests/summary": Page(ACTIVITY),
    f"{UNSUBSCRIBED}/latest": Page(ACTIVITY),
    f"{UNSUBSCRIBED}/batch-report": Page(ACTIVITY_ONLY_STAFF, ACTIVITY_ONLY_STAFF),
    f"{UNSUBSCRIBED}/download": Page(ACTIVITY),
    f"{UNSUBSCRIBED}/download/<uuid:batch_id>.csv": Page(ACTIVITY),
    f"{UNSUBSCRIBED}/<uuid:batch_id>": Page(
        ACTIVITY, ACTIVITY, data={"processed": "yes"}
    ),
    "unsubscribe/<uuid:notification_id>/<str:token>": Page(
        ANYONE, ANYONE, {"token": "good"}
    ),
    "unsubscribe/confirmed": Page(ANYONE),
    "unsubscribe/example": Page(ANYONE, ANYONE),
    "unsubscribe/example/confirmed": Page(ANYONE),
    # portal/billing
    f"{S}/usage": Page(team("manage_service", org=True)),
    f"{S}/usage.csv": Page(team("manage_service", org=True)),
    "pricing": Page(ANYONE),
    "pricing/text-messages": Page(ANYONE),
    "pricing/letters": Page(ANYONE),
    "pricing/how-to-pay": Page(ANYONE),
    "pricing/billing-details": Page(ANYONE),
    # portal/letters
    "templates/letter-preview-image": Page(ANYONE),
    "templates/letter-preview-image/<str:filename>": Page(
        ANYONE, fills={"filename": "logo"}
    ),
    f"{ONE}.{DRAWN}": Page(ORG, fills=LETTER | PICTURE),
    f"{ONE}/version/<int:version>.{DRAWN}": Page(
        ORG, fills=LETTER | PICTURE | {"version": 1}
    ),
    f"{S}/notification/<uuid:notification_id>.{DRAWN}": Page(
        team("view_activity", "send_messages"),
        fills=PICTURE | {"notification_id": world.SENT_LETTER},
    ),
    f"{TO_SEND}/test.{DRAWN}": Page(SEND, fills=LETTER | PICTURE),
    f"{S}/<uuid:template_id>/check.{DRAWN}": Page(SEND, fills=LETTER | PICTURE),
    f"{CHECK}.{DRAWN}": Page(SEND, fills=LETTERS_FILE | PICTURE),
    f"{CHECK}/row-<int:row_index>.{DRAWN}": Page(
        SEND, fills=LETTERS_FILE | PICTURE | {"row_index": 2}
    ),
    f"{S}/returned-letters": Page(ACTIVITY),
    f"{S}/returned-letters/<simple_date:reported_at>": Page(ACTIVITY, fills=A_DAY),
    f"{S}/returned-letters/<simple_date:reported_at>.csv": Page(ACTIVITY, fills=A_DAY),
    f"{S}/uploaded-letters/<simple_date:letter_print_day>": Page(
        MEMBER, fills={"letter_print_day": "2026-01-12"}
    ),
    f"{S}/upload-letter": Page(SEND, SEND, data={"again": world.UPLOAD}),
    f"{S}/upload-letter/send/<uuid:file_id>": Page(
        None,
        SEND_ONLY_STAFF,
        data={"address": "Typed\n1 Street\nSW1A 1AA", "postage": "second"},
    ),
    f"{S}/preview-letter/<uuid:file_id>": Page(SEND),
    f"{S}/preview-letter-image/<uuid:file_id>": Page(SEND),
    f"{S}/tour/<uuid:template_id>": Page(SEND),
    f"{S}/tour/<uuid:template_id>/step-<int:step_index>": Page(
        SEND_ONLY_STAFF, SEND_ONLY_STAFF, {"step_index": 1}, {"value": "Typed"}
    ),
    f"{S}/tour/<uuid:template_id>/check": Page(SEND_ONLY_STAFF),
    f"{S}/end-tour/<uuid:example_template_id>": Page(
        TEMPLATES, TEMPLATES, {"example_template_id": world.SMS}
    ),
    # portal/jobs
    f"{TO_SEND}/csv": Page(SEND, SEND),
    f"{TO_SEND}.csv": Page(team("send_messages", "manage_templates")),
    CHECK: Page(SEND),
    f"{CHECK}/row-<int:row_index>": Page(SEND, fills={"row_index": 2}),
    f"{CHECK}/errors": Page(SEND),
    f"{CHECK}/correct": Page(
        SEND, SEND, {"upload_id": world.WRONG_UPLOAD}, {"cell-2-0": "07700900123"}
    ),
    f"{CHECK}/delete": Page(SEND, SEND),
    f"{S}/start-job/<uuid:upload_id>": Page(
        None, SEND_ONLY_STAFF, data={"when": "now"}
    ),
    f"{S}/uploads": Page(MEMBER),
    f"{S}/jobs": Page(MEMBER),
    J: Page(MEMBER, SEND),
    f"{J}.json": Page(MEMBER),
    f"{J}.csv": Page(ACTIVITY),
    f"{J}/original.csv": Page(ACTIVITY),
    f"{J}/send-failed": Page(None, SEND_ONLY_STAFF),
    # portal/inbound
    f"{S}/inbox": Page(ACTIVITY),
    f"{S}/inbox.json": Page(ACTIVITY),
    f"{S}/inbox.csv": Page(ACTIVITY),
    TALK: Page(ACTIVITY),
    f"{TALK}.json": Page(ACTIVITY),
    f"{TALK}/reply-with": Page(SEND),
    f"{TALK}/reply-with/from-folder/<uuid:from_folder>": Page(
        SEND, fills={"from_folder": world.FOLDER}
    ),
    f"{TALK}/reply-with/<uuid:template_id>": Page(SEND),
    RECEIVE: Page(MANAGE),
    f"{RECEIVE}/start": Page(MANAGE, MANAGE),
    f"{RECEIVE}/stop": Page(MANAGE, MANAGE),
    f"{RECEIVE}/stop/success": Page(MANAGE),
    f"{J}/cancel": Page(MEMBER, MEMBER, {"job_id": world.LETTER_JOB}),
    f"{S}/contact-lists": Page(MEMBER),
    f"{S}/upload-contact-list": Page(SEND, SEND),
    f"{S}/check-contact-list/<uuid:upload_id>": Page(SEND, SEND),
    f"{S}/save-contact-list/<uuid:upload_id>": Page(None, SEND),
    LIST: Page(SEND),
    f"{LIST}.csv": Page(SEND),
    f"{LIST}/delete": Page(TEMPLATES, TEMPLATES),
    f"{TO_SEND}/from-contact-list": Page(SEND),
    f"{TO_SEND}/from-contact-list/<uuid:contact_list_id>": Page(SEND),
    # portal/reports
    f"{S}/download-notifications.csv": Page(ACTIVITY),
    f"{S}/reports": Page(ACTIVITY),
    f"{S}/reports/new": Page(ACTIVITY, ACTIVITY, data=TODAYS_REPORT),
    REPORT: Page(ACTIVITY),
    f"{REPORT}/ready": Page(ACTIVITY),
    f"{REPORT}/status.json": Page(ACTIVITY),
    f"{REPORT}/again": Page(None, ACTIVITY, {"report_id": world.FAILED}),
    f"{S}/report-request/<uuid:report_id>.csv": Page(ACTIVITY),
    f"{S}/report-request/<uuid:report_id>.xlsx": Page(
        ACTIVITY, fills={"report_id": world.SHEET}
    ),
}

STANDARD = {
    "service_id": world.SERVICE,
    "template_id": world.SMS,
    "template_folder_id": world.FOLDER,
    "job_id": world.JOB,
    "upload_id": world.UPLOAD,
    "notification_id": world.NOTIFICATION,
    "report_id": world.OTHER,
    "batch_id": world.OTHER,
    "contact_list_id": world.UPLOAD,
    "file_id": world.UPLOAD,
    "attachment_id": world.UPLOAD,
    "user_id": world.OTHER,
    "invited_user_id": world.INVITATION,
    "request_id": world.WISH,
    "service_to_join_id": world.SERVICE,
    "key_id": world.OTHER,
    "token": "good",
    "ticket_type": "report-problem",
}


def patterns():
    """Return every pattern of the portal: its whole text and its URLPattern."""
    found = []

    def walk(resolver, before):
        for entry in resolver.url_patterns:
            text = f"{before}{entry.pattern}"
            if hasattr(entry, "url_patterns"):
                walk(entry, text)
            else:
                found.append((text, entry))

    walk(get_resolver(), "")
    return found


def staff_routes():
    """Return the patterns outside of the Django admin."""
    return [text for text, _entry in patterns() if not text.startswith("admin/")]


def address(route, **fills):
    """Fill a pattern of the table."""
    page = PAGES[route]
    values = {**STANDARD, **page.fills, **fills}
    parts = route.split("<")
    filled = parts[0]
    for part in parts[1:]:
        place, rest = part.split(">", 1)
        converter, name = place.split(":")
        write = short_id if converter == "base64_uuid" else str
        filled += write(values[name]) + rest
    return f"/{filled}{page.query}"


def requests_of_all_pages():
    """Return (method, route) for everything that the pages accept."""
    return [(method, route) for route, page in PAGES.items() for method in page.rules()]


def somebody_who_may(method, route):
    """Return the name of somebody for whom a request is."""
    rule = PAGES[route].rules()[method]
    names = ("member with all permissions", ADMIN)
    return next(name for name in names if rule.admits(name))


def admin_routes():
    """Return the patterns of the Django admin."""
    return [text for text, _entry in patterns() if text.startswith("admin/")]


def admin_address(route):
    """Fill a pattern of the Django admin."""
    known = {"services": world.SERVICE, "organisations": world.ORGANISATION}
    pk = known.get(route.split("/")[1], world.OTHER)
    route = route.replace("<path:object_id>", pk)
    route = route.replace("<path:content_type_id>", "1")
    return "/" + route.split("^")[0].replace("(?P<url>.*)$", "nothing")
