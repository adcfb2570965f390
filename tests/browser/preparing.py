"""What must have happened before some pages have anything to show."""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial
from uuid import uuid4

from tests.browser.conftest import await_message, outbox
from tests.browser.journey import person_with_role
from tests.browser.visitor import Visitor

# Somebody whom nothing else in the demo knows.
READER = f"news.reader.{uuid4().hex[:8]}@elsewhere.example"
LINK = r"https?://[^/\s]+(/{}/\S+)"
GOOD = b"phone number,name,date,time\n07700900123,Ada,Monday,10am\n"
BAD = b"phone number,name,date,time\n0770,Ada,,10am\n"


def csv_file(content, name):
    return {"file": (name, content, "text/csv")}


def sending(template):
    return template.replace("/templates/", "/send/")


def send_files(visitor, text):
    """Upload a good file, one with problems, and plan a job; gives their pages."""
    upload = partial(visitor.submit, f"{sending(text)}/csv")
    good, planned, bad = (
        upload(csv_file(GOOD, "people.csv")),
        upload(csv_file(GOOD, "planned.csv")),
        upload(csv_file(BAD, "with-problems.csv")),
    )
    job = visitor.submit(planned, when="later")
    shown = [good, f"{good}/row-2", bad, f"{bad}/correct", f"{bad}/errors"]
    return [*shown, job, f"{job}/original.csv"]


def keep_contact_list(visitor, service):
    upload = partial(visitor.submit, f"{service}/upload-contact-list")
    check = upload(csv_file(b"phone number\n07700900123\n", "volunteers.csv"))
    other = upload(csv_file(b"phone number\n07700900124\n", "others.csv"))
    bad = upload(csv_file(b"phone number\n0770\n", "wrong.csv"))
    return [check, bad, visitor.submit(other)]


def ask_for_report(visitor, service):
    report = visitor.submit(f"{service}/reports/new")
    return [report, f"{report}/status.json"]


def write_text(visitor, text):
    """Answer the questions of a message up to the page that asks whether to send it."""
    step = f"{sending(text)}/one-off/step-0"
    while "/step-" in step:
        is_first = step.endswith("-0")
        step = visitor.submit(step, value="07700900123" if is_first else "Monday")
    return [step]


def write_letter(visitor, letter):
    address = f"{sending(letter)}/one-off/address"
    step = visitor.submit(address, address="Ada\n1 Street\nSW1A 1AA")
    return [address, step]


def send_letters(visitor, letter):
    """Send letters to a list of people; gives the page that cancels them."""
    example = visitor.get(f"{sending(letter)}.csv").content
    check = visitor.submit(f"{sending(letter)}/csv", csv_file(example, "letters.csv"))
    return [f"{visitor.submit(check)}/cancel"]


def change_files(visitor, service):
    """Import templates as files up to the page that shows what would change."""
    whole = visitor.get(f"{service}/templates/files.zip").content
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as old,
        zipfile.ZipFile(changed, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Dear", b"Hello"))
    files = {"file": ("templates.zip", changed.getvalue(), "application/zip")}
    return [visitor.submit(f"{service}/templates/files", files)]


def add_welsh(visitor, letter):
    """Make a letter bilingual; gives the pages that only such letters have."""
    words = visitor.submit(f"{letter}/change-language", languages="welsh_then_english")
    visitor.submit(words, subject="Eich cais", content="Annwyl ((name))")
    return [words, f"{letter}/change-language/confirm"]


def correct_a_person(visitor, service):
    person = visitor.link(f"{service}/users", r"/users/[0-9a-f-]{36}$")
    return [
        visitor.submit(f"{person}/edit-email", email_address=READER),
        visitor.submit(f"{person}/edit-mobile-number", mobile_number="07700900456"),
    ]


def take_tour(visitor, text):
    """Take the tour up to its last question; gives its pages."""
    service, _, example = text.partition("/templates/")
    tour = f"{service}/tour/{example}"
    visitor.get(tour)
    for number in (1, 2, 3):
        visitor.submit(f"{tour}/step-{number}", value="Monday")
    return [f"{tour}/check", tour, f"{service}/end-tour/{example}"]


def invite(demo, visitor, service):
    """Invite somebody new; gives the address in the e-mail."""
    invited = f"olive.observer.{uuid4().hex[:8]}@elsewhere.example"
    visitor.submit(
        f"{service}/users/invite", email_address=invited, permissions="view_activity"
    )
    return await_message(demo, invited, LINK.format("invitation"))[1]


def ask_to_join(demo, visitor, service):
    """Ask to join a service; gives the page where its manager decides."""
    ask = f"{service}/join/ask"
    seen = len(outbox(demo))
    managers = re.findall('name="managers"[^>]* value="([^"]+)"', visitor.get(ask).text)
    visitor.submit(ask, reason="We share the same customers.", managers=managers)
    manager = person_with_role(demo, "Service manager")["email_address"]
    return await_message(
        demo, manager, LINK.format(r"services/[0-9a-f-]{36}/join-request"), seen
    )[1]


def unsubscribe(demo, visitor, email):
    """Send an e-mail and stop getting more; gives the address that the reader had."""
    step = f"{sending(email)}/one-off/step-0"
    while "/step-" in step:
        step = visitor.submit(step, value=READER if step.endswith("-0") else "May")
    visitor.submit(step)
    link = await_message(demo, READER, LINK.format("unsubscribe"))[1]
    Visitor(demo).submit(link)
    return link


def report_unsubscribed(visitor, service):
    """Make a report of those who unsubscribed; gives its page."""
    latest = f"{service}/unsubscribe-requests/reports/latest"
    return [visitor.submit(latest)]


def everything(demo, visitors, crawl):
    """Prepare all of it; gives the addresses that it made, by who looks at them."""
    manager, service = visitors["Service manager"], f"/services/{crawl.services[0]}"
    named = partial(template_named, crawl, service)
    text, news = named("sms", "Appointment reminder"), named("email", "Monthly news")
    letter = named("letter", "Decision letter")
    decide = ask_to_join(demo, visitors["Organisation member"], service)
    unsubscribed = unsubscribe(demo, manager, news)
    return {
        "Service manager": [
            *send_files(manager, text),
            *keep_contact_list(manager, service),
            *ask_for_report(manager, service),
            *write_text(manager, text),
            *write_letter(manager, letter),
            *change_files(manager, service),
            *send_letters(manager, letter),
            *add_welsh(manager, letter),
            *correct_a_person(manager, service),
            *take_tour(manager, named("sms", "Payment due")),
            *report_unsubscribed(manager, service),
            decide,
            decide.replace("/approve", "/choose-permissions"),
        ],
        "Organisation member": [
            f"{service}/join/you-have-asked",
            *(
                f"/services/{crawl.services[1]}/make-service-live{step}"
                for step in ("", "/unique-service", "/service-name", "/decision")
            ),
        ],
        "Nobody": [
            invite(demo, manager, service),
            unsubscribed,
        ],
    }


def write_again(crawl):
    """Write anew what looking at other pages has put aside."""
    named = partial(template_named, crawl, f"/services/{crawl.services[0]}")
    write_text(crawl.visitor, named("sms", "Appointment reminder"))
    take_tour(crawl.visitor, named("sms", "Payment due"))


def template_named(crawl, service, channel, name):
    """Return the address of the template of that kind and name."""
    for key, its_channel in crawl.channels.items():
        address = f"{service}/templates/{key}"
        if its_channel == channel and name in crawl.visitor.get(address).text:
            return address
    raise AssertionError(f"There is no {channel} template {name}.")
