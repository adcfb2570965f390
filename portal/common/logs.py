"""What is written to the log: methods, routes and times; never bodies, tokens or recipients."""

from __future__ import annotations

import logging
import sys
from typing import Any

from portal.remote.http import route_template


class RoutesOnly(logging.Filter):
    """Writes the route in place of the address in Django's lines about requests.

    Links in e-mails are addresses with a token: whoever reads the log must not sign in by one.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = f"/{match.route}" if match else route_template(path)
            record.args = tuple(route if arg == path else arg for arg in record.args)
        return True


def to_stderr(level: str) -> dict[str, Any]:
    """Return Django's setting for lines on standard error, from a level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": sys.stderr,
                "formatter": "line",
            }
        },
        "filters": {"routes": {"()": RoutesOnly}},
        "loggers": {
            "django.request": {"filters": ["routes"]},
            "django.security.csrf": {"filters": ["routes"]},
            # What these tell of is full of values: addresses, contexts, sessions, keys.
            "urllib3": {"level": "INFO"},
            "django.template": {"level": "INFO"},
            "django.db.backends": {"level": "INFO"},
            "fido2": {"level": "WARNING"},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
