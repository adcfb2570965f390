"""The recorded rules of ``admin_routes.json`` about messages, and the portal's names for them.

The record is a list of rules: ``rule`` (an address with its converters), ``methods``,
``access`` (the decorators of the view, as written), ``endpoint``, ``module`` and, for
addresses of the past, the ``new_endpoint`` among the ``defaults``.
"""

from __future__ import annotations

import ast
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from tests.guards import pages, world

FACTS = Path(
    os.environ.get("ADMIN_ROUTES_FILE") or Path(__file__).with_name("admin_routes.json")
)
RECORDED = json.loads(FACTS.read_text())
MODULES = {
    *("send", "templates", "template_email_files", "jobs", "notifications"),
    *("dashboard", "uploads", "conversation", "returned_letters"),
    *("unsubscribe_requests", "report_requests", "document_download", "tour"),
    *("your_services", "add_service", "history", "pricing", "index"),
}
PART = re.compile(r"<(\w+):(\w+)>")
KINDS = ("sms", "email", "letter")
# What each kind of part may be; all of them are tried.
CHOICES = {
    "template_type": KINDS,
    "letter_file_extension": ("pdf", "png"),
    "ticket_type": ("report-problem", "ask-question-give-feedback"),
    "uuid": (world.OTHER,),
    "base64_uuid": ("mZmZmQAAQACAAAAAAAAAAQ",),
    "int": ("1",),
    "simple_date": ("2026-01-12",),
    "string": ("some-words",),
}

S = "/services/<uuid:service_id>"
T = f"{S}/templates"
ONE = f"{T}/<uuid:template_id>"
FOLDERS = f"{T}/folders/<uuid:template_folder_id>"
COPY = f"{T}/copy"
BLOCKED = f"{T}/action-blocked/<template_type:notification_type>/<string:return_to>"
FILES = f"{ONE}/files"
FILE = f"{FILES}/<uuid:template_email_file_id>"
SEND = f"{S}/send/<uuid:template_id>"
CHECK = f"{S}/<uuid:template_id>/check"
CHECK_FILE = f"{CHECK}/<uuid:upload_id>"
TEMPLATE = f"{S}/template/<uuid:template_id>"
JOB = f"{S}/jobs/<uuid:job_id>"
SENT = f"{S}/notification/<uuid:notification_id>"
LIST = f"{S}/contact-list/<uuid:contact_list_id>"
TALK = f"{S}/conversation/<uuid:notification_id>"
RETURNED = f"{S}/returned-letters"
REPORT = f"{S}/download-report/<uuid:report_request_id>"
WISHES = f"{S}/unsubscribe-requests"
TOUR = f"{S}/tour/<uuid:template_id>"
DOCUMENT = "/d/<base64_uuid:service_id>/<base64_uuid:document_id>"
PICTURE = "<letter_file_extension:filetype>"

