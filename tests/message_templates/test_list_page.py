from __future__ import annotations

import uuid

import pytest

from tests.message_templates.conftest import API, BASE, own_folder, own_template
from tests.users.personas import (
    ORGANISATION_ID,
    USER_ID,
    outsider,
    person,
    staff,
    superuser,
)

HTMX = {"HX-Request": "true", "HX-Target": "template-list"}


def test_the_list_shows_folders_with_what_is_in_them_and_templates(editor, listed):
    permits = own_folder("Permits")
    listed(
        own_template(name="A reminder"),
        own_template(name="Ready", folder=permits["id"]),
        folders=[permits],
    )

    page = editor.get(BASE).content.decode()

    assert page.index("Permits") < page.index("1 template<") < page.index("A reminder")
    assert "Ready" not in page


def test_a_folder_shows_what_is_in_it_and_the_way_to_it(editor, listed):
    permits = own_folder("Permits")
    renewals = own_folder("Renewals", parent_id=permits["id"])
    listed(
        own_template(name="Ready", folder=renewals["id"]), folders=[permits, renewals]
    )

    page = editor.get(f"{BASE}/folders/{renewals['id']}").content.decode()

    assert f'href="{BASE}/folders/{permits["id"]}"' in page
    assert "Ready" in page


@pytest.mark.parametrize("path", ["", "/all"])
def test_the_list_costs_two_calls_besides_person_and_service(
    editor, listed, api_calls, path
):
    listed(own_template(), folders=[own_folder("Permits")])

    assert editor.get(BASE + path).status_code == 200

    assert sorted(call.route for call in api_calls) == [
        "/service/<id>",
        "/service/<id>/template",
        "/service/<id>/template-folder",
        "/user/<id>",
    ]


def test_a_second_look_costs_no_call(editor, listed, api_calls):
    listed(own_template())
    editor.get(BASE)
    api_calls.clear()

    editor.get(BASE)

    assert api_calls == []


def test_the_list_can_show_one_kind(editor, listed):
    listed(own_template(name="Ready"), own_template(name="Due", template_type="email"))

    page = editor.get(f"{BASE}/email").content.decode()

    assert "Due" in page
    assert "Ready" not in page


def test_an_empty_service_says_so(editor, listed):
    listed()

    page = editor.get(BASE).content.decode()

    assert "There are no templates yet." in page
    assert 'role="search"' not in page


def test_an_empty_folder_says_so(editor, listed):
    folder = own_folder("Empty one")
    listed(folders=[folder])

    page = editor.get(f"{BASE}/folders/{folder['id']}").content.decode()

    assert "This folder is empty." in page


def test_a_search_finds_names_in_folders_and_shows_where_they_are(editor, listed):
    folder = own_folder("Letters")
    listed(
        own_template(name="Permit ready", folder=folder["id"]),
        own_template(name="Other"),
        folders=[folder],
    )

    page = editor.get(f"{BASE}?search=permit").content.decode()

    assert "1 match<" in page
    assert page.index("Letters</a> / ") < page.index("Permit ready</a>")
    assert "Other" not in page


def test_a_search_finds_an_id(editor, listed):
    wanted = own_template(name="Permit ready")
    listed(wanted, own_template(name="Other"))

    page = editor.get(f"{BASE}?search={wanted['id']}").content.decode()

    assert "Permit ready" in page
    assert "Other" not in page


def test_a_search_without_a_match_says_so(editor, listed):
    listed(own_template())

    page = editor.get(f"{BASE}?search=<nothing>").content.decode()

    assert "Nothing here matches “&lt;nothing&gt;”." in page


def test_names_are_shown_as_they_are_typed(editor, listed):
    above = own_folder("<b>Permits</b>")
    ready = own_template(name="<i>\"Ready\" & 'set'</i>", folder=above["id"])
    listed(ready, own_template(name="<script>ready</script>"), folders=[above])

    top = editor.get(BASE).content.decode()
    found = editor.get(f"{BASE}?search=ready").content.decode()

    assert "<b>" not in top + found
    assert "<i>" not in found
    assert "<script>r" not in top + found
    assert top.count("&lt;b&gt;Permits&lt;/b&gt;</a>") == 1
    assert top.count("Choose &lt;b&gt;Permits&lt;/b&gt;</span>") == 1
    assert "&lt;b&gt;Permits&lt;/b&gt;</a> / " in found
    assert "&lt;i&gt;&quot;Ready&quot; &amp; &#x27;set&#x27;&lt;/i&gt;</a>" in found


