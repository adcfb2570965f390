"""Servers that some tests need: a test without its server is left out, in CI it fails."""

from __future__ import annotations

import os
import socket
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


def _require(url: str, name: str) -> str:
    if not _answers(url):
        sentence = f"No {name} answers at {urlsplit(url).netloc.rpartition('@')[2]}."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    return url


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname, parts.port), 0.5).close()
    except OSError:
        return False
    return True