# Each rule's name in the portal. Guidance and addresses of the past have theirs computed.
NAMES = {
    # add_service, your_services, history
    "/add-service": "services:add_service",
    "/add-service/name-your-service": "services:name_service",
    "/services": "services:services",
    "/services-or-dashboard": "users:services_or_dashboard",
    "/your-services": "users:your_services",
    "/accounts-or-dashboard": "users:accounts_or_dashboard",
    f"{S}/history": "services:history",
    # conversation
    TALK: "inbound:conversation",
    f"{TALK}.json": "inbound:conversation_json",
    f"{TALK}/reply-with": "inbound:reply",
    f"{TALK}/reply-with/from-folder/<uuid:from_folder>": "inbound:reply_from_folder",
    f"{TALK}/reply-with/<uuid:template_id>": "inbound:reply_with",
    # dashboard
    S: "services:dashboard",
    f"{S}/dashboard": "services:old_dashboard",
    f"{S}/dashboard.json": "services:dashboard_json",
    f"{S}/dashboard-usage.json": "billing:usage_json",
    f"{S}/notifications": "notifications:list",
    f"{S}/notifications/<template_type:message_type>": "notifications:list",
    f"{S}/notifications.json": "notifications:list_json",
    f"{S}/notifications/<template_type:message_type>.json": "notifications:list_json",
    f"{S}/template-activity": "services:template_activity",
    f"{S}/template-usage": "services:template_usage",
    f"{S}/usage": "billing:usage",
    f"{S}/monthly": "services:monthly",
    f"{S}/inbox": "inbound:inbox",
    f"{S}/inbox.json": "inbound:inbox_json",
    f"{S}/inbox.csv": "inbound:inbox_csv",
    # document_download
    DOCUMENT: "message_templates:document",
    f"{DOCUMENT}/confirm-email-address": "message_templates:document_confirm",
    f"{DOCUMENT}/download": "message_templates:document_download",
    # index
    "/": "users:index",
    "/error/<int:status_code>": "common:error",
    "/_email": "branding:example_email",
    "/new-terms-of-use": "common:moved",
    "/docs/notify-pdf-letter-spec-latest.pdf": "common:moved",
    "/user-profile/mobile-number/delete": "common:moved",
    "/user-profile/security-keys/<uuid:key_id>/delete": "common:moved",
    "/support/general": "common:moved",
    "/support/triage": "common:moved",
    "/support/triage/<ticket_type:ticket_type>": "common:moved",
    "/accounts": "users:accounts",
    f"{S}/service-settings/request-to-go-live": "services:go_live_old",
    # jobs
    f"{S}/jobs": "jobs:jobs",
    JOB: "jobs:view",
    f"{JOB}.csv": "jobs:report",
    f"{JOB}.json": "jobs:view_json",
    f"{JOB}/original.csv": "jobs:original",
    f"{JOB}/cancel": "jobs:cancel_letters",
    # notifications
    SENT: "notifications:view",
    f"{SENT}.json": "notifications:view_json",
    f"{SENT}.{PICTURE}": "notifications:picture",
    f"{SENT}/cancel": "notifications:cancel",
    f"{S}/download-notifications.csv": "reports:download_notifications",
    # pricing
    "/pricing": "billing:pricing",
    "/pricing/text-messages": "billing:pricing_text_messages",
    "/pricing/letters": "billing:pricing_letters",
    "/pricing/how-to-pay": "billing:how_to_pay",
    "/pricing/billing-details": "billing:billing_details",
    # report_requests
    REPORT: "reports:report",
    f"{REPORT}/ready": "reports:ready",
    f"{REPORT}/status.json": "reports:status",
    f"{S}/report-request/<uuid:report_request_id>.csv": "reports:download_csv",
    # returned_letters
    RETURNED: "letters:returned",
    f"{RETURNED}/<simple_date:reported_at>": "letters:returned_on",
    f"{RETURNED}/<simple_date:reported_at>.csv": "letters:returned_csv",
    # send
    f"{SEND}/csv": "jobs:upload",
    f"{SEND}.csv": "jobs:example",
    f"{SEND}/set-sender": "notifications:set_sender",
    f"{SEND}/one-off": "notifications:one_off",
    f"{SEND}/one-off/address": "notifications:one_off_address",
    f"{SEND}/one-off/step-<int:step_index>": "notifications:one_off_step",
    f"{SEND}/test.{PICTURE}": "notifications:test_picture",
    f"{SEND}/from-contact-list": "jobs:choose_contact_list",
    f"{SEND}/from-contact-list/<uuid:contact_list_id>": "jobs:send_contact_list",
    CHECK_FILE: "jobs:check",
    f"{CHECK_FILE}/row-<int:row_index>": "jobs:check_row",
    f"{CHECK_FILE}.{PICTURE}": "jobs:check_picture",
    f"{CHECK_FILE}/row-<int:row_index>.{PICTURE}": "jobs:check_row_picture",
    f"{CHECK}.{PICTURE}": "notifications:check_picture",
    f"{S}/start-job/<uuid:upload_id>": "jobs:start",
    f"{TEMPLATE}/one-off/send-to-myself": "notifications:one_off_to_myself",
    f"{TEMPLATE}/notification/check": "notifications:check",
    # template_email_files
    FILES: "message_templates:email_files",
    f"{FILES}/setup": "message_templates:email_files_setup",
    f"{FILES}/upload": "message_templates:email_file_upload",
    FILE: "message_templates:email_file",
    f"{FILE}/make-live": "message_templates:email_file_live",
    f"{FILE}/change-link-text": "message_templates:email_file_text",
    f"{FILE}/change-data-retention": "message_templates:email_file_weeks",
    f"{FILE}/change-email-validation": "message_templates:email_file_validation",
    # templates
    T: "message_templates:choose",
    f"{T}/all": "message_templates:choose",
    f"{T}/<template_type:template_type>": "message_templates:choose",
    FOLDERS: "message_templates:folder",
    f"{T}/all/folders/<uuid:template_folder_id>": "message_templates:folder",
    f"{T}/<template_type:template_type>/folders/<uuid:template_folder_id>": (
        "message_templates:folder"
    ),
    ONE: "message_templates:view",
    f"{ONE}.{PICTURE}": "message_templates:picture",
    "/templates/letter-preview-image": "letters:branding_picture",
    "/templates/letter-preview-image/<string:filename>": ("letters:branding_picture"),
    f"{ONE}/version/<int:version>": "message_templates:version",
    f"{ONE}/version/<int:version>.{PICTURE}": "message_templates:version_picture",
    COPY: "message_templates:copy",
    f"{COPY}/from-folder/<uuid:from_folder>": "message_templates:copy_from_folder",
    f"{COPY}/from-service/<uuid:from_service>": "message_templates:copy_from_service",
    f"{COPY}/from-service/<uuid:from_service>/from-folder/<uuid:from_folder>": (
        "message_templates:copy_from_folder_of"
    ),
    f"{COPY}/<uuid:template_id>": "message_templates:copy_one",
    BLOCKED: "message_templates:blocked",
    f"{BLOCKED}/<uuid:template_id>": "message_templates:blocked_edit",
    f"{FOLDERS}/manage": "message_templates:manage_folder",
    f"{FOLDERS}/delete": "message_templates:delete_folder",
    f"{T}/add-<template_type:template_type>": "message_templates:add",
    f"{FOLDERS}/add-<template_type:template_type>": "message_templates:add_in_folder",
    f"{ONE}/rename": "message_templates:rename",
    f"{ONE}/edit": "message_templates:edit",
    f"{ONE}/edit/<string:language>": "message_templates:edit_language",
    f"{T}/count-sms-length": "message_templates:count_length",
    f"{ONE}/delete": "message_templates:delete",
    f"{ONE}/redact": "message_templates:redact",
    f"{ONE}/versions": "message_templates:versions",
    f"{ONE}/set-template-sender": "message_templates:sender",
    f"{ONE}/edit-postage": "message_templates:postage",
    f"{ONE}/attach-pages": "message_templates:attach_pages",
    f"{ONE}/attach-pages/edit": "message_templates:edit_pages",
    f"{S}/attachment/<uuid:attachment_id>.png": "message_templates:attachment_picture",
    f"{S}/preview-invalid-attachment-image/<uuid:file_id>": (
        "message_templates:invalid_attachment_picture"
    ),
    f"{ONE}/change-language": "message_templates:languages",
    f"{ONE}/change-language/confirm": "message_templates:remove_welsh",
    # tour
    TOUR: "notifications:begin_tour",
    f"{TOUR}/step-<int:step_index>": "notifications:tour_step",
    f"{TOUR}/check": "notifications:check_tour",
    f"{S}/end-tour/<uuid:example_template_id>": "notifications:end_tour",
    # unsubscribe_requests
    f"{WISHES}/summary": "notifications:unsubscribe_batches",
    f"{WISHES}/reports/<uuid:batch_id>": "notifications:unsubscribe_batch",
    f"{WISHES}/reports/latest": "notifications:unsubscribe_latest",
    f"{WISHES}/reports/download": "notifications:unsubscribe_download",
    f"{WISHES}/reports/download/<uuid:batch_id>.csv": "notifications:unsubscribe_csv",
    f"{WISHES}/reports/batch-report": "notifications:unsubscribe_make",
    "/unsubscribe/<uuid:notification_id>/<string:token>": "notifications:unsubscribe",
    "/unsubscribe/confirmed": "notifications:unsubscribed",
    "/unsubscribe/example": "notifications:unsubscribe_example",
    "/unsubscribe/example/confirmed": "notifications:unsubscribe_example_confirmed",
    # uploads
    f"{S}/uploads": "jobs:list",
    f"{S}/uploaded-letters/<simple_date:letter_print_day>": "letters:uploaded",
    f"{S}/upload-letter": "letters:upload",
    f"{S}/upload-letter/send/<uuid:file_id>": "letters:send",
    f"{S}/preview-letter/<uuid:file_id>": "letters:preview",
    f"{S}/preview-letter-image/<uuid:file_id>": "letters:picture",
    f"{S}/upload-contact-list": "jobs:upload_contact_list",
    f"{S}/check-contact-list/<uuid:upload_id>": "jobs:check_contact_list",
    f"{S}/save-contact-list/<uuid:upload_id>": "jobs:save_contact_list",
    LIST: "jobs:contact_list",
    f"{LIST}/delete": "jobs:delete_contact_list",
    f"{LIST}.csv": "jobs:contact_list_csv",
}

