"""What only real sockets show: hanging and refusing servers, and connections kept alive."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal.remote import context
from portal.remote.client import NotifyAdminAPIClient
from portal.remote.errors import Unavailable

client = NotifyAdminAPIClient()


@pytest.fixture
def silent(settings):
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.API_HOST_NAME = f"http://127.0.0.1:{server.getsockname()[1]}"
        yield


@pytest.fixture
def refusing(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.API_HOST_NAME = f"http://127.0.0.1:{server.getsockname()[1]}"


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self.server.peers.add(self.client_address)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args):
        pass


@pytest.fixture
def answering(settings):
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.peers = set()
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.API_HOST_NAME = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()


@pytest.mark.usefixtures("silent")
def test_a_server_that_hangs_is_left_at_the_deadline():
    started = time.monotonic()

    with context.scope(seconds=0.1), pytest.raises(Unavailable):
        client.get("/thing")

    assert time.monotonic() - started < 1


@pytest.mark.usefixtures("silent")
def test_a_write_that_was_sent_and_not_answered_may_have_happened():
    with context.scope(seconds=0.1), pytest.raises(Unavailable) as caught:
        client.post("/thing", data={})

    assert caught.value.uncertain


@pytest.mark.usefixtures("refusing")
def test_a_write_that_reached_nobody_has_not_happened():
    with pytest.raises(Unavailable) as caught:
        client.post("/thing", data={})

    assert not caught.value.uncertain


def test_a_connection_is_used_again(answering):
    for _ in range(5):
        client.get("/thing")

    assert len(answering.peers) == 1
