"""Times five reads of 20 ms side by side: ``python -m tests.benchmarks.parallel_reads``.

The API is a threaded server in a process of its own. Prints medians, and their ratio to one read.
"""

from __future__ import annotations

from tests.benchmarks.measuring import api, median_ms, say

ANSWER_AFTER = 0.02


def main() -> None:
    """Print how long several reads take together, and in turn."""
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
        say(f"{name:18} {took:7.2f} ms  {took / alone:5.2f} x one")


if __name__ == "__main__":
    with api(after=ANSWER_AFTER):
        main()
