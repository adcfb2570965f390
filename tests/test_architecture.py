"""Who may import whom: views -> actions -> models and managers -> client -> remote."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = {
    *("users", "services", "organisations", "message_templates", "notifications"),
    *("jobs", "letters", "inbound", "branding", "api_keys", "invites", "billing"),
    *("reports", "providers", "platform", "support"),
}
LAYERS = ("views", "admin", "tasks", "forms", "actions", "managers", "models", "client")
FORBIDDEN = {
    "client": {"views", "admin", "tasks", "forms", "actions", "managers", "models"},
    "managers": {"views", "admin", "tasks", "forms", "actions"},
    "models": {"views", "admin", "tasks", "forms", "actions", "client"},
    "actions": {"views", "admin", "tasks", "forms"},
    "forms": {"views", "admin", "tasks", "client"},
    "views": {"admin", "tasks", "client"},
    "admin": {"views", "tasks", "client"},
    "tasks": {"views", "admin", "forms", "client"},
}


def python_files(*folders: str) -> list[Path]:
    return [
        path.relative_to(ROOT)
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "node_modules" not in path.parts
    ]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def place(module: str) -> tuple[str, str]:
    """The domain and the layer of ``portal.<domain>.<layer>…``."""
    parts = [*module.split("."), "", ""]
    return (parts[1], parts[2]) if parts[0] == "portal" else ("", "")


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


@pytest.mark.parametrize("path", python_files("portal"), ids=str)
def test_a_module_imports_only_from_the_layers_below_it(path: Path) -> None:
    domain, layer = place(module_of(path))
    if domain not in DOMAINS or layer not in FORBIDDEN:
        return

    wrong = [
        name
        for name in imported(path)
        if place(name)[0] in DOMAINS and place(name)[1] in FORBIDDEN[layer]
    ]

    assert wrong == []


@pytest.mark.parametrize("path", python_files("portal"), ids=str)
def test_no_domain_reaches_into_another_domains_client_or_views(path: Path) -> None:
    domain, _ = place(module_of(path))
    if domain not in DOMAINS:
        return

    wrong = [
        name
        for name in imported(path)
        if place(name)[0] in DOMAINS - {domain}
        and place(name)[1] in {"client", "views"}
    ]

    assert wrong == []


@pytest.mark.parametrize("path", python_files("portal/remote"), ids=str)
def test_the_machinery_knows_no_domain(path: Path) -> None:
    wrong = [
        n for n in imported(path) if n.startswith("portal.") and place(n)[0] != "remote"
    ]

    assert wrong == []


@pytest.mark.parametrize("path", python_files("portal/messages"), ids=str)
def test_message_rules_need_no_models(path: Path) -> None:
    wrong = [
        name
        for name in imported(path)
        if (name.startswith("portal.") and place(name)[0] != "messages")
        or name.startswith("django.db")
    ]

    assert wrong == []


@pytest.mark.parametrize("path", python_files("portal", "notify_admin"), ids=str)
def test_the_portal_knows_nothing_of_the_sandbox(path: Path) -> None:
    if path.parts[:2] == ("portal", "sandbox"):
        return

    wrong = [name for name in imported(path) if place(name)[0] == "sandbox"]

    assert wrong == []
