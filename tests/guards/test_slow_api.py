"""No page waits for longer than it may, whatever a real server does."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest

from portal.remote import http
from tests.guards import pages
from tests.guards.conftest import Visit
from tests.guards.people import everyone
from tests.guards.world import upload_file

PAGE_SECONDS = 0.4
LEEWAY = 1.1


def hang(connection, over):
    """Take the request and say nothing."""
    over.wait()


def drip(connection, over):
    """Answer a byte at a time, each of them in time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{")
    while not over.wait(0.05):
        connection.sendall(b" ")


@pytest.fixture(params=[hang, drip], ids=["hangs", "drips"])
def slow_api(request, settings):
    """A server that never comes to an end."""
    over = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def serve(connection):
        with connection, contextlib.suppress(OSError):
            connection.recv(65536)
            request.param(connection, over)

    def listen():
        with contextlib.suppress(OSError):
            while True:
                connection, _address = server.accept()
                threading.Thread(target=serve, args=[connection], daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    settings.API_HOST_NAME = f"http://127.0.0.1:{server.getsockname()[1]}"
    settings.NOTIFY_PAGE_SECONDS = PAGE_SECONDS
    settings.NOTIFY_RETRIES = 2
    yield
    over.set()
    server.close()
    http.reset()


PAGES = [
    ("POST", "sign-in"),
    ("GET", pages.S),
    ("GET", pages.T),
    ("POST", f"{pages.ONE}/edit"),
    ("GET", f"{pages.J}.csv"),
]


@pytest.mark.parametrize(("method", "route"), PAGES)
def test_a_page_gives_up_in_time(db, slow_api, method, route):
    upload_file()
    name = "anonymous" if route == "sign-in" else "member with all permissions"
    browser = Visit(everyone()[name])
    began = time.monotonic()

    response = browser(method, route)

    assert response.status_code == 503
    assert time.monotonic() - began < PAGE_SECONDS + LEEWAY
    assert b"Sorry, the service is unavailable" in response.content


def test_signing_out_does_not_wait_either(db, slow_api):
    browser = Visit(everyone()["member with all permissions"])
    began = time.monotonic()

    response = browser("GET", "sign-out")

    assert response.status_code == 302
    assert time.monotonic() - began < PAGE_SECONDS + LEEWAY


def test_the_django_admin_gives_up_in_time(db, slow_api):
    browser = Visit(everyone()["platform admin"])
    began = time.monotonic()

    response = browser.client.get("/admin/services/service/")

    assert response.status_code == 503
    assert time.monotonic() - began < PAGE_SECONDS + LEEWAY
