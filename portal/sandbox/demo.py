"""Start the whole demo on this machine: sandbox API, portal, Celery worker and beat."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".demo"
STATIC_ROOT = ROOT / "staticfiles"
HOST = "127.0.0.1"
SANDBOX_PORT = int(os.environ.get("DEMO_SANDBOX_PORT", "6011"))
PORTAL_PORT = int(os.environ.get("DEMO_PORT", "8000"))
SECRETS = ("SECRET_KEY", "DANGEROUS_SALT", "ADMIN_CLIENT_SECRET")
START_SECONDS = 90
STOP_SECONDS = 10

Children = dict[str, subprocess.Popen[bytes]]


class DemoError(Exception):
    """The demo cannot go on; the message says why and what to do."""


def main() -> int:
    """Run until Ctrl-C; the exit code is 1 when something failed."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    children: Children = {}
    try:
        run(children)
    except DemoError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("\nStopping…")
    finally:
        stop(children)
    return 0


def run(children: Children) -> None:
    """Prepare what is missing, start every process, wait."""
    check_port(SANDBOX_PORT, "DEMO_SANDBOX_PORT")
    check_port(PORTAL_PORT, "DEMO_PORT")
    environment = make_environment()
    fresh = not (FOLDER / "sandbox.sqlite3").exists()
    prepare(environment)
    if fresh:
        say("Making the demo data…")
    start(children, "sandbox", environment, sandbox_command())
    wait_for(children, "sandbox", f"http://{HOST}:{SANDBOX_PORT}/_status")
    start(children, "portal", environment, portal_command())
    start(children, "worker", environment, celery_command("worker", *WORKER_OPTIONS))
    start(children, "beat", environment, celery_command("beat", *BEAT_OPTIONS))
    wait_for(children, "portal", f"http://{HOST}:{PORTAL_PORT}/_status?simple=1")
    say(welcome())
    while all(child.poll() is None for child in children.values()):
        time.sleep(0.2)
    ended = next(name for name, child in children.items() if child.poll() is not None)
    raise DemoError(f"The {ended} ended by itself: its last words are above.")


WORKER_OPTIONS = (
    "--concurrency=2",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
)
BEAT_OPTIONS = ("--schedule", str(FOLDER / "celery" / "beat"))


def sandbox_command() -> list[str]:
    """The sandbox API on its port, with its files in the demo folder."""
    return [
        *(sys.executable, "manage.py", "sandbox", "--port", str(SANDBOX_PORT)),
        *("--files", str(FOLDER / "files")),
    ]


def portal_command() -> list[str]:
    """The portal behind gunicorn's threads."""
    return [
        *(sys.executable, "-m", "gunicorn", "notify_admin.wsgi"),
        *("--bind", f"{HOST}:{PORTAL_PORT}", "--workers", "2", "--threads", "8"),
        *("--log-level", "warning"),
    ]


def celery_command(role: str, *options: str) -> list[str]:
    """Celery as a worker or as the clock."""
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "notify_admin", role]
    return [*celery, "--loglevel", "warning", *options]


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


def make_environment() -> dict[str, str]:
    """The variables of all processes; secrets are made at the first start and kept."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    (FOLDER / "celery").mkdir(mode=0o700, exist_ok=True)
    return {
        **os.environ,
        **kept_secrets(FOLDER / "secrets.env"),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "notify_admin.settings",
        "API_HOST_NAME": f"http://{HOST}:{SANDBOX_PORT}",
        "ADMIN_BASE_URL": f"http://{HOST}:{PORTAL_PORT}",
        "PORTAL_DATA_DIR": str(FOLDER),
        "PORTAL_FILES_DIR": str(FOLDER / "files"),
        "SANDBOX_DATA_DIR": str(FOLDER),
        "PORTAL_DEMO": "1",
    }


def kept_secrets(path: Path) -> dict[str, str]:
    """Read the demo's secrets, or make them."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(
            "".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in SECRETS)
        )
    return dict(line.split("=", 1) for line in path.read_text().splitlines())


def prepare(environment: dict[str, str]) -> None:
    """Bring the portal's own database and its static files up to date."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(  # noqa: S603  our own command line
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DemoError(
            f"The portal's database in {FOLDER} cannot be used ({reason}). "
            "make demo-reset starts over with a new one."
        )
    if static_is_old():
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput"]
        subprocess.run(  # noqa: S603  our own command line
            [*collect, "--verbosity", "0"], cwd=ROOT, env=environment, check=True
        )


def static_is_old() -> bool:
    """Whether a source of a static file is newer than the last collection."""
    manifest = STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    sources = [ROOT / "requirements.txt", *ROOT.glob("portal/*/static/**/*")]
    return any(path.stat().st_mtime > collected for path in sources)


def start(
    children: Children, name: str, environment: dict[str, str], command: list[str]
) -> None:
    """Start one process in a session of its own, so that Ctrl-C reaches only us."""
    children[name] = subprocess.Popen(  # noqa: S603  our own command line
        command, cwd=ROOT, env=environment, start_new_session=True
    )


def wait_for(children: Children, name: str, url: str) -> None:
    """Wait until a process answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if children[name].poll() is not None:
            raise DemoError(
                f"The {name} did not start: see above. "
                "make demo-reset starts over with new data."
            )
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  loopback
            return
        time.sleep(0.1)
    raise DemoError(f"The {name} did not answer within {START_SECONDS} seconds.")


def stop(children: Children) -> None:
    """Ask every process to end, and end those that do not."""
    for child in reversed(children.values()):
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def welcome() -> str:
    """What to open, and as whom."""
    portal = f"http://{HOST}:{PORTAL_PORT}"
    sandbox = f"http://{HOST}:{SANDBOX_PORT}"
    return f"""
The demo is running.

  Portal          {portal}/
  Django admin    {portal}/admin/
  Outbox          {sandbox}/_sandbox/outbox   (sign-in codes and everything "sent")

The sign-in page lists the demo people and their passwords.
Ctrl-C stops everything and keeps the data; make demo-reset starts over.
"""


if __name__ == "__main__":
    sys.exit(main())