# Methods that a page of the portal has besides the recorded ones, and why.
MORE_METHODS = {
    f"{ONE}/version/<int:version>": ("POST", "brings an old version back"),
    f"{S}/end-tour/<uuid:example_template_id>": (
        "POST",
        "the example is deleted on an answer to a question, never by a link",
    ),
    f"{WISHES}/reports/batch-report": (
        "POST",
        "the batch is made on an answer to a question, never by a link",
    ),
}

# Who may post is a smaller group than those who may look, and why.
STRICTER = dict.fromkeys(
    (
        T,
        f"{T}/all",
        f"{T}/<template_type:template_type>",
        FOLDERS,
        f"{T}/all/folders/<uuid:template_folder_id>",
        f"{T}/<template_type:template_type>/folders/<uuid:template_folder_id>",
    ),
    (
        "user_has_permissions('manage_templates')",
        "the lists' forms move and add, which only those may who manage templates",
    ),
)


@dataclass(frozen=True)
class Rule:
    """An address of the record, with who may do what there."""

    path: str
    endpoint: str
    module: str
    access: dict[str, tuple[str, ...]]
    new_endpoint: str | None = None

    @property
    def name(self):
        """The portal's name of the rule, with the parts that it depends on."""
        if self.path in NAMES:
            return NAMES[self.path]
        if self.new_endpoint:
            return "common:moved"
        topic = self.endpoint.removeprefix("main.").removeprefix("guidance_")
        kind = "_{notification_type}" if "<" in self.path else ""
        return f"common:guidance_{topic}{kind}"

    def addresses(self):
        """Yield the rule's parts and its address, with each choice for each part."""
        parts = PART.findall(self.path)
        longest = max((len(CHOICES[kind]) for kind, _ in parts), default=1)
        for number in range(longest):
            given = {
                name: CHOICES[kind][number % len(CHOICES[kind])] for kind, name in parts
            }
            yield given, PART.sub(lambda part, given=given: given[part[2]], self.path)