@pytest.mark.parametrize(
    "row",
    [
        {"name": "No id", "template_type": "sms", "folder": None},
        {"id": "seven", "name": "Bad id", "template_type": "sms", "folder": None},
        {"id": str(uuid.UUID(int=7)), "name": "No kind", "folder": None},
        {"id": str(uuid.UUID(int=7)), "name": "Lost", "template_type": "sms"},
        ["Ready"],
        None,
    ],
)
def test_a_list_that_cannot_be_read_is_said(editor, api, row):
    api.get(f"{API}/template", json={"data": [row]})
    api.get(f"{API}/template-folder", json={"template_folders": []})

    assert editor.get(BASE).status_code == 503


def test_a_template_that_is_deleted_meanwhile_is_not_found(editor, listed, api):
    ready, gone = own_template(name="Ready"), own_template(name="Readied")
    listed(ready, gone)
    api.get(f"{API}/template/{ready['id']}", json={"data": ready})
    api.get(f"{API}/template/{gone['id']}", status=404)

    page = editor.get(f"{BASE}?search=read&inside=yes").content.decode()

    assert "1 match<" in page
    assert "Readied" not in page


def test_a_search_looks_inside_messages_only_on_request(editor, listed, api, api_calls):
    passport = own_template(name="Ready", content="Bring your passport.")
    other = own_template(name="Other", content="Nothing.")
    listed(passport, other)
    for whole in (passport, other):
        api.get(f"{API}/template/{whole['id']}", json={"data": whole})

    without = editor.get(f"{BASE}?search=passport").content.decode()
    calls_without = len(api_calls)
    inside = editor.get(f"{BASE}?search=passport&inside=yes").content.decode()

    assert "Nothing here matches" in without
    assert "1 match<" in inside
    assert "Ready" in inside
    assert len(api_calls) == calls_without + 2


def test_a_service_with_very_many_templates_is_not_searched_inside(
    editor, listed, monkeypatch
):
    monkeypatch.setattr("portal.message_templates.actions.reading.MOST_TEXTS", 1)
    listed(own_template(name="Ready"), own_template(name="Other"))

    page = editor.get(f"{BASE}?search=passport&inside=yes").content.decode()

    assert "Look inside messages too" not in page
    assert "Nothing here matches" in page


def test_typing_a_search_gets_only_the_list(editor, listed):
    listed(own_template(name="Ready"))

    response = editor.get(f"{BASE}?search=rea", headers=HTMX)

    assert b"<html" not in response.content
    assert b"Ready" in response.content
    assert "HX-Target" in response["Vary"]


def test_a_long_list_has_pages_that_keep_the_search(editor, listed):
    listed(*(own_template(name=f"Permit {n:03}") for n in range(101)))

    first = editor.get(f"{BASE}?search=permit").content.decode()
    second = editor.get(f"{BASE}?search=permit&page=2").content.decode()

    assert "101 matches" in first
    assert f"{BASE}?search=permit&amp;page=2" in first
    assert "Permit 100" in second
    assert "Permit 099" not in second


@pytest.mark.parametrize("page", ["0", "-1", "two", "9" * 400, "3"])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(editor, listed, page):
    listed(own_template(name="Ready"))

    response = editor.get(f"{BASE}?page={page}")

    assert "Ready" in response.content.decode()


def test_five_hundred_templates_in_forty_folders_weigh_at_most_100_kib(editor, listed):
    folders = [own_folder(f"Folder number {n} of the service") for n in range(40)]
    templates = [
        own_template(
            name=f"Permit reminder number {n}",
            folder=folders[n % 40]["id"] if n % 5 else None,
        )
        for n in range(500)
    ]
    listed(*templates, folders=folders)

    whole = editor.get(BASE)
    search = editor.get(f"{BASE}?search=e", headers=HTMX)

    assert len(whole.content) <= 100 * 1024
    assert len(search.content) <= 100 * 1024


