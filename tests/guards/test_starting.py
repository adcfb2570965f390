"""What an operator sees: a clean check, or one sentence that says what is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = ("SECRET_KEY", "DANGEROUS_SALT", "ADMIN_CLIENT_SECRET")
PYTHON = sys.executable
STARTS = {
    "manage.py": [PYTHON, "manage.py", "check"],
    "gunicorn": [PYTHON, "-m", "gunicorn", "notify_admin.wsgi", "-b", "127.0.0.1:0"],
    "worker": [PYTHON, "-m", "celery", "--app", "notify_admin", "worker"],
    "beat": [PYTHON, "-m", "celery", "--app", "notify_admin", "beat"],
}


def production(tmp_path, **overrides):
    """Return the environment of a portal behind a real address."""
    environment = {
        "PATH": os.environ["PATH"],
        "PORTAL_DATA_DIR": str(tmp_path),
        "SECRET_KEY": "8fb1c3a4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f70819",
        "DANGEROUS_SALT": "salt-of-production",
        "ADMIN_CLIENT_SECRET": "secret-of-production-with-32-bytes",
        "ADMIN_BASE_URL": "https://admin.notify.example",
        "ALLOWED_HOSTS": "admin.notify.example",
        "API_HOST_NAME": "https://api.notify.example",
        **overrides,
    }
    return {name: value for name, value in environment.items() if value}


def run(command, environment):
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


def test_the_deployment_check_finds_nothing(tmp_path):
    command = [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"]

    ended = run(command, production(tmp_path))

    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout


@pytest.mark.parametrize(
    ("start", "missing"),
    [("manage.py", name) for name in REQUIRED]
    + [(start, "ADMIN_CLIENT_SECRET") for start in STARTS if start != "manage.py"],
)
def test_a_missing_variable_stops_the_start_with_a_sentence(tmp_path, start, missing):
    ended = run(STARTS[start], production(tmp_path, **{missing: ""}))

    assert ended.returncode != 0
    assert f"Set the environment variable {missing}:" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "File " not in ended.stderr


SHOW = """
import json, django
django.setup()
from django.conf import settings
names = [name for name in dir(settings) if "COOKIE" in name or "SECURE" in name]
print(json.dumps({name: getattr(settings, name) for name in [*names, "DEBUG"]}))
"""


def test_cookies_travel_by_https_alone_in_production(tmp_path):
    environment = production(tmp_path, DJANGO_SETTINGS_MODULE="notify_admin.settings")

    shown = json.loads(run([PYTHON, "-c", SHOW], environment).stdout)

    assert shown["SESSION_COOKIE_SECURE"]
    assert shown["CSRF_COOKIE_SECURE"]
    assert shown["SESSION_COOKIE_HTTPONLY"]
    assert shown["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert shown["SECURE_SSL_REDIRECT"]
    assert not shown["DEBUG"]


def test_a_log_at_debug_starts_too(tmp_path):
    environment = production(tmp_path, PORTAL_LOG_LEVEL="DEBUG")

    ended = run([PYTHON, "manage.py", "check"], environment)

    assert ended.returncode == 0
    assert environment["SECRET_KEY"] not in ended.stderr
