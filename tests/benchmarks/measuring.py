"""What the benchmarks share: medians, a server in a process of its own, and lines of figures."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROUNDS = 40


class Answering(BaseHTTPRequestHandler):
    """Answers every GET with the same JSON, after ``after`` seconds."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    after = 0.0
    body = b'{"data": []}'

    def do_GET(self):
        if self.after:
            time.sleep(self.after)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


def serve(after: float) -> None:
    """Answer on a free port, whose number is the first line printed, until stopped."""
    Answering.after = after
    server = Server(("127.0.0.1", 0), Answering)
    say(str(server.server_port))
    sys.stdout.flush()
    server.serve_forever()


@contextlib.contextmanager
def api(after: float = 0.0):
    """Run an API in a process of its own and set the portal up to ask it."""
    server = subprocess.Popen(
        [sys.executable, "-m", __name__, str(after)], stdout=subprocess.PIPE, text=True
    )
    try:
        set_up()
        from django.conf import settings

        settings.API_HOST_NAME = f"http://127.0.0.1:{int(server.stdout.readline())}"
        yield settings.API_HOST_NAME
    finally:
        server.terminate()
        server.wait()


def set_up() -> None:
    """Load the portal with the settings of its tests."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()


def median_ms(work, rounds: int = ROUNDS) -> float:
    """Return the median of what one round takes, in milliseconds, after one that warms up."""
    return medians_ms({"": work}, rounds)[""]


def medians_ms(works, rounds: int = ROUNDS) -> dict[str, float]:
    """Return the medians of several works, taken in turn so that a busy moment hits all."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    serve(float(sys.argv[1]))
