"""Start the whole demo on this machine: sandbox API, portal, Celery worker and beat."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC_ROOT = ROOT / "staticfiles"
HOST = "127.0.0.1"
PREVIEW = "/_sandbox/template-preview"
DOCUMENTS = "/_sandbox/document-download"
SECRETS = (
    *("SECRET_KEY", "DANGEROUS_SALT", "ADMIN_CLIENT_SECRET"),
    *("TEMPLATE_PREVIEW_API_KEY", "DOCUMENT_DOWNLOAD_API_KEY"),
)
START_SECONDS = 90
STOP_SECONDS = 10
RESET = "make demo-reset starts over with new data."


class DemoError(Exception):
    """The demo cannot go on; the message says why and what to do."""


def main() -> int:
    """Run until Ctrl-C; the exit code is 1 when something failed."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    demo = Demo(
        folder=ROOT / ".demo",
        portal_port=int(os.environ.get("DEMO_PORT", "8000")),
        sandbox_port=int(os.environ.get("DEMO_SANDBOX_PORT", "6011")),
    )
    try:
        check_port(demo.sandbox_port, "DEMO_SANDBOX_PORT")
        check_port(demo.portal_port, "DEMO_PORT")
        demo.prepare()
        demo.start()
        say(demo.welcome())
        demo.wait()
    except DemoError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("\nStopping…")
    finally:
        demo.stop()
    return 0


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def check_port(port: int, variable: str) -> None:
    """Refuse a port that another program has."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise DemoError(
                f"Port {port} is in use. Stop the program that has it, or choose "
                f"another port: make demo {variable}={port + 1}"
            ) from error


@dataclass
class Demo:
    """The processes of a demo, with all that they keep in one folder."""

    folder: Path
    portal_port: int
    sandbox_port: int
    extra: dict[str, str] = field(default_factory=dict)
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def portal_url(self) -> str:
        """Where the portal is."""
        return f"http://{HOST}:{self.portal_port}"

    @property
    def sandbox_url(self) -> str:
        """Where the sandbox API is."""
        return f"http://{HOST}:{self.sandbox_port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables of all processes."""
        return {
            **os.environ,
            **kept_secrets(self.folder / "secrets.env"),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "notify_admin.settings",
            "API_HOST_NAME": self.sandbox_url,
            "ADMIN_BASE_URL": self.portal_url,
            "TEMPLATE_PREVIEW_API_HOST": f"{self.sandbox_url}{PREVIEW}",
            "DOCUMENT_DOWNLOAD_API_HOST": f"{self.sandbox_url}{DOCUMENTS}",
            "PORTAL_DATA_DIR": str(self.folder),
            "PORTAL_FILES_DIR": str(self.folder / "files"),
            "SANDBOX_DATA_DIR": str(self.folder),
            "PORTAL_DEMO": "1",
            "PORTAL_EMAIL_DOMAINS": "*",
            "PORTAL_SUPPORT_EMAIL": "support@notify.example",
            "EMAIL_URL": "consolemail://",
            **self.extra,
        }

    def prepare(self) -> None:
        """Bring the portal's own database and the static files up to date."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / "celery").mkdir(mode=0o700, exist_ok=True)
        done = self.manage("migrate")
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise DemoError(
                f"The portal's database in {self.folder} cannot be used ({reason}). "
                f"{RESET}"
            )
        # One at a time: several demos may start from one checkout.
        with (ROOT / "manage.py").open() as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            if static_is_old():
                self.manage("collectstatic", "--noinput").check_returncode()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the portal's management commands to its end."""
        command = [sys.executable, "manage.py", *arguments, "--verbosity", "0"]
        return subprocess.run(  # noqa: S603  our own command line
            command,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self) -> None:
        """Start every process and wait until the portal answers."""
        self.start_sandbox()
        self.run(
            "portal",
            *("-m", "gunicorn", "notify_admin.wsgi", "--log-level", "warning"),
            *("--bind", f"{HOST}:{self.portal_port}", "--workers", "2"),
            *("--threads", "8"),
        )
        self.run("worker", *self.celery("worker", "--concurrency", "2", *FEW_MESSAGES))
        schedule = str(self.folder / "celery" / "beat")
        self.run("beat", *self.celery("beat", "--schedule", schedule))
        self.await_answer("portal", f"{self.portal_url}/_status?simple=1")

    def start_sandbox(self) -> None:
        """Start the API alone; the first time it makes the demo data."""
        port, files = str(self.sandbox_port), str(self.folder / "files")
        self.run("sandbox", "manage.py", "sandbox", "--port", port, "--files", files)
        self.await_answer("sandbox", f"{self.sandbox_url}/_status")

    @staticmethod
    def celery(role: str, *options: str) -> list[str]:
        """Celery as a worker or as the clock."""
        celery = ["-W", "ignore", "-m", "celery", "--quiet", "--app", "notify_admin"]
        return [*celery, role, "--loglevel", "error", *options]

    def run(self, name: str, *arguments: str) -> None:
        """Start one process in a session of its own, so that Ctrl-C reaches only us."""
        self.children[name] = subprocess.Popen(  # noqa: S603  our own command line
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )

    def await_answer(self, name: str, url: str) -> None:
        """Wait until a process answers."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.children[name].poll() is not None:
                raise DemoError(f"The {name} did not start: see above. {RESET}")
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  loopback
                return
            time.sleep(0.1)
        raise DemoError(f"The {name} did not answer within {START_SECONDS} seconds.")

    def wait(self) -> None:
        """Wait for ever, or until a process ends by itself."""
        while True:
            for name, child in self.children.items():
                if child.poll() is not None:
                    raise DemoError(f"The {name} ended by itself: see above.")
            time.sleep(0.2)

    def stop(self, *names: str) -> None:
        """Ask processes to end, all of them if none is named; end those that do not."""
        chosen = {
            name: self.children.pop(name) for name in names or tuple(self.children)
        }
        # The API ends last, as the others may still be asking it.
        sandbox = chosen.pop("sandbox", None)
        end(list(chosen.values()))
        end([sandbox] if sandbox else [])

    def welcome(self) -> str:
        """What to open, and as whom."""
        return f"""
The demo is running.

  Portal          {self.portal_url}/
  Django admin    {self.portal_url}/admin/
  Outbox          {self.sandbox_url}/_sandbox/outbox   (sign-in codes and everything "sent")

The sign-in page lists the demo people and their passwords.
Ctrl-C stops everything and keeps the data; make demo-reset starts over.
"""


# One worker needs no talk with others, and on a folder every message is a file.
FEW_MESSAGES = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """End processes with all that they started, the slow ones by force."""
    for process in reversed(processes):
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def kept_secrets(path: Path) -> dict[str, str]:
    """Read the demo's secrets, and make those that it does not have yet."""
    if not path.exists():
        path.touch(mode=0o600)
    kept = dict(line.split("=", 1) for line in path.read_text().splitlines())
    missing = [name for name in SECRETS if name not in kept]
    made = {name: secrets.token_urlsafe(48) for name in missing}
    with path.open("a") as file:
        file.writelines(f"{name}={value}\n" for name, value in made.items())
    return kept | made


def static_is_old() -> bool:
    """Whether a source of a static file is newer than the last collection."""
    manifest = STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    sources = [ROOT / "requirements.txt", *ROOT.glob("portal/*/static/**/*")]
    return any(path.stat().st_mtime > collected for path in sources)


if __name__ == "__main__":
    sys.exit(main())
