"""Who may import whom: views -> actions -> models and managers -> client -> remote."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

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


@cache
def imported(path: Path) -> tuple[str, ...]:
    """What a module imports, read once for all tests."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return tuple(name for node in ast.walk(tree) for name in names_of(node))


def names_of(node: ast.AST) -> Iterator[str]:
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


def assert_none_imports(
    paths: list[Path], is_wrong: Callable[[tuple[str, str], str], bool]
) -> None:
    """Ask of each module, by its place, and of each of its imports whether that is wrong."""
    assert paths
    wrong = [
        f"{path} imports {name}"
        for path in paths
        for name in imported(path)
        if is_wrong(place(module_of(path)), name)
    ]

    assert not wrong, "\n".join(wrong)


def test_a_module_imports_only_from_the_layers_below_it() -> None:
    def is_wrong(importing: tuple[str, str], name: str) -> bool:
        domain, layer = place(name)
        above = FORBIDDEN.get(importing[1], set())
        return importing[0] in DOMAINS and domain in DOMAINS and layer in above

    assert_none_imports(python_files("portal"), is_wrong)


def test_no_domain_reaches_into_another_domains_client_or_views() -> None:
    def is_wrong(importing: tuple[str, str], name: str) -> bool:
        domain, layer = place(name)
        is_anothers = importing[0] in DOMAINS and domain in DOMAINS - {importing[0]}
        return is_anothers and layer in {"client", "views"}

    assert_none_imports(python_files("portal"), is_wrong)


def test_the_machinery_knows_no_domain() -> None:
    def is_wrong(_importing: tuple[str, str], name: str) -> bool:
        return name.startswith("portal.") and place(name)[0] != "remote"

    assert_none_imports(python_files("portal/remote"), is_wrong)


def test_message_rules_need_no_models() -> None:
    def is_wrong(_importing: tuple[str, str], name: str) -> bool:
        is_elsewhere = name.startswith("portal.") and place(name)[0] != "messages"
        return is_elsewhere or name.startswith("django.db")

    assert_none_imports(python_files("portal/messages"), is_wrong)


def test_the_portal_knows_nothing_of_the_sandbox() -> None:
    def is_wrong(importing: tuple[str, str], name: str) -> bool:
        return importing[0] != "sandbox" and place(name)[0] == "sandbox"

    assert_none_imports(python_files("portal", "notify_admin"), is_wrong)
