from __future__ import annotations

import uuid

import pytest

from portal.message_templates.models import Template, TemplateFolder
from portal.message_templates.tree import FolderTree

ANN, BOB = uuid.uuid4(), uuid.uuid4()


def folder(name, parent=None, seen_by=(ANN, BOB)):
    made = TemplateFolder(name=name, parent_id=parent.pk if parent else None)
    made.extra = {"users_with_permission": [str(pk) for pk in seen_by]}
    return made


def template(name, inside=None, kind="sms", **fields):
    made = Template(name=name, template_type=kind, **fields)
    made.extra = {"folder": str(inside.pk) if inside else None}
    return made


def names(lines):
    return [line.object.name for line in lines]


@pytest.fixture
def tree():
    permits = folder("Permits")
    renewals = folder("renewals", permits)
    empty = folder("Empty")
    templates = [
        template("Ready", permits),
        template("Reminder", renewals, "email"),
        template("about us"),
    ]
    return FolderTree([renewals, permits, empty], templates)


def named(tree, name):
    return next(f.pk for f in tree.folders.values() if f.name == name)


def test_folders_come_first_and_both_go_by_name(tree):
    assert names(tree.inside(None)) == ["Empty", "Permits", "about us"]


def test_a_folder_says_what_lies_directly_in_it(tree):
    permits = next(i for i in tree.inside(None) if i.object.name == "Permits")

    assert (permits.folders, permits.templates) == (1, 1)


def test_a_kind_leaves_out_folders_without_such_templates(tree):
    assert names(tree.inside(None, "email")) == ["Permits"]
    assert tree.counts(named(tree, "Permits"), "email") == (1, 0)


def test_the_path_leads_from_the_top(tree):
    path = tree.path(named(tree, "renewals"))

    assert [folder.name for folder in path] == ["Permits", "renewals"]


def test_a_search_looks_into_all_folders_below(tree):
    found = tree.search("RE")

    assert names(found) == ["renewals", "Reminder", "Ready"]
    assert [f.name for f in found[1].path] == ["Permits", "renewals"]


def test_a_search_in_a_folder_stays_there(tree):
    assert names(tree.search("r", named(tree, "renewals"))) == ["Reminder"]


def test_a_search_wants_all_words_in_any_order():
    tree = FolderTree([], [template("Permit ready"), template("Permit gone")])

    assert names(tree.search("ready permit")) == ["Permit ready"]


def test_a_search_for_a_kind_finds_no_folders(tree):
    assert names(tree.search("re", kind="email")) == ["Reminder"]


def test_a_search_finds_ids():
    wanted = template("Ready")
    tree = FolderTree([], [wanted, template("Other")])

    assert names(tree.search(str(wanted.pk))) == ["Ready"]


def test_a_search_looks_into_texts_that_are_known():
    tree = FolderTree([], [template("Ready", content="Bring your passport.")])

    assert names(tree.search("passport")) == ["Ready"]


def test_texts_that_the_list_did_not_give_can_be_added():
    brief = template("Ready")
    tree = FolderTree([], [brief, template("Other")])
    whole = template("Ready", content="Bring your passport.", id=brief.pk)

    tree.replace([whole])

    assert names(tree.search("passport")) == ["Ready"]


def test_a_hidden_folder_hides_its_templates_but_not_the_folders_below():
    hidden = folder("Hidden", seen_by=[BOB])
    below = folder("Below", hidden)
    templates = [template("Secret", hidden), template("Open", below)]

    tree = FolderTree([hidden, below], templates, ANN)

    assert names(tree.inside(None)) == ["Below"]
    assert names(tree.search("e")) == ["Below", "Open"]
    assert tree.path(below.pk) == (below,)
    assert not tree.shows(hidden.pk)


def test_a_folder_in_a_folder_that_is_gone_hangs_at_the_top():
    lost = folder("Lost", folder("Gone"))

    assert names(FolderTree([lost], []).inside(None)) == ["Lost"]


def test_archived_templates_are_left_out():
    tree = FolderTree([], [template("Old", archived=True)])

    assert tree.inside(None) == []


def test_places_to_move_to_know_their_depth(tree):
    assert [(depth, f.name) for depth, f in tree.indented()] == [
        (0, "Empty"),
        (0, "Permits"),
        (1, "renewals"),
    ]
