"""Settings of the tests: embedded everything, no network beyond loopback."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 40)
os.environ.setdefault("DANGEROUS_SALT", "tests-only-salt")
os.environ.setdefault("ADMIN_CLIENT_SECRET", "tests-only-secret-of-thirty-two-bytes")
os.environ["API_HOST_NAME"] = "http://api.test"
os.environ["PORTAL_DATA_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")
for name in ("REDIS_URL", "DATABASE_URL", "NOTIFY_REPLICA_URL", "PORTAL_DEMO"):
    os.environ.pop(name, None)

from notify_admin.settings import *  # noqa: E402, F403

DATABASES["default"]["NAME"] = ":memory:"  # noqa: F405
DATABASES["default"]["OPTIONS"] = {}  # noqa: F405
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
ALLOWED_HOSTS = ["*"]
NOTIFY_RETRIES = 0
# A busy machine is no reason for a page to give up; what gives up in time says in which.
NOTIFY_PAGE_SECONDS = 60
INSTALLED_APPS += ["tests.remote.orm.staffing"]  # noqa: F405
# Each test has a browser of its own, for which all static files would be looked through.
WHITENOISE_AUTOREFRESH = True
