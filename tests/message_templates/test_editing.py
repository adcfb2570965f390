from __future__ import annotations

import uuid

import pytest

from portal.common.models import AuditEvent
from tests.message_templates.conftest import API, BASE, own_folder, own_template
from tests.users.personas import staff

EMAIL = {"name": "Reminder", "subject": "Renew", "content": "Hello ((name))"}
TEXT = {"name": "Ready", "content": "Hello ((name))"}


def made(api, **overrides):
    template = own_template(**overrides)
    api.post(f"{API}/template", status=201, json={"data": template})
    return template


def test_a_text_message_is_made_in_its_folder(editor, listed, api, sent_to):
    folder = own_folder("Permits")
    listed(folders=[folder])
    template = made(api)

    response = editor.post(f"{BASE}/folders/{folder['id']}/add-sms", TEXT)

    assert response["Location"] == f"{BASE}/{template['id']}"
    assert sent_to(f"{API}/template") == [
        {
            "name": "Ready",
            "template_type": "sms",
            "content": "Hello ((name))",
            "service": template["service"],
            "has_unsubscribe_link": False,
            "parent_folder_id": folder["id"],
        }
    ]


def test_an_email_is_made_with_its_unsubscribe_link(editor, listed, api, sent_to):
    listed()
    made(api)

    editor.post(f"{BASE}/add-email", EMAIL | {"options": "has_unsubscribe_link"})

    (body,) = sent_to(f"{API}/template")
    assert (body["subject"], body["has_unsubscribe_link"]) == ("Renew", True)


def test_a_new_template_is_noted(editor, listed, api):
    listed()
    template = made(api)

    editor.post(f"{BASE}/add-sms", TEXT)

    event = AuditEvent.objects.get()
    assert (event.action, event.object_id) == ("added", template["id"])
    assert event.actor_name == "Sandy Sender"
    assert event.after == TEXT


def test_line_ends_are_sent_as_one_character(editor, listed, api, sent_to):
    listed()
    made(api)

    editor.post(f"{BASE}/add-sms", TEXT | {"content": "one\r\ntwo"})

    assert sent_to(f"{API}/template")[0]["content"] == "one\ntwo"


def test_a_form_that_is_sent_twice_makes_one_template(editor, listed, api, sent_to):
    listed()
    template = made(api)
    form = TEXT | {"form_id": str(uuid.uuid4())}

    answers = [editor.post(f"{BASE}/add-sms", form) for _ in range(2)]

    assert [a["Location"] for a in answers] == [f"{BASE}/{template['id']}"] * 2
    assert len(sent_to(f"{API}/template")) == 1


def test_a_form_that_was_refused_can_be_sent_again(editor, listed, api, sent_to):
    listed()
    form = TEXT | {"form_id": str(uuid.uuid4())}
    api.post(f"{API}/template", status=400, json={"message": {"content": ["No."]}})
    editor.post(f"{BASE}/add-sms", form)
    api.replace(
        "POST", api.url(f"{API}/template"), json={"data": own_template()}, status=201
    )

    assert editor.post(f"{BASE}/add-sms", form).status_code == 302
    assert len(sent_to(f"{API}/template")) == 2


