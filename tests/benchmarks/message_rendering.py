"""Measure how fast messages are filled in and numbers read: `python -m tests.benchmarks.message_rendering`.

Prints how many of each a second of the processor's time makes, and how many times as long
one takes as Python needs to put the same values into the same words with `str.format`.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

MESSAGES, ROUNDS = 5_000, 5
# What a second is to make, and the most times as long as the baseline one may take.
GOALS = {
    "text messages": (100_000, 15),
    "e-mails": (10_000, 30),
    "UK mobiles": (200_000, 8),
}
WORDS = "Dear ((name)), your appointment at ((place)) is on ((day)). Your reference is ((ref))."
LINES = """# Your appointment

Dear ((name)),

You have an appointment at ((place)) on ((day)).

* bring this letter
* come ten minutes early

See https://example.org/appointments/((ref)) - or [call us](tel:03000000000).

---

It's the team at ((place))
"""


def main() -> int:
    """Print figures; fail where a ratio is beyond its bound, which a busy machine keeps."""
    import django

    django.setup()
    values = [
        {
            "name": f"Person {n}",
            "place": "The Town Hall",
            "day": "Monday",
            "ref": f"AB{n}",
        }
        for n in range(MESSAGES)
    ]
    pattern = WORDS.replace("((", "{").replace("))", "}")
    baseline = seconds(lambda: [pattern.format(**given) for given in values])
    failed = False
    for name, work in works(values).items():
        taken = seconds(work)
        ratio = taken / baseline
        goal, most = GOALS[name]
        failed |= ratio > most
        say(
            f"{name}: {MESSAGES / taken:,.0f} a second (goal {goal:,}), "
            f"{ratio:.1f} times the baseline (at most {most})"
        )
    return int(failed)


def works(values):
    """What is measured, by name."""
    from portal.messages.email import EmailMessage
    from portal.messages.fields import Content
    from portal.messages.phone_numbers import parse_phone_number
    from portal.messages.sms import TextMessage

    words, subject, lines = Content(WORDS), Content("For ((name))"), Content(LINES)
    numbers = [f"07700 9{n:05}" for n in range(MESSAGES)]
    return {
        "text messages": lambda: [
            TextMessage(words, prefix="Parks", values=given).text for given in values
        ],
        "e-mails": lambda: [
            EmailMessage(subject, lines, given).html() for given in values
        ],
        "UK mobiles": lambda: [parse_phone_number(number) for number in numbers],
    }


def seconds(work) -> float:
    """The median of the processor's time for some work, once it is warm."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
