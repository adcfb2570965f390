"""Servers that some tests need: a test without its server is left out, in CI it fails."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from typing import NoReturn
from urllib.parse import urlsplit

import pytest

REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/2")
POSTGRES_URL = os.environ.get(
    "TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)
RABBITMQ_URL = os.environ.get(
    "TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"
)


def require_redis() -> str:
    """Return the address of a Redis server, or leave the test out."""
    return _require(REDIS_URL, "Redis")


def require_postgres() -> str:
    """Return the address of a PostgreSQL server, or leave the test out."""
    return _require(POSTGRES_URL, "PostgreSQL")


def require_rabbitmq() -> str:
    """Return the address of a RabbitMQ server, or leave the test out."""
    return _require(RABBITMQ_URL, "RabbitMQ")


class RedisServer:
    """A Redis of a test's own on a port of its own, so that it can be stopped."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", ""]
        self.process = subprocess.Popen(
            [*command, "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL
        )
        for _ in range(200):
            if _answers(self.url):
                return
            time.sleep(0.02)
        raise RuntimeError("redis-server did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def require_redis_server() -> RedisServer:
    """Start a Redis server, or leave the test out where none is installed."""
    if shutil.which("redis-server") is None:
        _leave_out("There is no redis-server.")
    return RedisServer()


def _require(url: str, name: str) -> str:
    if not _answers(url):
        _leave_out(f"No {name} answers at {urlsplit(url).netloc.rpartition('@')[2]}.")
    return url


def _leave_out(sentence: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), 0.5).close()
    except OSError:
        return False
    return True
