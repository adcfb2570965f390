"""Building the staff pages' assets."""

from __future__ import annotations

import re
import shutil
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from portal.common.management.commands import build_ui


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(build_ui, "BUILT", tmp_path / "built")
    return tmp_path / "built"


def test_without_npm_it_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(CommandError, match="Node's npm, and it is not on the PATH"):
        call_command("build_ui")


def test_without_a_network_it_says_so(folder, monkeypatch):
    class Failed:
        returncode, stdout, stderr = 1, "", "npm error network getaddrinfo ENOTFOUND\n"

    monkeypatch.setattr(shutil, "which", lambda name: "npm")
    monkeypatch.setattr(build_ui, "FRONTEND", folder.parent)
    monkeypatch.setattr(build_ui, "_run", lambda command: Failed)
    (folder.parent / "package-lock.json").write_text("{}")

    with pytest.raises(CommandError, match="Is there a network connection.*ENOTFOUND"):
        call_command("build_ui")


def test_what_is_up_to_date_is_not_built_again(folder, monkeypatch, capsys):
    folder.mkdir()
    (folder / "fingerprint").write_text(build_ui.fingerprint())
    monkeypatch.setattr(shutil, "which", lambda name: None)

    call_command("build_ui")

    assert "up to date" in capsys.readouterr().out


def test_what_belongs_to_gov_uk_is_left_out():
    css = "a{color:red;background-image:url(./assets/images/govuk-crest.svg);top:0}"

    assert build_ui.CREST.sub("", css) == "a{color:red;top:0}"


def test_no_two_things_of_the_pages_share_a_class():
    styles = (build_ui.FRONTEND / "scss").glob("*.scss")
    blocks = re.compile(r"^(\.portal-[\w-]+) \{", re.MULTILINE)

    counted = Counter(
        name for style in styles for name in blocks.findall(style.read_text())
    )

    assert [name for name, count in counted.items() if count > 1] == []
