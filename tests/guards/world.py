"""A Notify API that knows one service with everything in it, and the people around it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from functools import cache
from urllib.parse import parse_qs, quote, urlsplit

import requests
import responses
from django.utils import timezone

from portal.common import storage
from portal.reports.actions import NotificationFilters
from portal.reports.models import Report
from tests import builders, pdf_files
from tests.users import personas

SERVICE = personas.SERVICE_ID
INACTIVE = "11111111-0000-4000-8000-000000000002"
ORGANISATION = personas.ORGANISATION_ID
SMS = "55555555-0000-4000-8000-000000000001"
EMAIL = "55555555-0000-4000-8000-000000000002"
LETTER = "55555555-0000-4000-8000-000000000003"
FOLDER = "66666666-0000-4000-8000-000000000001"
JOB = "77777777-0000-4000-8000-000000000001"
UPLOAD = "77777777-0000-4000-8000-000000000002"
LETTERS_UPLOAD = "77777777-0000-4000-8000-000000000003"
REFUSED = "77777777-0000-4000-8000-000000000004"
WRONG_UPLOAD = "77777777-0000-4000-8000-000000000005"
NOTIFICATION = "88888888-0000-4000-8000-000000000001"
INVITATION = "88888888-0000-4000-8000-000000000002"
WISH = "88888888-0000-4000-8000-000000000003"
KEY = "88888888-0000-4000-8000-000000000004"
LETTER_JOB = "77777777-0000-4000-8000-000000000003"
SENT_LETTER = "88888888-0000-4000-8000-000000000005"
FILE = "77777777-0000-4000-8000-000000000004"
OTHER = "99999999-0000-4000-8000-000000000001"
SHEET, FAILED = (f"99999999-0000-4000-8000-00000000000{number}" for number in (2, 3))
TEMPLATES = {SMS: "sms", EMAIL: "email", LETTER: "letter"}

# The API's reads that are posted, since an address has no place for personal data.
READS_BY_POST = re.compile(
    r"/user/email|/user/find-users-by-email|/platform-admin/(find-by-uuid|users-list)"
    r"|/service/[^/]+/(notifications|inbound-sms)"
    # The service that draws letters, which has a path of the same host here.
    r"|/preview/.*"
)

OUTSIDER = "22222222-0000-4000-8000-000000000011"

PREVIEW_HOST = "http://api.test/preview"
PNG = (200, {"Content-Type": "image/png"}, b"\x89PNG")
PDF = (200, {"Content-Type": "application/pdf"}, b"%PDF")
PAGE_COUNT = {"count": 1, "welsh_page_count": 0, "attachment_page_count": 0}
NO_RESULT = (404, {}, '{"result": "error", "message": "No result found"}')


class World:
    """Answers every call of the API; ``calls`` holds (method, path, query, body)."""

    def __init__(self, text="{}"):
        self.text = text
        self.people = {}
        self.calls = []
        self.began = timezone.now().isoformat()
        self.changed = lambda path, answer: answer
        self.routes = [
            (re.compile(pattern), answer) for pattern, answer in self._routes()
        ]

    def install(self, mock):
        """Answer everything that goes to the API."""
        everything = re.compile(r"http://api\.test/.*")
        for method in ("GET", "POST", "PUT", "DELETE"):
            mock.add_callback(method, everything, callback=self.answer)

    def answer(self, request):
        """Answer one request."""
        parts = urlsplit(request.url)
        is_file = parts.path.startswith("/preview/precompiled")
        body = json.loads(request.body) if request.body and not is_file else None
        query = parse_qs(parts.query)
        self.calls.append((request.method, parts.path, query, body))
        for pattern, make in self.routes:
            if match := pattern.fullmatch(parts.path):
                made = make(request.method, query, *match.groups())
                made = self.changed(parts.path, made)
                if isinstance(made, Exception):
                    raise made
                if isinstance(made, tuple):
                    return made
                return 200, {}, json.dumps(made)
        raise AssertionError(f"The world has no {request.method} {parts.path}")

    @property
    def writes(self):
        """The calls that changed something."""
        return [
            (method, path)
            for method, path, _query, _body in self.calls
            if method != "GET"
            and not (method == "POST" and READS_BY_POST.fullmatch(path))
        ]

    def named(self, name):
        """Give a name as the world writes all of its texts."""
        return self.text.format(name)

    # --- what there is

    def contact_list(self, service_id):
        return {
            "created_at": builders.MOMENT,
            "created_by": self.named("Ann Example"),
            "has_jobs": False,
            "id": UPLOAD,
            "original_file_name": self.named("drivers.csv"),
            "recent_job_count": 0,
            "row_count": 2,
            "service_id": service_id,
            "template_type": "sms",
        }

    def batches(self, method, query, pk):
        waiting = {
            "batch_id": None,
            "count": 1,
            "created_at": None,
            "earliest_timestamp": builders.MOMENT,
            "is_a_batched_report": False,
            "latest_timestamp": builders.MOMENT,
            "processed_by_service_at": None,
            "service_id": pk,
            "will_be_archived_at": builders.MOMENT,
        }
        return [waiting, waiting | {"batch_id": OTHER, "created_at": builders.MOMENT}]

    def service(self, pk):
        return builders.service(
            id=pk,
            name=self.named("Parking permits"),
            active=pk != INACTIVE,
            organisation=ORGANISATION,
            notes=self.named("Notes"),
            contact_link="https://www.example.gov.uk/" + self.named("help"),
            permissions=[
                *("email", "sms", "letter", "international_letters", "inbound_sms"),
            ],
        )

    def attachment(self):
        return {
            "id": UPLOAD,
            "original_filename": self.named("leaflet.pdf"),
            "page_count": 1,
        }

    def template(self, pk, **overrides):
        kind = TEMPLATES.get(pk, "sms")
        return builders.template(
            id=pk,
            service=SERVICE,
            template_type=kind,
            name=self.named(f"Permit by {kind}"),
            subject=None if kind == "sms" else self.named("About ((name))"),
            content=self.named("Hello ((name)), your permit is ready."),
            folder=None,
            postage="second" if kind == "letter" else None,
            letter_languages="english" if kind == "letter" else None,
            letter_attachment=self.attachment() if kind == "letter" else None,
            created_by={"id": OTHER, "name": self.named("Ann Example")},
            email_files=[self.file_in_template()] if kind == "email" else [],
            **overrides,
        )

    def file_in_template(self):
        return {
            "id": FILE,
            "filename": self.named("rules") + ".pdf",
            "link_text": self.named("The rules"),
            "retention_period": 26,
            "validate_users_email": True,
            "pending": False,
        }

    def email_file(self, template):
        return self.file_in_template() | {
            "archived_at": None,
            "archived_by": None,
            "created_at": builders.MOMENT,
            "created_by_id": OTHER,
            "template_id": template,
            "template_version": 1,
            "version": 1,
        }

    def folder(self):
        return builders.folder(
            id=FOLDER,
            service_id=SERVICE,
            name=self.named("Permits"),
            users_with_permission=list(self.people),
        )

    def job(self, **overrides):
        return builders.job(
            **{
                "id": JOB,
                "service": SERVICE,
                "template": SMS,
                "template_name": self.named("Permit by sms"),
                "original_file_name": self.named("people") + ".csv",
                "created_by": {"id": OTHER, "name": self.named("Ann Example")},
                **overrides,
            }
        )

    def notification(self):
        return builders.notification(
            id=NOTIFICATION,
            service=SERVICE,
            job={"id": JOB, "original_file_name": self.named("people") + ".csv"},
            created_by={
                "id": OTHER,
                "name": self.named("Ann Example"),
                "email_address": "ann@example.gov.uk",
            },
            key_name=self.named("Website"),
            personalisation={"name": self.named("Ann")},
            to=self.named("07700900001"),
            reply_to_text=self.named("GOVUK"),
            template=self.template(SMS),
        )

    def sent_letter(self):
        letter = self.template(LETTER)
        now = self.began
        sent = {"id": SENT_LETTER, "template": letter, "notification_type": "letter"}
        return {**self.notification(), **sent, "status": "created", "created_at": now}

    def notifications(self):
        return {
            "notifications": [self.notification()],
            "links": {},
            "page_size": 50,
            "total": 1,
        }

    def usage_by_month(self):
        return [
            {
                "template_id": SMS,
                "name": self.named("Permit by sms"),
                "type": "sms",
                "month": 4,
                "year": 2026,
                "count": 1,
                "is_precompiled_letter": False,
            }
        ]

    def report_row(self):
        return {
            "id": NOTIFICATION,
            "row_number": 1,
            "recipient": self.named("07700900001"),
            "client_reference": None,
            "template_name": self.named("Permit by sms"),
            "template_type": "sms",
            "job_name": self.named("people") + ".csv",
            "status": "Delivered",
            "created_at": builders.MOMENT,
            "created_by_name": self.named("Ann Example"),
            "created_by_email_address": "ann@example.gov.uk",
            "api_key_name": None,
        }

    def sender(self, number):
        return {
            "id": builders.new_id(),
            "service_id": SERVICE,
            "is_default": number == 0,
            "archived": False,
            "inbound_number_id": None,
            "sms_sender": self.named("Permits"),
            "email_address": self.named("permits@example.gov.uk"),
            "contact_block": self.named("1 Street"),
            "created_at": builders.MOMENT,
            "updated_at": None,
        }

    def user(self, pk):
        if pk in self.people:
            return {"data": self.people[pk]}
        return NO_RESULT

    def security_keys(self, method, query, pk, key=""):
        keys = [
            builders.security_key(id=one, user_id=pk, name=self.named("Blue key"))
            for one in (KEY, OTHER)
        ]
        if method == "GET":
            return {"data": keys}
        return {"data": keys[0]} if method == "POST" else (204, {}, "")

    def user_by_email(self):
        return {"data": next(iter(self.people.values()))}

    def organisation(self):
        return builders.organisation(
            id=ORGANISATION,
            name=self.named("Council"),
            permissions=["can_ask_to_join_a_service"],
        )

    def invitation(self):
        return builders.invitation(
            id=INVITATION,
            service=SERVICE,
            from_user=OTHER,
            email_address="sandy@example.gov.uk",
        )

    def organisation_invitation(self):
        return builders.organisation_invitation(
            id=INVITATION,
            organisation=ORGANISATION,
            invited_by=OTHER,
            email_address="sandy@example.gov.uk",
        )

    def join_request(self):
        return builders.join_request(
            id=WISH,
            service_id=SERVICE,
            reason=self.named("We work together"),
            requester={
                "id": OTHER,
                "name": self.named("Ann Example"),
                "email_address": "ann@example.gov.uk",
                "belongs_to_service": [],
            },
        )

    def email_branding(self):
        return {
            "id": OTHER,
            "name": self.named("Council of Ruritania"),
            "alt_text": self.named("Council"),
            "text": None,
            "colour": "#00703c",
            "logo": None,
            "brand_type": "org",
            "created_by": None,
            "created_at": "2026-01-12T09:00:00.000000Z",
            "updated_at": None,
        }

    def received(self):
        return builders.received(
            id=NOTIFICATION, service_id=SERVICE, content=self.named("Yes please")
        )

    def all_services(self, method, query):
        service = self.service(SERVICE)
        return {"data": service if method == "POST" else [service]}

    def invitations(self, method, query, pk):
        if method == "POST":
            return 201, {}, json.dumps({"data": self.invitation()})
        return {"data": [self.invitation()]}

    def history(self):
        key = builders.api_key(created_by_id=OTHER, name=self.named("Website"))
        version = {"id": SERVICE, "created_by_id": OTHER, "restricted": True}
        version |= {"created_at": builders.MOMENT, "updated_at": builders.MOMENT}
        return {
            "service_history": [
                {**version, "version": 1, "name": self.named("Permits")},
                {**version, "version": 2, "name": self.named("Parking permits")},
            ],
            "api_key_history": [key],
        }

    def _routes(self):
        service = rf"/service/({SERVICE}|{INACTIVE})"
        figures = {
            kind: {"requested": 10, "delivered": 5, "failed": 2}
            for kind in ("email", "sms", "letter")
        }
        return [
            (r"/user/find-users-by-email", lambda m, q: {"data": []}),
            (r"/user/email", lambda m, q: self.user_by_email()),
            (r"/user", lambda m, q: {"data": builders.user(id=OTHER)}),
            (r"/user/[^/]+/(?:service|organisation)/.*", lambda m, q: (204, {}, "")),
            (
                r"/invite/service/(?:check/)?[^/]+",
                lambda m, q: {"data": self.invitation()},
            ),
            (
                r"/invite/organisation/(?:check/)?[^/]+",
                lambda m, q: {"data": self.organisation_invitation()},
            ),
            (r"/organisation/[^/]+/invite/[^/]+", lambda m, q: {"data": {}}),
            (r"/user/reset-password", lambda m, q: (204, {}, "")),
            (r"/user/([^/]+)/organisations-and-services", self.of_person),
            (r"/user/([^/]+)/verify/(?:password|code)", lambda m, q, pk: (204, {}, "")),
            (r"/user/([^/]+)/(?:sms|email)-code", lambda m, q, pk: (204, {}, "")),
            (r"/user/([^/]+)/email-verification", lambda m, q, pk: (204, {}, "")),
            (r"/user/([^/]+)/webauthn(?:/([^/]+))?", self.security_keys),
            (r"/user/([^/]+)/complete/webauthn-login", lambda m, q, pk: (204, {}, "")),
            (r"/user/([^/]+)(?:/[a-z-]+)?", lambda m, q, pk: self.user(pk)),
            (r"/events", lambda m, q: (201, {}, '{"data": {}}')),
            (service, lambda m, q, pk: {"data": self.service(pk)}),
            (f"{service}/statistics", lambda m, q, pk: {"data": figures}),
            (f"{service}/users", lambda m, q, pk: {"data": self.team()}),
            (f"{service}/users/[^/]+", lambda m, q, pk: {"data": self.service(pk)}),
            (f"{service}/invite", self.invitations),
            (f"{service}/invite/[^/]+", lambda m, q, pk: {"data": self.invitation()}),
            (
                f"{service}/service-join-request(?:/[^/]+)?",
                lambda m, q, pk: {
                    **self.join_request(),
                    "service_join_request_id": WISH,
                },
            ),
            (f"{service}/template", self.templates),
            (
                rf"{service}/template/([^/]+)(?:/version/\d+)?",
                lambda m, q, pk, template: {"data": self.template(template)},
            ),
            (f"{service}/template/([^/]+)/versions", self.versions),
            (
                f"{service}/templates/([^/]+)/template_email_files(?:/[^/]+)?",
                lambda m, q, pk, template: {"data": self.email_file(template)},
            ),
            (f"{service}/template-folder", self.folders),
            (
                f"{service}/template-folder/(?:[^/]+/)?contents",
                lambda m, q, pk: (204, {}, ""),
            ),
            (
                f"{service}/template-folder/([^/]+)",
                lambda m, q, pk, folder: {"data": self.folder()},
            ),
            (f"{service}/template-statistics", lambda m, q, pk: self.uses()),
            (
                f"{service}/template-statistics/last-used/([^/]+)",
                lambda m, q, pk, template: {"last_date_used": builders.MOMENT},
            ),
            (f"{service}/unsubscribe-request-reports-summary", self.batches),
            (
                f"{service}/unsubscribe-request-report/[^/]+",
                lambda m, q, pk: {"unsubscribe_requests": []},
            ),
            (
                f"{service}/create-unsubscribe-request-report",
                lambda m, q, pk: {"report_id": OTHER},
            ),
            (
                f"{service}/process-unsubscribe-request-report/[^/]+",
                lambda m, q, pk: (204, {}, ""),
            ),
            (r"/unsubscribe/[^/]+/[^/]+", lambda m, q: {"result": "success"}),
            (
                f"{service}/returned-letter-summary",
                lambda m, q, pk: [
                    {"reported_at": "2026-01-12", "returned_letter_count": 2}
                ],
            ),
            (
                f"{service}/returned-letter-statistics",
                lambda m, q, pk: {
                    "returned_letter_count": 2,
                    "most_recent_report": "2026-01-12 00:00:00.000000",
                },
            ),
            (
                f"{service}/unsubscribe-request-statistics",
                lambda m, q, pk: {
                    "unsubscribe_requests_count": 1,
                    "datetime_of_latest_unsubscribe_request": "Mon, 12 Jan 2026 09:00:00 GMT",
                },
            ),
            (
                f"{service}/returned-letters",
                lambda m, q, pk: {"returned_letters": [], "orphaned_count": 2},
            ),
            (
                "/letter-attachment",
                lambda m, q: (201, {}, json.dumps(self.attachment())),
            ),
            (r"/letter-attachment/[^/]+/archive", lambda m, q: (204, {}, "")),
            (f"{service}/letter-contact", lambda m, q, pk: []),
            (
                f"{service}/billing/(?:yearly-usage-summary|monthly-usage)",
                lambda m, q, pk: [],
            ),
            (
                f"{service}/billing/free-sms-fragment-limit",
                lambda m, q, pk: {"free_sms_fragment_limit": 1000},
            ),
            (
                f"{service}/contact-list",
                lambda m, q, pk: [self.contact_list(pk)],
            ),
            (f"{service}/contact-list/[^/]+", lambda m, q, pk: self.contact_list(pk)),
            (f"{service}/job/[^/]+/cancel-letter-job", lambda m, q, pk: 3),
            ("/letter-rates/", lambda m, q: []),
            (
                "/sms-rate/",
                lambda m, q: {
                    "rate": 0.0227,
                    "valid_from": "2025-04-01T00:00:00.000000Z",
                },
            ),
            (f"{service}/job", self.jobs),
            (f"{service}/upload", self.uploads),
            (
                f"{service}/upload/uploaded-letters/[^/]+",
                lambda m, q, pk: self.notifications(),
            ),
            (
                f"{service}/send-pdf-letter",
                lambda m, q, pk: (201, {}, json.dumps({"id": UPLOAD})),
            ),
            (
                f"{service}/job/scheduled-job-stats",
                lambda m, q, pk: {"count": 0, "soonest_scheduled_for": None},
            ),
            (f"{service}/job/([^/]+)/notifications", self.job_messages),
            (f"{service}/job/([^/]+)/cancel", lambda m, q, pk, job: {"data": {}}),
            (
                f"{service}/job/([^/]+)/notification_count",
                lambda m, q, pk, job: {"count": 1},
            ),
            (
                f"{service}/job/([^/]+)/has_been_sent|{service}/job/has-been-sent",
                lambda m, q, *pks: {"data": False},
            ),
            (f"{service}/job/([^/]+)", self.one_job),
            (
                f"{service}/notifications",
                lambda m, q, pk: self.notifications(),
            ),
            (
                f"{service}/notifications/csv",
                lambda m, q, pk: {
                    "notifications": [self.report_row()],
                    "links": {},
                    "page_size": 5000,
                },
            ),
            (
                f"{service}/notifications/count",
                lambda m, q, pk: {"notifications_sent_count": 1},
            ),
            (
                f"{service}/notifications/monthly",
                lambda m, q, pk: {"data": {"2026-04": {"sms": {"delivered": 1}}}},
            ),
            (
                f"{service}/notifications/templates_usage/monthly",
                lambda m, q, pk: {"stats": self.usage_by_month()},
            ),
            (
                f"{service}/notifications/[^/]+/cancel",
                lambda m, q, pk: self.sent_letter(),
            ),
            (
                f"{service}/notifications/([^/]+)",
                lambda m, q, pk, notification: (
                    self.sent_letter()
                    if notification == SENT_LETTER
                    else self.notification()
                ),
            ),
            (
                f"{service}/(?:sms-sender|email-reply-to|letter-contact)",
                lambda m, q, pk: [self.sender(0), self.sender(1)],
            ),
            (f"{service}/send-notification", lambda m, q, pk: {"id": NOTIFICATION}),
            (f"{service}/history", lambda m, q, pk: {"data": self.history()}),
            (f"{service}/api-keys", lambda m, q, pk: {"apiKeys": []}),
            (f"{service}/inbound-sms", lambda m, q, pk: {"data": [self.received()]}),
            (
                f"{service}/inbound-sms/most-recent",
                lambda m, q, pk: {"data": [self.received()], "has_next": True},
            ),
            (
                f"{service}/inbound-sms/summary",
                lambda m, q, pk: {"count": 3, "most_recent": builders.MOMENT},
            ),
            (
                f"{service}/inbound-sms/most-recent-usage",
                lambda m, q, pk: {"most_recent_date": builders.MOMENT},
            ),
            (
                r"/inbound-number/service/[^/]+",
                lambda m, q: {"data": {"number": self.named("07700900500")}},
            ),
            (f"{service}/inbound-sms/([^/]+)", lambda m, q, pk, one: self.received()),
            (f"{service}/data-retention", lambda m, q, pk: []),
            (r"/service", self.all_services),
            (r"/service/find-services-by-name", lambda m, q: {"data": []}),
            (r"/organisations/search", lambda m, q: {"data": []}),
            (r"/organisations/by-domain", lambda m, q: self.organisation()),
            (r"/organisations/notify-.*", lambda m, q: (204, {}, "")),
            (r"/organisations", lambda m, q: [self.organisation()]),
            (r"/organisations/([^/]+)", lambda m, q, pk: self.organisation()),
            (r"/organisations/([^/]+)/users(?:/.*)?", lambda m, q, pk: {"data": []}),
            (
                r"/organisations/([^/]+)/services",
                lambda m, q, pk: [
                    {
                        "id": SERVICE,
                        "name": self.named("Parking permits"),
                        "active": True,
                        "restricted": False,
                    }
                ],
            ),
            (
                r"/provider-details",
                lambda m, q: {"provider_details": [builders.provider()]},
            ),
            (
                r"/provider-details/([^/]+)",
                lambda m, q, pk: {"provider_details": builders.provider(id=pk)},
            ),
            (
                r"/provider-details/([^/]+)/versions",
                lambda m, q, pk: {"data": [builders.provider(id=pk, version=1)]},
            ),
            (r"/service/[^/]+", lambda m, q: NO_RESULT),
            (r"/platform-admin/users-list", lambda m, q: {"data": []}),
            (
                r"/platform-admin/find-by-uuid",
                lambda m, q: NO_RESULT,
            ),
            (r"/_status", lambda m, q: {"status": "ok"}),
            (r"/inbound-number", lambda m, q: {"data": []}),
            (r"/performance-dashboard", lambda m, q: {"processing_time": []}),
            (
                r"/organisations/[^/]+/(?:email|letter)-branding-pool",
                lambda m, q: {"data": []},
            ),
            (r"/protected-sender-id/check", lambda m, q: False),
            (r"/complaint", lambda m, q: {"complaints": [], "links": {}}),
            (r"/complaint/count-by-date-range", lambda m, q: 0),
            (
                r"/email-branding",
                lambda m, q: {"email_branding": [self.email_branding()]},
            ),
            (r"/letter-branding", lambda m, q: []),
            (
                f"/email-branding/{OTHER}",
                lambda m, q: {"email_branding": self.email_branding()},
            ),
            (r"/(?:email|letter)-branding/[^/]+", lambda m, q: NO_RESULT),
            (r"/preview/.*\.png", lambda m, q: PNG),
            (r"/preview/.*\.pdf", lambda m, q: PDF),
            (r"/preview/get-page-count", lambda m, q: PAGE_COUNT),
        ]

    def of_person(self, method, query, pk):
        brief = {
            "id": SERVICE,
            "name": self.named("Parking permits"),
            "restricted": False,
            "organisation": ORGANISATION,
        }
        organisation = {
            "id": ORGANISATION,
            "name": self.named("Council"),
            "count_of_live_services": 1,
        }
        return {"services": [brief], "organisations": [organisation]}

    def team(self):
        return [
            builders.user(id=OTHER, name=self.named("Ann Example")),
            *self.people.values(),
        ]

    def templates(self, method, query, pk):
        if method == "POST":
            return 201, {}, json.dumps({"data": self.template(SMS)})
        return {"data": [self.template(template) for template in TEMPLATES]}

    def versions(self, method, query, pk, template):
        return {
            "data": [
                self.template(template, version=2),
                self.template(template, version=1)
                | {"content": self.named("Hello ((name)), before.")},
            ]
        }

    def folders(self, method, query, pk):
        if method == "POST":
            return 201, {}, json.dumps({"data": self.folder()})
        return {"template_folders": [self.folder()]}

    def uses(self):
        return {
            "data": [
                {
                    "template_id": SMS,
                    "template_name": self.named("Permit by sms"),
                    "template_type": "sms",
                    "count": 3,
                    "is_precompiled_letter": False,
                    "status": "delivered",
                }
            ]
        }

    def jobs(self, method, query, pk):
        if method == "POST":
            return 201, {}, json.dumps({"data": self.job()})
        return {"data": [self.job()], "links": {}, "page_size": 50, "total": 1}

    def uploads(self, method, query, pk):
        day = {
            "id": None,
            "original_file_name": "Uploaded letters",
            "notification_count": 2,
            "created_at": "2026-01-12 17:30:00",
            "upload_type": "letter_day",
            "template_type": "letter",
            "recipient": None,
            "statistics": [],
        }
        file = {**day, "id": JOB, "upload_type": "job", "template_type": "sms"}
        file["original_file_name"] = self.named("people.csv")
        return {"data": [file, day], "links": {}, "page_size": 50, "total": 2}

    def one_job(self, method, query, pk, job):
        if job == UPLOAD:
            return NO_RESULT
        kind = {"template": LETTER, "template_type": "letter"}
        return {"data": self.job(id=job, **kind if job == LETTER_JOB else {})}

    def job_messages(self, method, query, pk, job):
        if "format_for_csv" in query:
            return {**self.notifications(), "notifications": [self.report_row()]}
        return self.notifications()


@cache
def letter_file():
    """Return a letter as PDF."""
    return pdf_files.letter()


def put(alias, key, content, metadata=None):
    """Store an object, unless the test before has left it as it is to be."""
    described = {name: str(value) for name, value in (metadata or {}).items()}
    try:
        is_there = storage.read_object(alias, key) == (content, described)
    except storage.NoSuchObject:
        is_there = False
    if not is_there:
        storage.save_object(alias, key, content, described)


def upload_file(name="people.csv"):
    """Put letters, lists of recipients and a template's file where the pages look for them."""
    for service in (SERVICE, INACTIVE):
        put("template_email_files", f"{service}/{FILE}", b"%PDF-1.7 ")
        put(
            "transient_uploaded_letters",
            f"service-{service}/{UPLOAD}.pdf",
            letter_file(),
            {"status": "valid", "page_count": 1, "filename": quote(name)}
            | {"recipient": quote("Ann\n1 Street\nSW1A 1AA"), "checked_by": "portal"},
        )
        put(
            "transient_uploaded_letters",
            f"service-{service}/{REFUSED}.pdf",
            letter_file(),
            {"status": "invalid", "page_count": 1, "purpose": "attachment"},
        )
        put("letter_attachments", f"service-{service}/{UPLOAD}.pdf", b"%PDF-1.4")
        put(
            "contact_list_upload",
            f"service-{service}-notify/{UPLOAD}.csv",
            b"phone number\r\n07700900001\r\n",
            {"original_file_name": name, "encoding": "UTF-8"},
        )
    put("report_requests_download", "guards/report", b"Recipient\r\n")
    numbers = {UPLOAD: b"07700900001", JOB: b"07700900001", WRONG_UPLOAD: b"123"}
    for job, number in numbers.items():
        for service in (SERVICE, INACTIVE):
            put(
                "csv_upload",
                f"service-{service}-notify/{job}.csv",
                b"phone number,name\r\n" + number + b",Ann\r\n",
                {
                    "original_file_name": name,
                    "template_id": SMS,
                    "encoding": "UTF-8",
                    "notification_count": 1,
                },
            )


