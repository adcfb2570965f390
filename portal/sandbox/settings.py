"""Settings of the sandbox's own process: the mirror's tables in a database of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env("SANDBOX_DATA_DIR", default=str(BASE_DIR / ".demo")))

# The sandbox binds to loopback and holds made-up data, so its secrets may have defaults.
SECRET_KEY = env("SECRET_KEY", default="sandbox-only-secret-key-not-for-production")
DANGEROUS_SALT = env("DANGEROUS_SALT", default="sandbox-only-salt")
TOKEN_SECRET_KEY = env("TOKEN_SECRET_KEY", default="")
# Off, so that errors are answered in the API's shape; what it says otherwise is below.
DEBUG = False
SANDBOX_DEBUG = env.bool("SANDBOX_DEBUG", default=True)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "portal.remote",
    "portal.sandbox",
    "portal.users",
    "portal.services",
    "portal.organisations",
    "portal.message_templates",
    "portal.notifications",
    "portal.jobs",
    "portal.letters",
    "portal.inbound",
    "portal.branding",
    "portal.api_keys",
    "portal.invites",
    "portal.billing",
    "portal.providers",
    "portal.platform",
]
# Gives every answer its length, without which connections cannot be kept open.
MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "portal.sandbox.faults.FaultMiddleware",
]
ROOT_URLCONF = "portal.sandbox.urls"
APPEND_SLASH = False
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
]

SQLITE_OPTIONS = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
}


def database(url: str) -> dict[str, Any]:
    """Turn a database URL into Django's settings for it."""
    config: dict[str, Any] = dict(env.db_url_config(url))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
    if config["ENGINE"].endswith("postgresql"):
        config["ENGINE"] = "portal.remote.backends.notify_postgresql"
    config["CONN_MAX_AGE"] = None
    return config


DATABASES = {
    "default": database(
        env("SANDBOX_DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'sandbox.sqlite3'}")
    )
}
# What only counts is read there, as the API reads from a replica of its own.
if REPLICA_URL := env("SANDBOX_REPLICA_URL", default=""):
    DATABASES["replica"] = database(REPLICA_URL) | {"READ_ONLY": True}
DATABASE_ROUTERS = ["portal.sandbox.replica.ReplicaRouter"]
CACHES = {
    alias: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    for alias in ("default", "remote")
}
PASSWORD_HASHERS = ["portal.sandbox.passwords.LightPasswordHasher"]
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Who may call, and what the API's own configuration says.
ADMIN_CLIENT_USER_NAME = env("ADMIN_CLIENT_USER_NAME", default="notify-admin")
ADMIN_CLIENT_SECRET = env("ADMIN_CLIENT_SECRET", default="dev-notify-secret-key")
TEMPLATE_PREVIEW_API_KEY = env(
    "TEMPLATE_PREVIEW_API_KEY", default="dev-template-preview-key"
)
DOCUMENT_DOWNLOAD_API_KEY = env("DOCUMENT_DOWNLOAD_API_KEY", default="sandbox-only")
ADMIN_BASE_URL = env("ADMIN_BASE_URL", default="http://localhost:8000")
FILES_DIR = Path(env("PORTAL_FILES_DIR", default=str(DATA_DIR / "files")))
SANDBOX_SPEED = env.float("SANDBOX_SPEED", default=1.0)

DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"level": "WARNING", "handlers": ["console"]},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # Refusals are everyday answers; only what broke is worth a line.
        "django.request": {"level": "ERROR"},
    },
}
