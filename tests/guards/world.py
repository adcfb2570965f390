"""A Notify API that knows one service with everything in it, and the people around it."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import requests
import responses

from portal.common import storage
from tests import builders
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
NOTIFICATION = "88888888-0000-4000-8000-000000000001"
INVITATION = "88888888-0000-4000-8000-000000000002"
WISH = "88888888-0000-4000-8000-000000000003"
OTHER = "99999999-0000-4000-8000-000000000001"
TEMPLATES = {SMS: "sms", EMAIL: "email", LETTER: "letter"}

# The API's reads that are posted, since an address has no place for personal data.
READS_BY_POST = re.compile(
    r"/user/email|/user/find-users-by-email|/platform-admin/(find-by-uuid|users-list)"
    r"|/service/[^/]+/(notifications|inbound-sms)"
)

NO_RESULT = (404, {}, '{"result": "error", "message": "No result found"}')


class World:
    """Answers every call of the API; ``calls`` holds (method, path, query, body)."""

    def __init__(self, text="{}"):
        self.text = text
        self.people = {}
        self.calls = []
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
        body = json.loads(request.body) if request.body else None
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
            permissions=[
                *("email", "sms", "letter", "international_letters", "inbound_sms"),
            ],
        )

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
            created_by={"id": OTHER, "name": self.named("Ann Example")},
            **overrides,
        )

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
                f"{service}/returned-letters",
                lambda m, q, pk: {"returned_letters": [], "orphaned_count": 2},
            ),
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
            (f"{service}/upload", self.jobs),
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
                f"{service}/notifications/([^/]+)",
                lambda m, q, pk, notification: self.notification(),
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
            (r"/user/find-users-by-email", lambda m, q: {"data": []}),
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
            (r"/email-branding", lambda m, q: {"email_branding": []}),
            (r"/letter-branding", lambda m, q: []),
            (r"/(?:email|letter)-branding/[^/]+", lambda m, q: NO_RESULT),
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

    def one_job(self, method, query, pk, job):
        if job == UPLOAD:
            return NO_RESULT
        return {"data": self.job(id=job)}

    def job_messages(self, method, query, pk, job):
        if "format_for_csv" in query:
            return {**self.notifications(), "notifications": [self.report_row()]}
        return self.notifications()


def upload_file(name="people.csv"):
    """Put a spreadsheet, and a contact list, where the upload pages look for them."""
    for service in (SERVICE, INACTIVE):
        storage.save_object(
            "contact_list_upload",
            f"service-{service}-notify/{UPLOAD}.csv",
            b"phone number\r\n07700900001\r\n",
            {"original_file_name": name, "encoding": "UTF-8"},
        )
    for job in (UPLOAD, JOB):
        for service in (SERVICE, INACTIVE):
            storage.save_object(
                "csv_upload",
                f"service-{service}-notify/{job}.csv",
                b"phone number,name\r\n07700900001,Ann\r\n",
                {
                    "original_file_name": name,
                    "template_id": SMS,
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
