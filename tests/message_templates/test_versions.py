from __future__ import annotations

import pytest

from tests.builders import new_id
from tests.message_templates.conftest import API, own_template
from tests.users.personas import staff

AUTHOR = {"id": new_id(), "name": "Ann Example", "email_address": "ann@example.gov.uk"}


@pytest.fixture
def versions(api, known):
    """Let the API know three versions of a template; gives its address and the newest."""

    def register(**newest):
        pk = new_id()
        words = ["Hello ((name))", "Hi ((name))", "Hi ((name)), bye"]
        rows = [
            own_template(
                id=pk, version=number, content=content, created_by=AUTHOR, name="Ready"
            )
            for number, content in enumerate(words, 1)
        ]
        rows[-1] |= newest
        api.get(f"{API}/template/{pk}/versions", json={"data": rows[::-1]})
        return known(rows[-1] | {"created_by": AUTHOR["id"]}), rows[-1]

    return register


def test_all_versions_are_listed_with_what_they_changed(editor, versions):
    url, _ = versions()

    page = editor.get(f"{url}/versions").content.decode()

    assert page.index("Version 3") < page.index("Version 2") < page.index("Version 1")
    assert "Ann Example" in page
    assert '<del class="portal-diff__line">Hello ((name))</del>' in page
    assert '<ins class="portal-diff__line">Hi ((name))</ins>' in page


def test_the_list_costs_three_calls_besides_person_and_service(
    editor, versions, api_calls
):
    url, _ = versions()

    editor.get(f"{url}/versions")

    assert len(api_calls) == 5


def test_a_version_is_compared_with_the_one_before_it(editor, versions):
    url, _ = versions()

    page = editor.get(f"{url}/version/2").content.decode()

    assert "What changed from version 1 to 2" in page
    assert '<ins class="portal-diff__line">Hi ((name))</ins>' in page


def test_any_two_versions_can_be_compared(editor, versions):
    url, _ = versions()

    page = editor.get(f"{url}/version/1?compare=3").content.decode()

    assert "What changed from version 1 to 3" in page
    assert '<option value="3" selected>' in page
    assert '<ins class="portal-diff__line">Hi ((name)), bye</ins>' in page


@pytest.mark.parametrize("other", ["", "9", "2", "two"])
def test_a_comparison_with_nothing_is_the_usual_one(editor, versions, other):
    url, _ = versions()

    response = editor.get(f"{url}/version/2?compare={other}")

    assert response.status_code == 200
    assert "What changed from version 1 to 2" in response.content.decode()


def test_an_unknown_version_is_not_found(editor, versions):
    url, _ = versions()

    assert editor.get(f"{url}/version/9").status_code == 404


def test_an_old_version_can_be_restored(editor, versions, api, sent_to):
    url, newest = versions()
    path = f"{API}/template/{newest['id']}"
    api.post(path, json={"data": newest})

    response = editor.post(f"{url}/version/1", follow=True)

    assert sent_to(path) == [{"content": "Hello ((name))"}]
    assert "Version 1 is back." in response.content.decode()


def test_restoring_the_same_words_makes_no_version(editor, versions, sent_to):
    url, newest = versions(content="Hi ((name))")

    response = editor.post(f"{url}/version/2", follow=True)

    assert sent_to(f"{API}/template/{newest['id']}") == []
    assert "says the same" in response.content.decode()


def test_a_version_that_the_api_refuses_says_why(editor, versions, api):
    url, newest = versions()
    answer = {"result": "error", "message": {"content": ["Too long."]}}
    api.post(f"{API}/template/{newest['id']}", status=400, json=answer)

    response = editor.post(f"{url}/version/1", follow=True)

    assert "Version 1 cannot be restored: Too long." in response.content.decode()


@pytest.mark.parametrize("number", [1, 2])
def test_old_versions_offer_to_be_restored_but_not_the_newest(editor, versions, number):
    url, _ = versions()

    assert b"Restore this version" in editor.get(f"{url}/version/{number}").content
    assert b"Restore this version" not in editor.get(f"{url}/version/3").content


def test_those_who_may_not_change_templates_cannot_restore(signed_in, versions):
    browser = signed_in(staff("send_messages"))
    url, _ = versions()

    assert b"Restore" not in browser.get(f"{url}/version/1").content
    assert browser.post(f"{url}/version/1").status_code == 403


def test_a_deleted_template_keeps_its_versions_but_cannot_be_restored(editor, versions):
    url, _ = versions(archived=True)

    listed = editor.get(f"{url}/versions").content.decode()

    assert "The template was deleted." in listed
    assert b"Restore" not in editor.get(f"{url}/version/1").content
    assert editor.post(f"{url}/version/1").status_code == 403
