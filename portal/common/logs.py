"""Keeps what addresses hold out of the log."""

from __future__ import annotations

import logging
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