def recorded_rules():
    """Return the rules of the modules by address; one address is one page here."""
    rules = {}
    for entry in RECORDED:
        folder, _, file = entry["module"].rpartition("/")
        module = file.removesuffix(".py")
        if folder != "app/main/views" or module not in MODULES:
            continue
        rule = rules.setdefault(
            entry["rule"],
            Rule(
                entry["rule"],
                entry["endpoint"],
                module,
                {},
                (entry["defaults"] or {}).get("new_endpoint"),
            ),
        )
        rule.access.update(dict.fromkeys(entry["methods"], tuple(entry["access"])))
    return rules


def rule_of_access(decorators):
    """Return what the decorators of a view mean, as a rule of the guards' table."""
    found = pages.ANYONE
    for decorator in decorators:
        call = ast.parse(decorator, mode="eval").body
        name = call.func.id if isinstance(call, ast.Call) else call.id
        if name == "user_has_permissions":
            options = {one.arg: ast.literal_eval(one.value) for one in call.keywords}
            found = pages.Team(
                tuple(ast.literal_eval(argument) for argument in call.args),
                org=options.pop("allow_org_user", False),
                restrict=options.pop("restrict_admin_usage", False),
            )
            assert not options, decorator
        elif name == "user_is_platform_admin":
            return pages.SUPERUSER
        else:
            # Everyone among the guards' people has an address that the platform is for.
            assert name in ("user_is_logged_in", "user_is_gov_user"), decorator
            found = pages.SIGNED_IN
    return found


def address_today(rule):
    """Return the recorded address that an address of the past leads to."""
    rules = [one["rule"] for one in RECORDED if one["endpoint"] == rule.new_endpoint]
    parts = PART.findall(rule.path)
    return next((path for path in rules if PART.findall(path) == parts), rules[0])
