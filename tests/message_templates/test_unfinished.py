"""Words of a template that were typed and not saved: kept, offered, used, dropped."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from portal.common.models import SavedDraft
from portal.common.tasks import purge_drafts
from tests.message_templates.conftest import API, BASE, own_template
from tests.users.personas import sign_in, staff

NEW = f"{BASE}/add-sms"
TYPED = {"name": "Ready", "content": "Hello ((name)), half a sen"}
OFFER = "that are not saved."


def autosave(browser, url, **words):
    return browser.post(url, {**words, "autosave": "yes"})


@pytest.fixture
def reminder(known):
    """The edit page of a template in its second version."""
    return f"{known(own_template(name='Reminder', content='Hi', version=2))}/edit"


def test_what_is_typed_is_offered_again_to_a_new_browser(editor, listed, client, api):
    listed()
    told = autosave(editor, NEW, **TYPED).content.decode()
    client.cookies.clear()
    sign_in(client, staff("manage_templates"), api)

    page = client.get(NEW).content.decode()

    assert "Draft saved today" in told
    assert OFFER in page
    assert TYPED["content"] not in page
    assert TYPED["content"] in client.get(f"{NEW}?draft=use").content.decode()


def test_half_a_form_is_kept_without_complaint(editor, listed):
    listed()

    assert autosave(editor, NEW, name="", content="x").status_code == 200
    assert "x</textarea>" in editor.get(f"{NEW}?draft=use").content.decode()


def test_changes_of_a_template_are_kept_for_it_alone(editor, reminder, listed):
    autosave(editor, reminder, name="Reminder", content="Hi there", version="2")

    assert OFFER in editor.get(reminder).content.decode()
    assert OFFER not in editor.get(NEW).content.decode()
    assert "Hi there" in editor.get(f"{reminder}?draft=use").content.decode()


def test_words_that_are_the_templates_own_are_no_draft(editor, reminder):
    autosave(editor, reminder, name="Reminder", content="Hi there", version="2")
    autosave(editor, reminder, name="Reminder", content="Hi", version="2")

    assert OFFER not in editor.get(reminder).content.decode()
    assert not SavedDraft.objects.exists()


def test_saving_the_template_ends_the_draft(editor, listed, api):
    listed()
    autosave(editor, NEW, **TYPED)
    api.post(f"{API}/template", status=201, json={"data": own_template()})

    editor.post(NEW, TYPED)

    assert OFFER not in editor.get(NEW).content.decode()


def test_a_refused_form_keeps_both_what_is_typed_and_the_draft(editor, listed):
    listed()
    autosave(editor, NEW, **TYPED)

    page = editor.post(NEW, {**TYPED, "name": ""}).content.decode()

    assert TYPED["content"] in page
    assert OFFER in editor.get(NEW).content.decode()


def test_a_draft_can_be_discarded(editor, listed):
    listed()
    autosave(editor, NEW, **TYPED)

    page = editor.post(NEW, {"discard": "yes"}, follow=True).content.decode()

    assert OFFER not in page


def test_while_an_old_draft_waits_nothing_takes_its_place(editor, listed):
    listed()
    autosave(editor, NEW, **TYPED)

    assert "draft-note" not in editor.get(NEW).content.decode()
    assert "draft-note" in editor.get(f"{NEW}?draft=use").content.decode()


def test_a_template_that_changed_meanwhile_is_shown_with_the_draft_beside_it(
    editor, reminder, api
):
    autosave(editor, reminder, name="Reminder", content="Hi there", version="1")

    page = editor.get(reminder).content.decode()
    draft = editor.get(f"{reminder}?draft=use").content.decode()
    words = {"name": "Reminder", "content": "Hi there", "version": "1"}
    saved = editor.post(reminder, words).content.decode()

    assert "Somebody changed the template meanwhile" in page
    assert ">\nHi</textarea>" in page
    assert "Hi there" in draft
    assert "See the template as it is now" in draft
    assert "Save again to replace their version" in saved


def test_drafts_are_sealed(editor, listed):
    listed()

    autosave(editor, NEW, **TYPED)

    assert "half a sen" not in SavedDraft.objects.get().sealed


def test_drafts_are_nobody_elses(editor, listed, client, api):
    listed()
    autosave(editor, NEW, **TYPED)
    client.cookies.clear()
    other = staff("manage_templates", id="22222222-0000-4000-8000-000000000099")
    sign_in(client, other, api)

    assert OFFER not in client.get(NEW).content.decode()


def test_drafts_end_after_a_week(editor, listed):
    listed()
    autosave(editor, NEW, **TYPED)
    SavedDraft.objects.update(saved_at=timezone.now() - datetime.timedelta(days=7))

    assert OFFER not in editor.get(NEW).content.decode()
    purge_drafts()
    assert not SavedDraft.objects.exists()


def test_a_draft_of_another_secret_key_is_as_good_as_none(editor, listed, settings):
    listed()
    autosave(editor, NEW, **TYPED)
    SavedDraft.objects.update(sealed="gAAAAA-nonsense")

    assert OFFER not in editor.get(NEW).content.decode()
