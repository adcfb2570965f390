"""Times five reads of 20 ms side by side: ``python -m tests.benchmarks.parallel_reads``.

The API is a threaded server in a process of its own. Prints medians, and their ratio to one read.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWER_AFTER = 0.02
ROUNDS = 40


class Slow(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        time.sleep(ANSWER_AFTER)
        body = b'{"data": []}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


def serve():
    server = Server(("127.0.0.1", 0), Slow)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


def median_ms(work):
    work()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def measure(port):
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.API_HOST_NAME = f"http://127.0.0.1:{port}"

    from portal.remote.client import NotifyAdminAPIClient
    from portal.remote.parallel import together

    client = NotifyAdminAPIClient()

    def one():
        return client.get("/thing")

    alone = median_ms(one)
    for name, work in {
        "1 alone": one,
        "5 in turn": lambda: [one() for _ in range(5)],
        "5 together": lambda: together(*[one] * 5),
        "10 together": lambda: together(*[one] * 10),
        "5 that do nothing": lambda: together(*[lambda: None] * 5),
    }.items():
        took = median_ms(work)
        sys.stdout.write(f"{name:18} {took:7.2f} ms  {took / alone:5.2f} x one\n")


def main():
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.parallel_reads", "serve"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        measure(int(server.stdout.readline()))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    serve() if "serve" in sys.argv else main()