def test_those_who_may_not_change_templates_see_no_way_to(signed_in, listed):
    browser = signed_in(staff("send_messages"))
    listed(own_template())

    page = browser.get(BASE).content.decode()

    assert "New template" not in page
    assert 'type="checkbox" name="items"' not in page


@pytest.mark.parametrize(
    "who",
    [
        staff("view_activity"),
        staff("send_messages"),
        staff("manage_templates"),
        staff("manage_service"),
        superuser(),
    ],
    ids=["viewer", "sender", "editor", "manager", "platform admin"],
)
def test_everybody_who_belongs_to_the_service_sees_the_list(signed_in, listed, who):
    listed(own_template(name="Ready"))

    response = signed_in(who).get(BASE)

    assert response.status_code == 200
    assert b"Ready" in response.content


def test_a_member_of_the_organisation_sees_the_list(signed_in, listed, known_service):
    known_service(organisation=ORGANISATION_ID)
    listed(own_template(name="Ready"))

    browser = signed_in(person(organisations=[ORGANISATION_ID]))

    assert b"Ready" in browser.get(BASE).content


def test_somebody_else_does_not(signed_in):
    assert signed_in(outsider()).get(BASE).status_code == 403


def test_a_folder_that_is_hidden_from_the_person_is_not_found(editor, listed):
    hidden = own_folder("Hidden", users_with_permission=[])
    listed(own_template(name="Secret", folder=hidden["id"]), folders=[hidden])

    assert (
        b"Secret" not in editor.get(f"{BASE}?search=secret").content.split(b"<ul")[-1]
    )
    assert editor.get(f"{BASE}/folders/{hidden['id']}").status_code == 404


def test_a_platform_admin_sees_every_folder(signed_in, listed):
    hidden = own_folder("Hidden", users_with_permission=[])
    listed(folders=[hidden])

    page = signed_in(superuser()).get(BASE).content.decode()

    assert "Hidden" in page


def test_a_folder_that_does_not_exist_is_not_found(editor, listed):
    listed()

    assert editor.get(f"{BASE}/folders/{uuid.uuid4()}").status_code == 404


def test_without_the_api_the_page_says_so(editor, api):
    api.get(f"{API}/template", status=503)
    api.get(f"{API}/template-folder", status=503)

    assert editor.get(BASE).status_code == 503


# --- making something new


def test_a_new_template_begins_with_its_kind(editor, listed):
    listed()

    page = editor.get(f"{BASE}?new=template").content.decode()

    assert [f'value="{kind}"' in page for kind in ("email", "sms", "letter")] == [
        True
    ] * 3


def test_with_one_kind_there_is_nothing_to_choose(editor, listed, known_service):
    known_service(permissions=["sms"])
    listed()

    response = editor.get(f"{BASE}?new=template")

    assert response["Location"] == f"{BASE}/add-sms"


def test_a_chosen_kind_leads_to_its_form_in_the_same_folder(editor, listed):
    folder = own_folder("Permits")
    listed(folders=[folder])
    here = f"{BASE}/folders/{folder['id']}"

    response = editor.post(here, {"operation": "new-template", "template_type": "sms"})

    assert response["Location"] == f"{here}/add-sms"


@pytest.mark.parametrize("kind", ["", "pigeon"])
def test_no_kind_is_asked_for_again(editor, listed, kind):
    listed()

    response = editor.post(BASE, {"operation": "new-template", "template_type": kind})

    assert response.status_code == 400
    assert "Choose what kind of template to make." in response.content.decode()


def test_a_folder_is_made_inside_the_one_that_is_open(editor, listed, api, sent_to):
    folder = own_folder("Permits")
    listed(folders=[folder])
    api.post(f"{API}/template-folder", json={"data": {"id": str(uuid.uuid4())}})
    here = f"{BASE}/folders/{folder['id']}"

    response = editor.post(here, {"operation": "new-folder", "name": " Renewals "})

    assert response["Location"] == here
    assert sent_to(f"{API}/template-folder") == [
        {"name": "Renewals", "parent_id": folder["id"]}
    ]


