"""Settings of the portal: every environment variable is read here, once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import environ

from portal.common.logs import to_stderr
from portal.remote.replica import replica

env = environ.Env()

# --- paths
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("PORTAL_DATA_DIR", default=str(BASE_DIR / ".demo")))
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def required(name: str, what: str) -> str:
    """Read a variable without which the portal must not start, and end in a sentence."""
    value = str(env(name, default=""))
    if not value:
        sys.stderr.write(
            f"Set the environment variable {name}: {what}. The README lists all settings.\n"
        )
        # What gunicorn takes as "cannot start"; after any other status it tries for ever.
        raise SystemExit(3)
    return value


# --- security
SECRET_KEY = required("SECRET_KEY", "a long random text that signs sessions and links")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DANGEROUS_SALT = required("DANGEROUS_SALT", "the salt that the API signs links with")
TOKEN_SECRET_KEY = env("TOKEN_SECRET_KEY", default="")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
ADMIN_BASE_URL = env("ADMIN_BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [ADMIN_BASE_URL]
PORTAL_HTTPS = ADMIN_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PORTAL_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if PORTAL_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PORTAL_HTTPS
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "notify_portal_session"
SESSION_COOKIE_AGE = 20 * 3600
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SUPERUSER_IDLE_SECONDS = 30 * 60
CSRF_FAILURE_VIEW = "portal.common.views.csrf_failure"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
}

# --- apps
INSTALLED_APPS = [
    # Before the admin, some of whose templates it has its own of.
    "portal.common",
    "portal.common.site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "portal.remote",
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
    "portal.reports",
    "portal.providers",
    "portal.platform",
    "portal.support",
]
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["portal.users.backends.NotifyBackend"]
LOGIN_URL = "/sign-in"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- middleware
MIDDLEWARE = [
    "portal.common.middleware.RequestScopeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.common.middleware.HeadMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.common.middleware.RemoteErrorMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.users.middleware.SessionRulesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

# --- urls
ROOT_URLCONF = "notify_admin.urls"
WSGI_APPLICATION = "notify_admin.wsgi.application"
APPEND_SLASH = False

# --- templates
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.common.context_processors.portal",
            ],
        },
    }
]

# --- database: `default` holds sessions, audit, drafts and figures; the mirror has none
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url(
        "DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"
    ),
    "notify_api": {"ENGINE": "portal.remote.backends.notify_api"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
if replica_url := env("NOTIFY_REPLICA_URL", default=""):
    DATABASES["notify_replica"] = replica(replica_url)
DATABASE_ROUTERS = ["notify_admin.routers.PortalRouter"]

# --- cache: `default` for Django itself, `remote` for answers of the API
REDIS_URL = env("REDIS_URL", default="")


def _cache(prefix: str, *, forgives: bool) -> dict[str, Any]:
    if not REDIS_URL:
        return {
            "BACKEND": "portal.remote.sqlite_cache.SQLiteCache",
            "LOCATION": str(DATA_DIR / "cache.sqlite3"),
            "KEY_PREFIX": prefix,
        }
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": prefix,
        "OPTIONS": {
            "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
            "SOCKET_CONNECT_TIMEOUT": 0.3,
            "SOCKET_TIMEOUT": 0.3,
            "IGNORE_EXCEPTIONS": forgives,
        },
    }


# Answers of the API must tell a miss from an outage; the rest can do without a cache.
CACHES = {
    "default": _cache("portal", forgives=True),
    "remote": _cache("remote", forgives=False),
}

# --- i18n
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
TIME_ZONE = "Europe/London"
USE_I18N = USE_TZ = True

# --- static files and uploads
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
FILES_DIR = Path(env("PORTAL_FILES_DIR", default=str(DATA_DIR / "files")))
S3_BUCKETS = {
    alias: env(f"S3_BUCKET_{alias.upper()}", default="")
    for alias in (
        "csv_upload",
        "contact_list_upload",
        "transient_uploaded_letters",
        "precompiled_originals_backup_letters",
        "letter_attachments",
        "logo_upload",
        "report_requests_download",
        "template_email_files",
        "mou",
    )
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "media"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    **{
        alias: {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": FILES_DIR / (bucket or alias)},
        }
        for alias, bucket in S3_BUCKETS.items()
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# --- Celery
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="safefile://")
CELERY_FOLDER = DATA_DIR / "celery"

# --- Notify API
API_HOST_NAME = env("API_HOST_NAME", default="http://localhost:6011")
ADMIN_CLIENT_USER_NAME = env("ADMIN_CLIENT_USER_NAME", default="notify-admin")
ADMIN_CLIENT_SECRET = required(
    "ADMIN_CLIENT_SECRET", "the secret that the Notify API shares with this portal"
)
NOTIFY_CONNECT_TIMEOUT = env.float("NOTIFY_CONNECT_TIMEOUT", default=2.0)
NOTIFY_READ_TIMEOUT = env.float("NOTIFY_READ_TIMEOUT", default=20.0)
NOTIFY_PAGE_SECONDS = env.float("NOTIFY_PAGE_SECONDS", default=4.5)
NOTIFY_RETRIES = env.int("NOTIFY_RETRIES", default=2)
NOTIFY_POOL_SIZE = env.int("NOTIFY_POOL_SIZE", default=32)
# Whether REDIS_URL names the Redis that the API counts its daily limits in.
NOTIFY_REDIS_SHARED = env.bool("NOTIFY_REDIS_SHARED", default=False)
TEMPLATE_PREVIEW_API_HOST = env("TEMPLATE_PREVIEW_API_HOST", default="")
TEMPLATE_PREVIEW_API_KEY = env("TEMPLATE_PREVIEW_API_KEY", default="")
TEMPLATE_PREVIEW_SECONDS = env.float("TEMPLATE_PREVIEW_SECONDS", default=2.0)
DOCUMENT_DOWNLOAD_API_HOST = env("DOCUMENT_DOWNLOAD_API_HOST", default="")
DOCUMENT_DOWNLOAD_API_KEY = env("DOCUMENT_DOWNLOAD_API_KEY", default="")

# --- the portal's looks and the demo
PORTAL_BRAND_NAME = env("PORTAL_BRAND_NAME", default="Notify")
PORTAL_BRAND_LOGO = env("PORTAL_BRAND_LOGO", default="")
PORTAL_BRAND_COLOUR = env("PORTAL_BRAND_COLOUR", default="#1d70b8")
PORTAL_PHASE_BANNER = env("PORTAL_PHASE_BANNER", default="")
PORTAL_FOOTER_LINKS = env.json("PORTAL_FOOTER_LINKS", default={})
# Whose people may register besides those of the API's organisations; "*" is everybody.
PORTAL_EMAIL_DOMAINS = env.list("PORTAL_EMAIL_DOMAINS", default=["gov.uk"])
PORTAL_SUPPORT_EMAIL = env("PORTAL_SUPPORT_EMAIL", default="")
# Where messages to that address go out, such as smtp://user:password@host:587.
EMAIL_URL = env("EMAIL_URL", default="")
PORTAL_SENDS_EMAIL = bool(EMAIL_URL)
EMAIL_CONFIG = environ.Env.email_url_config(EMAIL_URL or "dummymail://")
EMAIL_BACKEND: str = EMAIL_CONFIG.pop("EMAIL_BACKEND")
globals().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = PORTAL_SUPPORT_EMAIL or "webmaster@localhost"
PORTAL_DEMO = env.bool("PORTAL_DEMO", default=False)
PORTAL_DEMO_OUTBOX = f"{API_HOST_NAME}/_sandbox/outbox"
PORTAL_DEMO_PEOPLE = f"{API_HOST_NAME}/_sandbox/people.json"

# --- logging
LOGGING = to_stderr(env("PORTAL_LOG_LEVEL", default="WARNING"))
