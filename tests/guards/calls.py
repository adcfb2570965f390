"""The table of how often a page asks the API, and what it asks side by side.

A page's first numbers are its rounds with empty caches: each is how many calls are under way
at the same time, and what they add up to is all that the page asks. The last is how many calls
it still makes right afterwards.
"""

from __future__ import annotations

from tests.guards import pages
from tests.guards.pages import CHECK, COPY, LIST, ONE, REPORT, TALK, TO_SEND, F, J, S, T

LISTS = {
    "your-services": ((1, 1), 1),
    T: ((2, 2), 0),
    f"{T}/<any_template_type:template_type>": ((2, 2), 0),
    F: ((2, 2), 0),
    f"{T}/<any_template_type:template_type>/folders/<uuid:template_folder_id>": (
        (2, 2),
        0,
    ),
    COPY: ((2, 1), 1),
    f"{COPY}/from-folder/<uuid:from_folder>": ((2, 2), 0),
    f"{COPY}/from-service/<uuid:from_service>": ((2, 2), 0),
    f"{COPY}/from-service/<uuid:from_service>/from-folder/<uuid:from_folder>": (
        (2, 2),
        0,
    ),
    f"{S}/notifications": ((2, 2), 2),
    f"{S}/notifications/<template_type:message_type>": ((2, 2), 2),
    f"{S}/uploads": ((2, 2), 2),
    f"{S}/jobs": ((2, 2), 2),
    J: ((2, 2), 2),
    f"{S}/inbox": ((2, 1), 1),
    f"{S}/contact-lists": ((2, 1), 1),
    f"{TO_SEND}/from-contact-list": ((2, 2), 1),
    f"{S}/returned-letters": ((2, 1), 0),
    f"{S}/returned-letters/<simple_date:reported_at>": ((2, 1), 1),
    f"{S}/unsubscribe-requests/summary": ((2, 1), 1),
    f"{S}/unsubscribe-requests/reports/<uuid:batch_id>": ((2, 1), 1),
    f"{S}/reports": ((2,), 0),
    f"{S}/uploaded-letters/<simple_date:letter_print_day>": ((2, 1), 1),
    f"{ONE}/files": ((2, 2), 0),
    f"{S}/notifications.json": ((2, 2), 2),
    f"{S}/notifications/<template_type:message_type>.json": ((2, 2), 2),
    f"{J}.json": ((2, 2), 2),
    f"{S}/inbox.json": ((2, 1), 1),
    f"{S}/history": ((2, 2), 2),
    f"{S}/monthly": ((2, 2), 0),
    f"{S}/template-usage": ((2, 2), 0),
}

# Those that need more than a list may, and for what.
MORE = {
    # People, invitations and folders.
    f"{S}/users": ((2, 3), 2),
    # What was used by kind and by month, and the free allowance.
    f"{S}/usage": ((2, 3), 0),
    # The template, its versions, and the folders that say who sees it.
    f"{ONE}/versions": ((2, 3), 0),
    f"{ONE}/version/<int:version>": ((2, 3), 0),
    # Whose number it is, then what came from it and went to it.
    TALK: ((2, 1, 2), 3),
    f"{TALK}.json": ((2, 1, 2), 3),
    # What the dashboard shows, and what its page asks for afterwards, in one answer.
    f"{S}/dashboard.json": ((2, 3, 4), 0),
    f"{S}/dashboard-usage.json": ((2, 3), 0),
    # Whose number it is, templates and folders.
    f"{TALK}/reply-with": ((2, 3), 1),
    f"{TALK}/reply-with/from-folder/<uuid:from_folder>": ((2, 3), 1),
    # The template, then what was sent today, whether this file was, and the price.
    CHECK: ((2, 1, 3), 2),
    f"{CHECK}/row-<int:row_index>": ((2, 1, 3), 2),
}

DASHBOARD = {S: ((2, 3), 1)}

OTHERS = {
    ONE: ((2, 2), 0),
    f"{ONE}/edit": ((2, 2), 0),
    f"{ONE}/rename": ((2, 2), 0),
    f"{ONE}/delete": ((2, 3), 1),
    f"{ONE}/redact": ((2, 2), 0),
    f"{ONE}/edit-postage": ((2, 2), 0),
    f"{ONE}/change-language": ((2, 2), 0),
    f"{ONE}/set-template-sender": ((2, 3), 1),
    f"{COPY}/<uuid:template_id>": ((2, 2, 1), 0),
    f"{T}/files": ((2, 1), 0),
    f"{ONE}/files/setup": ((2, 2), 0),
    f"{ONE}/files/upload": ((2, 2), 0),
    f"{ONE}/files/<uuid:template_email_file_id>": ((2, 3), 1),
    f"{ONE}/attach-pages": ((2, 2), 0),
    f"{S}/upload-letter": ((2,), 0),
    f"{S}/preview-letter/<uuid:file_id>": ((2, 1), 0),
    f"{S}/notification/<uuid:notification_id>": ((2, 1), 1),
    f"{TO_SEND}/one-off/step-<int:step_index>": ((2, 1), 0),
    f"{TO_SEND}/csv": ((2, 1), 0),
    f"{CHECK}/correct": ((2, 1), 0),
    f"{TO_SEND}/set-sender": ((2, 1, 1), 1),
    f"{TO_SEND}/from-contact-list/<uuid:contact_list_id>": ((2, 2), 1),
    f"{S}/template/<uuid:template_id>/notification/check": ((2, 1), 0),
    f"{TALK}/reply-with/<uuid:template_id>": ((2, 2), 1),
    LIST: ((2, 1), 1),
    f"{S}/reports/new": ((2, 3), 2),
    REPORT: ((2,), 0),
}

CALLS = LISTS | MORE | DASHBOARD | OTHERS
assert set(CALLS) <= set(pages.PAGES)