def test_a_folder_whose_form_is_sent_twice_is_made_once(editor, listed, api, sent_to):
    listed()
    api.post(f"{API}/template-folder", json={"data": {"id": str(uuid.uuid4())}})
    form = {"operation": "new-folder", "name": "New", "form_id": str(uuid.uuid4())}

    for _ in range(2):
        assert editor.post(BASE, form).status_code == 302

    assert len(sent_to(f"{API}/template-folder")) == 1


def test_a_folder_needs_a_name(editor, listed):
    listed()

    response = editor.post(BASE, {"operation": "new-folder", "name": " "})

    assert response.status_code == 400
    assert "Enter a folder name." in response.content.decode()


def test_nonsense_is_refused(editor, listed):
    listed()

    assert editor.post(BASE, {"operation": "explode"}).status_code == 400
    assert editor.get(f"{BASE}?new=pigeon").status_code == 404


@pytest.mark.parametrize("who", [staff("send_messages"), outsider()])
def test_only_those_who_may_change_templates_can_make_something(signed_in, listed, who):
    browser = signed_in(who)
    listed()

    assert browser.get(f"{BASE}?new=folder").status_code == 403
    assert browser.post(BASE, {"operation": "new-folder"}).status_code == 403


# --- moving


def test_moving_asks_where_to_and_names_what(editor, listed):
    folder = own_folder("Permits")
    ready = own_template(name="Ready")
    listed(ready, folders=[folder])

    response = editor.post(
        BASE, {"operation": "move", "items": f"template-{ready['id']}"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "Move 1 item" in page
    assert f'value="{folder["id"]}"' in page


def test_what_is_ticked_is_moved(editor, listed, api, sent_to):
    target, other = own_folder("Permits"), own_folder("Other")
    ready = own_template(name="Ready")
    listed(ready, folders=[target, other])
    path = f"{API}/template-folder/{target['id']}/contents"
    api.post(path, status=204)

    response = editor.post(
        BASE,
        {
            "operation": "move",
            "confirm": "yes",
            "items": [f"template-{ready['id']}", f"folder-{other['id']}"],
            "to": target["id"],
        },
    )

    assert response["Location"] == f"{BASE}/folders/{target['id']}"
    assert sent_to(path) == [{"templates": [ready["id"]], "folders": [other["id"]]}]


def test_something_can_be_moved_to_the_top(editor, listed, api, sent_to):
    folder = own_folder("Permits")
    ready = own_template(folder=folder["id"])
    listed(ready, folders=[folder])
    api.post(f"{API}/template-folder/contents", status=204)

    response = editor.post(
        f"{BASE}/folders/{folder['id']}",
        {
            "operation": "move",
            "confirm": "yes",
            "items": f"template-{ready['id']}",
            "to": "top",
        },
    )

    assert response["Location"] == BASE
    assert len(sent_to(f"{API}/template-folder/contents")) == 1


def test_something_can_be_moved_into_a_new_folder(editor, listed, api, sent_to):
    ready, made = own_template(), str(uuid.uuid4())
    listed(ready)
    api.post(f"{API}/template-folder", json={"data": {"id": made}})
    api.post(f"{API}/template-folder/{made}/contents", status=204)

    response = editor.post(
        BASE,
        {
            "operation": "move",
            "confirm": "yes",
            "items": f"template-{ready['id']}",
            "to": "new",
            "name": "Fresh",
        },
    )

    assert response["Location"] == f"{BASE}/folders/{made}"
    assert sent_to(f"{API}/template-folder") == [{"name": "Fresh", "parent_id": None}]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Choose a folder."),
        ({"to": str(uuid.uuid4())}, "Choose a folder."),
        ({"to": "new", "name": ""}, "Enter a folder name."),
    ],
)
def test_a_move_needs_a_place(editor, listed, answers, sentence):
    ready = own_template(name="Ready")
    listed(ready)
    form = {"operation": "move", "confirm": "yes", "items": f"template-{ready['id']}"}

    response = editor.post(BASE, form | answers)

    assert response.status_code == 400
    page = response.content.decode()
    assert sentence in page
    assert f'value="template-{ready["id"]}"' in page