@pytest.mark.parametrize(
    ("kind", "form", "sentence", "anchor"),
    [
        ("sms", {"name": ""}, "Enter a template name.", "id_name"),
        ("sms", {"name": "x" * 256}, "255 characters or fewer", "id_name"),
        ("sms", {"content": " "}, "Enter a message.", "id_content"),
        ("sms", {"content": "x" * 919}, "Shorten this one by 1 char", "id_content"),
        ("sms", {"content": "Hi 🥳"}, "question mark instead of: 🥳", "id_content"),
        ("sms", {"content": "((a, b))"}, "commas in its name: ((a, b))", "id_content"),
        ("email", {"subject": ""}, "Enter a subject.", "id_subject"),
        ("email", {"subject": "((a,b))"}, "commas in its name", "id_subject"),
        ("email", {"content": "x" * 2_000_001}, "too long", "id_content"),
        ("letter", {"subject": ""}, "Enter a heading.", "id_subject"),
        ("letter", {"content": ""}, "Enter the body of the letter.", "id_content"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    editor, listed, kind, form, sentence, anchor
):
    listed()

    response = editor.post(f"{BASE}/add-{kind}", {**EMAIL, **form})

    page = response.content.decode()
    assert response.status_code == 400
    assert "<title>Error:" in page
    assert f'<a href="#{anchor}">' in page
    assert page.count(sentence) == 2


def test_what_was_typed_is_kept(editor, listed):
    listed()

    response = editor.post(
        f"{BASE}/add-email",
        {
            "name": "",
            "subject": "A subject",
            "content": "Some <words>",
            "options": "has_unsubscribe_link",
        },
    )

    page = response.content.decode()
    assert 'value="A subject"' in page
    assert "Some &lt;words&gt;" in page
    assert 'value="has_unsubscribe_link" checked' in page


def test_a_refusal_of_the_api_is_said_at_its_field(editor, listed, api):
    listed()
    told = "Content has a character count greater than the limit of 918"
    answer = {"result": "error", "message": {"content": [told]}}
    api.post(f"{API}/template", status=400, json=answer)

    response = editor.post(f"{BASE}/add-sms", TEXT)

    page = response.content.decode()
    assert response.status_code == 400
    assert f'<a href="#id_content">{told}</a>' in page


def test_without_the_api_the_half_filled_form_survives(editor, listed, api):
    listed()
    api.post(f"{API}/template", status=503)

    response = editor.post(f"{BASE}/add-sms", TEXT)

    page = response.content.decode()
    assert response.status_code == 503
    assert 'name="content" value="Hello ((name))"' in page
    assert f'action="{BASE}/add-sms"' in page


@pytest.mark.parametrize("kind", ["sms", "email", "letter"])
def test_the_form_of_each_kind_is_there_for_those_who_may(editor, listed, kind):
    listed()

    assert editor.get(f"{BASE}/add-{kind}").status_code == 200


def test_a_kind_that_the_service_cannot_send_is_blocked(editor, listed, known_service):
    known_service(permissions=["sms"])
    listed()

    response = editor.get(f"{BASE}/add-letter")

    assert response.status_code == 403
    assert "Letters are turned off for this service." in response.content.decode()


def test_those_who_may_not_change_templates_cannot_make_one(signed_in, listed):
    browser = signed_in(staff("send_messages"))

    assert browser.post(f"{BASE}/add-sms", TEXT).status_code == 403


def test_a_template_cannot_be_made_in_a_hidden_folder(editor, listed):
    folder = own_folder("Hidden", users_with_permission=[])
    listed(folders=[folder])

    response = editor.post(f"{BASE}/folders/{folder['id']}/add-sms", TEXT)

    assert response.status_code == 404


# --- changing one


@pytest.fixture
def edit(editor, known, api):
    """Edit a template: `edit(form, **template)`; the API takes every change."""

    def post(form, **overrides):
        template = own_template(**overrides)
        url = known(template)
        api.post(f"{API}/template/{template['id']}", json={"data": template})
        return editor.post(f"{url}/edit", form), f"{API}/template/{template['id']}"

    return post


def test_the_form_begins_with_what_the_template_says(editor, known):
    url = known(own_template(name="Ready", content="Hello ((name))"))

    page = editor.get(f"{url}/edit").content.decode()

    assert 'value="Ready"' in page
    assert "Hello ((name))</textarea>" in page
    assert "will be charged as 1 text message" in page.lower()


def test_the_form_costs_two_calls_besides_person_and_service(editor, known, api_calls):
    url = known(own_template())

    editor.get(f"{url}/edit")

    assert len(api_calls) == 4


def test_only_what_changed_is_sent(edit, sent_to):
    response, path = edit(
        {"name": "New name", "content": "Hello ((name))"}, content="Hello ((name))"
    )

    assert response["Location"].startswith(BASE)
    assert sent_to(path) == [{"name": "New name"}]


def test_saving_without_a_change_makes_no_version(edit, sent_to):
    response, path = edit(
        {"name": "Ready", "content": "one\r\ntwo"}, name="Ready", content="one\ntwo"
    )

    assert response.status_code == 302
    assert sent_to(path) == []


def test_a_change_is_noted_with_before_and_after(edit):
    edit({"name": "New", "content": "Hi"}, name="Old", content="Hi")

    event = AuditEvent.objects.get()
    assert event.action == "changed"
    assert (event.before, event.after) == ({"name": "Old"}, {"name": "New"})


@pytest.mark.parametrize("form", [{"name": "", "content": "x"}, {"name": "x"}])
def test_a_wrong_change_is_refused(edit, sent_to, form):
    response, path = edit(form)

    assert response.status_code == 400
    assert sent_to(path) == []


def test_other_placeholders_are_confirmed_first(edit, sent_to):
    response, path = edit(
        {"name": "Ready", "content": "Hi ((first name))"}, content="Hi ((name))"
    )

    page = response.content.decode()
    assert "You removed:" in page
    assert "((name))" in page
    assert "You added:" in page
    assert "((first name))" in page
    assert sent_to(path) == []


EMAIL_CHANGE = {
    "name": "N",
    "subject": "((ref))",
    "content": "Line\n\nLine ((x))",
    "options": "has_unsubscribe_link",
}


def test_the_confirmation_keeps_all_that_was_typed(edit):
    response, _ = edit(EMAIL_CHANGE, template_type="email", subject="S", content="C")

    page = response.content.decode()
    for name, value in EMAIL_CHANGE.items():
        assert f'type="hidden" name="{name}" value="{value}"' in page


def test_a_confirmed_change_is_saved_with_its_unsubscribe_link(edit, sent_to):
    _, path = edit(
        EMAIL_CHANGE | {"confirm": "yes"},
        template_type="email",
        name="N",
        subject="S",
        content="C",
    )

    assert sent_to(path) == [
        {
            "subject": "((ref))",
            "content": "Line\n\nLine ((x))",
            "has_unsubscribe_link": True,
        }
    ]


def test_one_can_go_back_from_the_confirmation_and_edit_on(edit, sent_to):
    response, path = edit(
        {"name": "Ready", "content": "Hi ((first name))", "back": "yes"},
        content="Hi ((name))",
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "Hi ((first name))</textarea>" in page
    assert sent_to(path) == []


def test_a_change_that_somebody_else_made_meanwhile_is_not_lost(edit, sent_to):
    form = {"name": "Mine", "content": "Hi", "version": "1"}

    response, path = edit(form, name="Theirs", content="Hi", version=2)

    page = response.content.decode()
    assert response.status_code == 400
    assert "Somebody changed this template while you were editing it." in page
    assert 'value="Mine"' in page
    assert 'name="version" value="2"' in page
    assert sent_to(path) == []


def test_saving_once_more_replaces_it(edit, sent_to):
    form = {"name": "Mine", "content": "Hi", "version": "2"}

    _, path = edit(form, name="Theirs", content="Hi", version=2)

    assert sent_to(path) == [{"name": "Mine"}]


def test_a_change_that_is_sent_twice_is_no_conflict(edit, sent_to):
    form = {"name": "Mine", "content": "Hi", "version": "1"}

    response, path = edit(form, name="Mine", content="Hi", version=2)

    assert response.status_code == 302
    assert sent_to(path) == []


def test_a_refused_change_is_said_at_its_field(editor, known, api):
    template = own_template(content="Hi")
    url = known(template)
    answer = {"result": "error", "message": {"content": ["Not this."]}}
    api.post(f"{API}/template/{template['id']}", status=400, json=answer)

    response = editor.post(f"{url}/edit", {"name": "x", "content": "Bye"})

    assert response.status_code == 400
    assert '<a href="#id_content">Not this.</a>' in response.content.decode()


# --- counting


def test_the_length_is_counted_while_typing(editor):
    response = editor.post(f"{BASE}/count-sms-length", {"content": "x" * 200})

    assert "2 text messages" in response.content.decode()
    assert b"<html" not in response.content


def test_the_length_of_nothing_is_counted_too(editor):
    assert editor.post(f"{BASE}/count-sms-length").status_code == 200


def test_the_form_counts_without_scripts_after_a_mistake(editor, listed):
    listed()

    response = editor.post(f"{BASE}/add-sms", {"name": "", "content": "x" * 161})

    assert "Will be charged as 2 text messages" in response.content.decode()
