"""The sandbox's HTTP server: a thread for each connection, on this machine only."""

from __future__ import annotations

import contextlib
import socket
from typing import Any, cast

from django.core.servers.basehttp import (
    ServerHandler,
    ThreadedWSGIServer,
    WSGIRequestHandler,
)
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

HOST = "127.0.0.1"
LONGEST_LINE = 65536


class Answering(ServerHandler):
    """Tells clients that the connection ends, which they must know to open another."""

    request_handler: WSGIRequestHandler
    headers: Any

    def cleanup_headers(self) -> None:
        super().cleanup_headers()
        if self.request_handler.close_connection:
            self.headers["Connection"] = "close"


class QuietHandler(WSGIRequestHandler):
    """Keeps the terminal free of a line for each request."""

    def setup(self) -> None:
        super().setup()
        # Answers leave in two writes; without this the second waits for an acknowledgement.
        cast(socket.socket, self.request).setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )

    def handle_one_request(self) -> None:
        """Do as Django's, with our way of ending connections."""
        self.raw_requestline = self.rfile.readline(LONGEST_LINE + 1)
        if len(self.raw_requestline) > LONGEST_LINE:
            self.requestline = self.request_version = self.command = ""
            self.send_error(414)
            return
        if not self.parse_request():
            return
        handler = Answering(
            self.rfile, self.wfile, self.get_stderr(), self.get_environ()
        )
        handler.request_handler = self
        handler.run(cast(Any, self.server).get_app())

    def get_environ(self) -> dict[str, Any]:
        """Add the way to end a connection without an answer."""
        return super().get_environ() | {"sandbox.hang_up": self.hang_up}

    def hang_up(self) -> None:
        """End the connection as it is."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            cast(socket.socket, self.request).shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class SandboxServer(ThreadedWSGIServer):
    """Takes many connections at once."""

    request_queue_size = 128


def make_server(port: int) -> SandboxServer:
    """Bind to the port of this machine; ``OSError`` when it is taken."""
    server = SandboxServer((HOST, port), QuietHandler)
    server.set_app(get_wsgi_application())
    # What is wrong with a route shows now, not at the first request.
    _ = get_resolver().url_patterns
    return server