def test_nothing_ticked_is_said(editor, listed):
    listed(own_template())

    response = editor.post(BASE, {"operation": "move"}, follow=True)

    assert "Tick the templates and folders to move first." in response.content.decode()


def test_a_folder_cannot_be_moved_into_itself_or_below(editor, listed):
    folder, other = own_folder("Permits"), own_folder("Other")
    below = own_folder("Below", parent_id=folder["id"])
    listed(folders=[folder, below, other])
    form = {"operation": "move", "items": f"folder-{folder['id']}"}

    page = editor.post(BASE, form).content.decode()

    places = [folder, below, other]
    offered = [f'value="{place["id"]}"' in page for place in places]
    assert offered == [False, False, True]


def test_a_refused_move_says_why(editor, listed, api):
    folder, ready = own_folder("Permits"), own_template()
    listed(ready, folders=[folder])
    told = f"Could not move to folder: Template {ready['id']} is archived"
    path = f"{API}/template-folder/{folder['id']}/contents"
    api.post(path, status=400, json={"result": "error", "message": told})

    response = editor.post(
        BASE,
        {
            "operation": "move",
            "confirm": "yes",
            "items": f"template-{ready['id']}",
            "to": folder["id"],
        },
    )

    assert response.status_code == 400
    assert told in response.content.decode()


def test_what_the_person_does_not_see_cannot_be_moved(editor, listed, api):
    hidden = own_folder("Hidden", users_with_permission=[])
    secret = own_template(folder=hidden["id"])
    listed(secret, folders=[hidden])

    response = editor.post(
        BASE,
        {
            "operation": "move",
            "confirm": "yes",
            "items": f"template-{secret['id']}",
            "to": "top",
        },
    )

    assert response["Location"] == BASE
    assert not [call for call in api.calls if call.request.method == "POST"]


TEAM = [
    {"id": str(uuid.UUID(int=n)), "name": name} for n, name in ((1, "Ann"), (2, "Bob"))
]


@pytest.fixture
def folder_with_team(signed_in, listed, api, known_service):
    """A folder that Ann sees, and a person who may say who sees it."""
    permits = own_folder("Permits", users_with_permission=[USER_ID, TEAM[0]["id"]])
    listed(folders=[permits])
    people = [person(**one) for one in TEAM]
    api.get(f"{API}/users", json={"data": people})
    api.post(f"{API}/template-folder/{permits['id']}", json={"data": permits})
    known_service(permissions=["sms", "edit_folder_permissions"])
    client = signed_in(staff("manage_templates", "manage_service"))
    return client, permits


def test_who_sees_a_folder_is_chosen_among_the_team(folder_with_team, sent_to):
    client, permits = folder_with_team
    address = f"{BASE}/folders/{permits['id']}/manage"

    page = client.get(address).content.decode()
    chosen = {"name": "Permits", "users_with_permission": [TEAM[1]["id"]]}
    client.post(address, chosen)

    assert "Team members who can see this folder" in page
    assert "Ann" in page
    assert sent_to(f"{API}/template-folder/{permits['id']}") == [chosen]


def test_somebody_must_go_on_seeing_a_folder(folder_with_team):
    client, permits = folder_with_team

    page = client.post(f"{BASE}/folders/{permits['id']}/manage", {"name": "Permits"})

    assert page.status_code == 400
    assert "Choose at least one team member." in page.content.decode()


def test_those_who_do_not_manage_the_service_only_rename(editor, listed, api, sent_to):
    permits = own_folder("Permits")
    listed(folders=[permits])
    api.post(f"{API}/template-folder/{permits['id']}", json={"data": permits})
    address = f"{BASE}/folders/{permits['id']}/manage"

    page = editor.get(address).content.decode()
    editor.post(address, {"name": "Passes", "users_with_permission": [TEAM[0]["id"]]})

    assert "Team members who can see this folder" not in page
    assert sent_to(f"{API}/template-folder/{permits['id']}") == [
        {"name": "Passes", "users_with_permission": [USER_ID]}
    ]
