"""Measure a client's call beside a bare one: ``python -m tests.benchmarks.client_calls``.

Both ask the same server on the loopback and read its JSON, over a connection that is kept. Prints
the medians and fails when the client adds more than 0.3 ms.
"""

from __future__ import annotations

import sys

from tests.benchmarks.measuring import api, medians_ms, say

MOST_MS, ROUNDS = 0.3, 1500


def main(host: str) -> int:
    """Print both medians and their difference; fail beyond the goal."""
    import requests

    from portal.remote import context
    from portal.remote.client import NotifyAdminAPIClient

    client, session = NotifyAdminAPIClient(), requests.Session()
    with context.scope(user_id="5e7bd1cb-0000-4000-8000-000000000001"):
        took = medians_ms(
            {
                "bare requests": lambda: session.get(f"{host}/service/1").json(),
                "the client": lambda: client.get("/service/1"),
            },
            ROUNDS,
        )
    for name, ms in took.items():
        say(f"{name:14} {ms:6.3f} ms")
    added = took["the client"] - took["bare requests"]
    say(f"added by the client: {added:.3f} ms (goal {MOST_MS})")
    return int(added > MOST_MS)


if __name__ == "__main__":
    with api() as its_host:
        failed = main(its_host)
    sys.exit(failed)
