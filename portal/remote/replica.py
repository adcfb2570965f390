"""How a read replica of the API's database is connected to: read-only by construction."""

from __future__ import annotations

from typing import Any

import environ

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 1200
MOST_CONNECTIONS = 10


def replica(url: str) -> dict[str, Any]:
    """Turn a URL into Django's settings for a replica; the limits are those of the API's own.

    Connections are pooled. The server refuses writes by itself, and Django's are refused before.
    """
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if str(config.get("ENGINE")).endswith("postgresql"):
        config["ENGINE"] = "portal.remote.backends.notify_postgresql"
    options = {
        "connect_timeout": CONNECT_SECONDS,
        "options": (
            "-c default_transaction_read_only=on "
            f"-c statement_timeout={STATEMENT_SECONDS * 1000}"
        ),
        "pool": {
            "min_size": 0,
            "max_size": MOST_CONNECTIONS,
            "timeout": CONNECT_SECONDS,
        },
    }
    return {
        **config,
        "READ_ONLY": True,
        "OPTIONS": {**config.get("OPTIONS", {}), **options},
    }
