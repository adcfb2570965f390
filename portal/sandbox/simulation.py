"""What providers and time do: messages are sent and delivered, jobs run row by row."""

from __future__ import annotations

import threading


def start(stop: threading.Event) -> None:
    """Start the thread that moves messages and jobs on until ``stop`` is set."""