def make_reports():
    """Make a finished report of each kind, and one that failed."""
    now = timezone.now()
    made = {
        "service_id": SERVICE,
        "created_by_id": OTHER,
        "parameters": NotificationFilters().as_parameters(),
        "created_at": now,
        "heartbeat_at": now,
        "file_key": "guards/report",
        "status": Report.Status.FINISHED,
    }
    Report.objects.bulk_create(
        [
            Report(pk=OTHER, **made),
            Report(pk=SHEET, **made | {"file_type": Report.FileType.XLSX}),
            Report(pk=FAILED, **made | {"status": Report.Status.FAILED}),
        ]
    )


@cache
def template_files():
    """Return a zip archive with one new template."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("Reminder.sms.txt", "Name: Reminder\n\nHello ((name))\n")
    return made.getvalue()


def save_template_files(person):
    """Put a zip of template files where the page about what they change finds it."""
    key = f"template-files/{SERVICE}/{person['id']}/{UPLOAD}.zip"
    put("default", key, template_files())


def upload_letters():
    """Put a spreadsheet of letters where the upload pages look for it."""
    for service in (SERVICE, INACTIVE):
        put(
            "csv_upload",
            f"service-{service}-notify/{LETTERS_UPLOAD}.csv",
            b"address line 1,address line 2,postcode,name\r\nAnn,1 Street,SW1A 1AA,Ann\r\n",
            {
                "original_file_name": "letters.csv",
                "template_id": LETTER,
                "encoding": "UTF-8",
                "notification_count": 1,
            },
        )


def down(kind):
    """Make an answer of a bad day."""
    return {
        "refused": requests.ConnectionError("refused"),
        "timeout": requests.ReadTimeout("slow"),
        "500": (500, {}, '{"result": "error", "message": "Internal server error"}'),
        "503": (503, {}, "<html>Service Unavailable</html>"),
        "html": (200, {"Content-Type": "text/html"}, "<html>Hello</html>"),
        "empty": (200, {}, ""),
        "text": (200, {}, '"text"'),
    }.get(kind) or (200, {}, kind)


def mock_api():
    """Return a mock that accepts whatever the world answers."""
    return responses.RequestsMock(assert_all_requests_are_fired=False)
