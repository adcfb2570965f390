"""The sandbox's HTTP server: a thread for each connection, on this machine only."""

from __future__ import annotations

import socket
from typing import Any

from django.core.servers.basehttp import (
    ThreadedWSGIServer,
    WSGIRequestHandler,
)
from django.core.wsgi import get_wsgi_application

HOST = "127.0.0.1"


class QuietHandler(WSGIRequestHandler):
    """Keeps the terminal free of a line for each request."""

    def setup(self) -> None:
        super().setup()
        # Answers leave in two writes; without this the second waits for an acknowledgement.
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class SandboxServer(ThreadedWSGIServer):
    """Takes many connections at once."""

    request_queue_size = 128


def make_server(port: int) -> SandboxServer:
    """Bind to the port of this machine; ``OSError`` when it is taken."""
    server = SandboxServer((HOST, port), QuietHandler)
    server.set_app(get_wsgi_application())
    return server
