"""A broker in a folder, for a portal without RabbitMQ or Redis: a killed worker loses nothing.

kombu's file transport forgets a message as soon as it is handed out. Here it is held in
a second folder until it is acknowledged; the next worker to start puts back what the
last one left unfinished. One worker per folder.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from queue import Empty
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

TRANSPORT_ALIASES["safefile"] = "portal.common.filebroker:Transport"
QUEUE, HELD, CONTROL = "queue", "held", "control"
LOCK_SECONDS = 10.0


def folder(name: str) -> Path:
    """Return one of the broker's folders, which nobody else on the machine may read."""
    settings.CELERY_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    path: Path = settings.CELERY_FOLDER / name
    path.mkdir(mode=0o700, exist_ok=True)
    return path


class Channel(filesystem.Channel):
    """Messages as files: written to one folder, held in another until acknowledged."""

    @cached_property
    def control_folder(self) -> Path:
        return folder(CONTROL)

    @cached_property
    def data_folder_in(self) -> Path:
        return folder(QUEUE)

    @cached_property
    def data_folder_out(self) -> Path:
        return folder(QUEUE)

    @cached_property
    def processed_folder(self) -> Path:
        return folder(HELD)

    # kombu's own classes do not agree on the name of the second argument.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        tag = payload["properties"]["delivery_tag"]
        hidden = self.data_folder_out / f".{tag}"
        hidden.touch(mode=0o600)
        hidden.write_text(dumps(payload))  # type: ignore[no-untyped-call]
        hidden.rename(self.data_folder_out / f"{time.time_ns():020}_{tag}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for source in sorted(self.data_folder_in.glob(f"*.{queue}.msg")):
            if source.name.partition(".")[2] != f"{queue}.msg":
                continue
            try:
                message = loads(source.read_text())  # type: ignore[no-untyped-call]
                tag = message["properties"]["delivery_tag"]
                # Whoever renames it has it.
                source.rename(self.processed_folder / f"{tag}.{queue}.msg")
            except FileNotFoundError:
                continue
            return message
        raise Empty

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """Let go of a message that has been dealt with."""
        super().basic_ack(delivery_tag, multiple)  # type: ignore[no-untyped-call]
        self._let_go(delivery_tag)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Let go of a message; to requeue it is to put it anew."""
        super().basic_reject(delivery_tag, requeue)  # type: ignore[no-untyped-call]
        self._let_go(delivery_tag)

    def _let_go(self, tag: str) -> None:
        for path in self.processed_folder.glob(f"{tag}.*"):
            path.unlink(missing_ok=True)


class Transport(filesystem.Transport):
    """The transport behind ``safefile://``."""

    Channel = Channel
    polling_interval = 0.5
    # There is no host to miss, about which kombu would warn.
    default_connection_params: Mapping[str, Any] = {}


def put_back() -> None:
    """Queue again, first in line, what a worker that is gone left unfinished."""
    for path in folder(HELD).glob("*.msg"):
        path.rename(folder(QUEUE) / f"{0:020}_{path.name}")


def take_folder() -> IO[str]:
    """Become the folder's one worker for as long as the returned file is open."""
    mine = (folder(CONTROL).parent / "worker.lock").open("w")
    patience = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > patience:
                raise ImproperlyConfigured(
                    f"Another worker uses {settings.CELERY_FOLDER}. Stop it, or set "
                    "CELERY_BROKER_URL to a RabbitMQ or Redis, which can have several."
                ) from None
            time.sleep(0.1)
        else:
            os.ftruncate(mine.fileno(), 0)
            mine.write(f"{os.getpid()}\n")
            mine.flush()
            return mine
