"""What reviewers would otherwise have to look for: in templates, modules, settings and the README."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50
LONGER = {"portal/remote/query.py": 350}
# Parts of the portal; the sandbox is a tool for people who build and test.
SANDBOX = ("portal", "sandbox")


def files(pattern, *, sandbox=True):
    found = []
    for path in sorted((ROOT / "portal").rglob(pattern)):
        place = path.relative_to(ROOT)
        if "node_modules" in place.parts or "built" in place.parts:
            continue
        if sandbox or place.parts[:2] != SANDBOX:
            found.append(place)
    return found


def tree_of(path):
    return ast.parse((ROOT / path).read_text())


def assert_none(paths, wrong_of):
    """Hold that a function finds nothing wrong in any of the files."""
    assert paths
    found = {path: list(wrong_of(path)) for path in paths}
    lines = [f"{path}: {wrong}" for path, all_ in found.items() for wrong in all_]

    assert not lines, "\n".join(lines)


def modules(**kwargs):
    return [path for path in files("*.py", **kwargs) if "migrations" not in path.parts]


# --- texts


class Texts(HTMLParser):
    """Collects what people read on a page: texts, and attributes that are read out."""

    READ_OUT = {"alt", "title", "aria-label", "placeholder", "label", "summary"}

    def __init__(self):
        super().__init__()
        self.found = []
        self.silent = 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in ("script", "style")
        for name, value in attributes:
            is_button = tag in ("input", "button") and name == "value"
            if name in self.READ_OUT or (is_button and (value or "")[:1].isupper()):
                self.handle_data(value or "")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent and re.search(r"[^\W\d_]", data):
            self.found.append(data.strip())


def untranslated(source):
    """Return the texts of a template that no translator would see."""
    source = re.sub(r"(?s)\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", source)
    # The names of CSS classes are no texts.
    source = re.sub(r"\{% block bodyclass %\}.*?\{% endblock %\}", "", source)
    source = re.sub(
        r"(?s)\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", "", source
    )
    # A tag in the middle of another one's attributes would confuse a parser of HTML.
    source = re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}", "", source)
    parser = Texts()
    parser.feed(source)
    return parser.found


def test_every_text_of_a_template_can_be_translated():
    assert_none(
        files("*.html", sandbox=False),
        lambda path: untranslated((ROOT / path).read_text()),
    )


def test_texts_that_cannot_be_translated_would_be_seen():
    source = '{% translate "A" %}<p title="Hello">{{ x }} there{% if y %}, you{% endif %}</p>'

    assert untranslated(source) == ["Hello", "there, you"]


SHOWN = {"add_error", "ValidationError", "PermissionDenied", "Http404"}
SHOWN_KEYWORDS = {"label", "help_text", "short_description", "verbose_name", "caption"}


def shown_literals(tree):
    """Return the literal texts in calls whose texts people see."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        owner = getattr(getattr(node.func, "value", None), "id", "")
        texts = [k.value for k in node.keywords if k.arg in SHOWN_KEYWORDS]
        if name in SHOWN or owner == "messages":
            texts += node.args[1:] if name == "add_error" else node.args
        for text in texts:
            parts = text.values if isinstance(text, ast.JoinedStr) else [text]
            for part in parts:
                if isinstance(part, ast.Constant) and re.search(
                    r"[A-Za-z]", str(part.value)
                ):
                    yield node.lineno, part.value


def test_every_message_of_the_code_can_be_translated():
    assert_none(modules(sandbox=False), lambda path: shown_literals(tree_of(path)))


GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
# For developers and operators; files that programs read; the API's own words.
FOR_OTHERS = ("portal/remote/", "/client", "/management/")
FILES_AND_FACTS = {
    "portal/jobs/report.py",
    "portal/reports/rows.py",
    "portal/messages/email.py",
    "portal/messages/phone_numbers.py",
}


def is_for_people(path):
    name = str(path)
    return name not in FILES_AND_FACTS and not any(part in name for part in FOR_OTHERS)


def sentences(tree):
    """Return texts that begin like a sentence and pass no translator."""
    passed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            owner = getattr(getattr(node.func, "value", None), "id", "")
            known = name in GETTEXT or owner in ("logger", "checks", "re")
        else:
            # What is raised is for developers, unless it is in the list above.
            known = isinstance(node, ast.Raise)
        if known:
            passed |= {id(inner) for inner in ast.walk(node)}
    return [
        text.value
        for text in constants(tree)
        if id(text) not in passed and re.match(r"[A-Z][a-z]+ [a-z]+", text.value)
    ]


