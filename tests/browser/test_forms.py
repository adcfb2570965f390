"""Wrong answers in every form: what is told, where the focus goes, and what is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from tests.browser.conftest import await_message
from tests.browser.journey import person_with_role
from tests.browser.preparing import ask_to_join, invite
from tests.browser.visitor import Visitor

MANAGER, MEMBER, CHIEF, NOBODY = (
    "Service manager",
    "Organisation member",
    "Platform admin",
    "Nobody",
)
HALF = "Only views"

# Types into fields as somebody does, chooses, and sends the form.
ANSWER = """(values) => {
    let form = document.querySelector("input[type=file]")?.form;
    for (const [name, value] of Object.entries(values)) {
        for (const box of document.getElementsByName(name)) {
            form = box.form;
            if (!["radio", "checkbox"].includes(box.type)) box.value = value;
            else box.checked = [value].flat().includes(box.value);
        }
    }
    form.requestSubmit(form.querySelector("[type=submit], button:not([type=button])"));
}"""
# What stands there after it: in fields, in the summary, and where its links lead.
TOLD = """(names) => {
    const summary = document.querySelector(".govuk-error-summary");
    const told = {
        focused: document.activeElement === summary,
        title: document.title,
        kept: Object.fromEntries(names.map((name) => {
            const boxes = [...document.getElementsByName(name)];
            const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
            return [name, /radio|checkbox/.test(boxes[0]?.type) ? chosen : boxes[0]?.value];
        })),
    };
    told.links = [...summary.querySelectorAll("a")].map((link) => {
        link.click();
        const at = document.activeElement;
        const group = at.closest(".govuk-form-group");
        return { text: link.innerText, leads: `#${at.id}` === link.hash,
                 beside: Boolean(at.form?.innerText.includes(link.innerText)) };
    });
    return told;
}"""


@dataclass(frozen=True)
class Wrong:
    """Answers that a form refuses: where it is, who fills it, and what is not kept."""

    path: str
    answers: dict
    who: str = MANAGER
    forgotten: tuple = ()
    files: dict = field(default_factory=dict)


TABLE = {
    "users.forms.sign_in.SignInForm": Wrong(
        "/sign-in",
        {"email_address": "somebody@riverside.example", "password": ""},
        NOBODY,
    ),
    "users.forms.sign_in.EmailForm": Wrong(
        "/forgot-password", {"email_address": "not an address"}, NOBODY
    ),
    "users.forms.sign_in.CodeForm": Wrong("/two-factor-sms", {"sms_code": "12"}, HALF),
    "users.forms.sign_in.NewPasswordForm": Wrong(
        "{new_password}", {"new_password": "short"}, NOBODY, ("new_password",)
    ),
    "users.forms.registration.RegistrationForm": Wrong(
        "/register",
        {
            "name": "Nia",
            "email_address": "nia",
            "mobile_number": "123",
            "password": "short",
        },
        NOBODY,
        ("password",),
    ),
    "users.forms.registration.InvitedUserForm": Wrong(
        "{invitation}",
        {"name": "", "mobile_number": "123", "password": "short"},
        NOBODY,
        ("password",),
    ),
    "users.forms.team.MemberEmailForm": Wrong(
        "{person}/edit-email", {"email_address": "nobody"}
    ),
    "users.forms.team.MemberMobileForm": Wrong(
        "{person}/edit-mobile-number", {"mobile_number": "0770"}
    ),
    "invites.forms.InviteForm": Wrong(
        "{service}/users/invite",
        {"email_address": "nobody", "permissions": ["view_activity", "send_messages"]},
    ),
    "invites.forms.DecisionForm": Wrong("{wish}", {"decision": "none"}),
    "invites.forms.ServiceToJoinForm": Wrong(
        "/join-a-service/choose", {"service": "none"}, MEMBER
    ),
    "invites.forms.AskToJoinForm": Wrong(
        "{service}/join/ask", {"reason": "We share customers.", "managers": []}, MEMBER
    ),
    "services.forms.ServiceNameForm": Wrong(
        "/add-service/name-your-service", {"name": "?!"}
    ),
    "services.forms.VolumesForm": Wrong(
        "{trial}/service-settings/request-to-go-live/estimate-usage",
        {"volume_email": "10", "volume_sms": "many", "volume_letter": ""},
    ),
    "services.forms.UniqueForm": Wrong(
        "{trial}/make-your-service-live/confirm-service-unique", {"is_unique": "none"}
    ),
    "services.forms.CheckUniqueForm": Wrong(
        "{trial}/make-service-live/unique-service", {"unique": "none"}, CHIEF
    ),
    "services.forms.CheckNameForm": Wrong(
        "{trial}/make-service-live/service-name", {"name": "none"}, CHIEF
    ),
    "services.forms.DecisionForm": Wrong(
        "{trial}/make-service-live/decision", {"decision": "refuse"}, CHIEF
    ),
    "message_templates.forms.words.SMSTemplateForm": Wrong(
        "{service}/templates/add-sms", {"name": "Kept", "content": ""}
    ),
    "message_templates.forms.words.EmailTemplateForm": Wrong(
        "{service}/templates/add-email",
        {
            "name": "",
            "subject": "Kept",
            "content": "",
            "options": "has_unsubscribe_link",
        },
    ),
    "message_templates.forms.words.LetterTemplateForm": Wrong(
        "{letter}/edit", {"subject": "", "content": "Kept"}
    ),
    "message_templates.forms.words.RenameForm": Wrong("{letter}/rename", {"name": ""}),
    "message_templates.forms.lists.NewTemplateForm": Wrong(
        "{service}/templates?new=template", {"template_type": "none"}
    ),
    "message_templates.forms.lists.FolderForm": Wrong(
        "{service}/templates?new=folder", {"name": ""}
    ),
    "message_templates.forms.lists.ManageFolderForm": Wrong(
        "{folder}/manage", {"name": ""}
    ),
    "message_templates.forms.files.TemplateFilesForm": Wrong(
        "{service}/templates/files",
        {},
        files={"file": ("notes.txt", "text/plain", b"No zip at all")},
    ),
    "jobs.forms.UploadForm": Wrong(
        "{sending}/csv", {}, files={"file": ("notes.pdf", "application/pdf", b"%PDF")}
    ),
    "jobs.forms.ContactListForm": Wrong(
        "{service}/upload-contact-list",
        {},
        files={"file": ("notes.csv", "text/csv", b"name\nAda\n")},
    ),
    "jobs.forms.CorrectionForm": Wrong("{wrong}/correct", {"cell-2-0": "12"}),
    "jobs.forms.StartForm": Wrong("{check}", {"when": "later", "hour": "0"}),
    "notifications.forms.StepForm": Wrong(
        "{sending}/one-off/step-0", {"value": "0770"}
    ),
    "notifications.forms.AddressForm": Wrong(
        "{sending_letter}/one-off/address", {"address": "Ada\nNowhere"}
    ),
    "reports.forms.BuildReportForm": Wrong(
        "{service}/reports/new",
        {
            "first_day_day": "31",
            "first_day_month": "2",
            "first_day_year": "2026",
            "message_type": "sms",
            "columns": ["Status"],
            "recipients": "hide",
        },
    ),
}


@pytest.fixture(scope="module")
def visitors(demo, visitor_of):
    people = {role: visitor_of(role) for role in (MANAGER, MEMBER, CHIEF)}
    half = Visitor(demo)
    half.give_password(person_with_role(demo, HALF))
    return {**people, NOBODY: Visitor(demo), HALF: half}


@pytest.fixture(scope="module")
def places(demo, visitors):
    """The addresses that the table names."""
    manager = visitors[MANAGER]
    services = manager.get("/your-services")
    named = re.compile(r'href="(/services/[^"]+)"[^>]*>\s*([^<]+?)\s*<').findall(
        services.text
    )
    of = {name: path for path, name in named}
    service, trial = of["Riverside bin collections"], of["Riverside parking permits"]
    folder = manager.link(f"{service}/templates", r"/templates/folders/[0-9a-f-]{36}$")
    sms = template_of(manager, service, "sms")
    letter = template_of(manager, service, "letter")
    sending = sms.replace("/templates/", "/send/")
    columns = manager.get(f"{sending}.csv").text.splitlines()[0].lstrip("\ufeff")
    row = ",".join(["07700900123", *["x"] * columns.count(",")])
    text = f"{columns}\n{row}\n"
    good = {"file": ("kept.csv", text.encode(), "text/csv")}
    bad = {"file": ("bad.csv", text.replace("07700900", "").encode(), "text/csv")}
    person = person_with_role(demo, "Manages API keys")
    Visitor(demo).submit(
        "/forgot-password", stays=True, email_address=person["email_address"]
    )
    link = await_message(
        demo, person["email_address"], r"https?://[^/\s]+(/new-password/\S+)"
    )
    return {
        "service": service,
        "trial": trial,
        "folder": folder,
        "letter": letter,
        "sending": sending,
        "sending_letter": letter.replace("/templates/", "/send/"),
        "check": manager.submit(f"{sending}/csv", good),
        "wrong": manager.submit(f"{sending}/csv", bad),
        "person": manager.link(f"{service}/users", r"/users/[0-9a-f-]{36}$"),
        "wish": ask_to_join(demo, visitors[MEMBER], service),
        "invitation": invite(demo, manager, service),
        "new_password": link[1],
    }


def template_of(visitor, service, channel):
    """Return the address of a template of that kind, in whatever folder it is."""
    one = r"/templates/[0-9a-f-]{36}$"
    top = f"{service}/templates/{channel}"
    for path in (top, *visitor.links(visitor.get(top))):
        if path.startswith(top):
            for link in visitor.links(visitor.get(path)):
                if re.search(one, link):
                    return link
    raise AssertionError(f"There is no {channel} template.")


@pytest.mark.parametrize("name", TABLE)
def test_mistakes_take_the_focus_lead_to_their_fields_and_cost_nothing_typed(
    page, visitors, places, name
):
    wrong = TABLE[name]
    page.context.add_cookies(visitors[wrong.who].cookies)
    page.goto(wrong.path.format(**places))
    for field_name, (file_name, kind, content) in wrong.files.items():
        page.locator(f"input[name={field_name}]").set_input_files(
            {"name": file_name, "mimeType": kind, "buffer": content}
        )
    with page.expect_navigation() as answer:
        page.evaluate(ANSWER, wrong.answers)
    assert answer.value.status in (200, 400)
    page.locator(".govuk-error-summary").wait_for()

    told = page.evaluate(TOLD, list(wrong.answers))
    assert told["focused"]
    assert told["title"].startswith("Error: ")
    assert told["links"]
    assert [
        link for link in told["links"] if not (link["leads"] and link["beside"])
    ] == []
    for answered, value in wrong.answers.items():
        kept = told["kept"][answered]
        if answered in wrong.forgotten:
            assert kept == ""
        elif isinstance(kept, list):
            assert kept == [one for one in [value] if one != "none"] or kept == value
        else:
            assert kept == value
    for file_name, _kind, _content in wrong.files.values():
        assert page.locator(".govuk-error-summary").get_by_text(file_name).count()