def test_every_sentence_of_the_code_can_be_translated():
    for_people = [path for path in modules(sandbox=False) if is_for_people(path)]

    assert_none(for_people, lambda path: sentences(tree_of(path)))


def constants(tree):
    """Return every text of a module but its docstrings, as nodes."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs
    ]


def test_the_brand_is_named_by_the_settings_alone():
    def naming(path):
        texts = [node.value for node in constants(tree_of(path))]
        return [text for text in texts if "GOV.UK" in text]

    assert_none(modules(sandbox=False), naming)


def test_no_template_names_a_brand():
    def naming(path):
        source = re.sub(r"(?s)\{#.*?#\}", "", (ROOT / path).read_text())
        return [line for line in source.splitlines() if "GOV.UK" in line]

    assert_none(files("*.html", sandbox=False), naming)


# --- sizes and leftovers


def too_long(path):
    """Return the functions of a module that are too long, and how long itself is."""
    source = (ROOT / path).read_text()
    length = len(source.splitlines())
    if length > LONGER.get(str(path), LONGEST_MODULE):
        yield f"{length} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = node.end_lineno - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name} has {length} lines"


def test_modules_and_functions_stay_short():
    assert_none(modules(), too_long)


@pytest.mark.parametrize(
    "pattern", ["*.py", "*.html", "*.js", "*.scss", "*.md"], ids=lambda p: p[2:]
)
def test_nothing_is_left_to_do(pattern):
    left = [
        f"{path}: {line.strip()}"
        for path in files(pattern)
        for line in (ROOT / path).read_text().splitlines()
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line)
    ]

    assert left == []


def undocumented(tree):
    """Return the public classes and functions of a module without a sentence."""
    return [
        node.name
        for node in tree.body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


def needs_docstrings(path):
    is_views = "views" in path.parts or path.name in ("views.py", "urls.py")
    # The sandbox's views are those of the API.
    return not is_views and path.parts[:3] != (*SANDBOX, "api")


def test_public_classes_and_functions_say_what_they_are_for():
    checked = [path for path in modules() if needs_docstrings(path)]

    assert_none(checked, lambda path: undocumented(tree_of(path)))


# --- the shape of the apps

DOMAINS = sorted(
    path.parent.name
    for path in (ROOT / "portal").glob("*/apps.py")
    if path.parent.name not in ("remote", "common", "sandbox")
)


@pytest.mark.parametrize("app", DOMAINS)
def test_every_app_has_the_same_shape(app):
    folder = ROOT / "portal" / app
    has = {path.name.removesuffix(".py") for path in folder.iterdir()}

    assert {"__init__", "apps", "client", "models"} <= has
    assert ("urls" in has) == ("views" in has)
    assert (folder / "__init__.py").read_text() == ""
    assert has.isdisjoint({"utils", "helpers", "misc"})
    if "templates" in has:
        assert [path.name for path in (folder / "templates").iterdir()] == [app]


# --- settings


def variables_read():
    """Return the environment variables of the settings, each as often as it is read."""
    names = []
    for node in ast.walk(tree_of("notify_admin/settings.py")):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        of_env = ast.unparse(node.func).split(".")[0] in ("env", "required")
        if of_env and isinstance(node.args[0], ast.Constant):
            names.append(node.args[0].value)
        elif of_env and isinstance(node.args[0], ast.JoinedStr):
            from notify_admin.settings import S3_BUCKETS

            names += [f"S3_BUCKET_{alias.upper()}" for alias in S3_BUCKETS]
    return names


def variables_explained():
    """Return the variables in the README's table of settings."""
    readme = (ROOT / "README.md").read_text()
    table = readme.partition("| variable |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[1:] if "`" in line]
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_the_readme_explains_every_variable_and_no_other():
    assert sorted(variables_explained()) == sorted(variables_read())


def test_every_variable_is_read_once():
    read = variables_read()

    assert len(read) == len(set(read))
    assert len(read) > 30


def test_no_other_module_reads_the_environment():
    reading = [
        str(path)
        for path in modules(sandbox=False)
        if re.search(r"os\.(environ|getenv)", (ROOT / path).read_text())
    ]

    assert reading == []


def test_nothing_in_the_repository_is_a_link():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("This is no working copy.")
    listed = subprocess.run(
        ["git", "ls-files", "--stage"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    links = [line for line in listed.stdout.splitlines() if line.startswith("120000")]

    assert links == []
