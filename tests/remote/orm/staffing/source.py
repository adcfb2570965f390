"""A stand-in for an API: two lists over dictionaries and one paged endpoint, counting calls."""

from __future__ import annotations

import itertools
import uuid
from collections import Counter

from portal.remote.errors import NotFound, Rejected

calls = Counter()
sent = []
stores = {"teams": {}, "people": {}, "shifts": {}}
serial = itertools.count(1)


def key(name):
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def reset():
    calls.clear()
    sent.clear()
    stores["teams"] = {
        key(name): {"id": key(name), "name": name, "live": name != "Design"}
        for name in ("Ops", "Data", "Design")
    }
    ids = list(stores["teams"])
    stores["people"] = {
        key(f"p{n}"): {
            "id": key(f"p{n}"),
            "name": f"Person {n:02}",
            "email": f"p{n}@x.gov.uk" if n % 5 else None,
            "team": ids[n % 3],
            "joined": f"2024-{n % 12 + 1:02}-01T10:00:00.000000Z",
            "notes": f"note {n}",
            "skills": ["first aid"] if n % 2 else [],
            "nickname": f"P{n}",
        }
        for n in range(25)
    }


def everything(kind, **wanted):
    calls[f"list {kind}"] += 1
    rows = [
        dict(row)
        for row in stores[kind].values()
        if all(str(row.get(name)) == str(value) for name, value in wanted.items())
    ]
    for row in rows:
        row.pop("notes", None)  # a list is a summary
    return rows


def one(kind, pk):
    calls[f"detail {kind}"] += 1
    if pk not in stores[kind]:
        raise NotFound("No result found")
    return dict(stores[kind][pk])


def page(number, size, **wanted):
    calls["page shifts"] += 1
    numbers = [n for n in range(120, 0, -1) if wanted.get("kind") in (None, kind_of(n))]
    start = (number - 1) * size
    items = [{"number": n, "kind": kind_of(n)} for n in numbers[start : start + size]]
    if not items and number > 1:
        raise NotFound("No such page")
    return items, start + size < len(numbers), len(numbers)


def kind_of(number):
    return "night" if number % 3 == 0 else "day"


def create(kind, payload):
    calls[f"create {kind}"] += 1
    _refuse_taken(payload)
    row = {**payload, "id": str(uuid.uuid4()), "joined": "2025-01-01T00:00:00.000000Z"}
    stores[kind][row["id"]] = row
    return dict(row)


def update(kind, pk, payload):
    calls[f"update {kind}"] += 1
    _refuse_taken(payload)
    sent.append(payload)
    stores[kind][str(pk)].update(payload)
    return dict(stores[kind][str(pk)])


def delete(kind, pk):
    calls[f"delete {kind}"] += 1
    del stores[kind][str(pk)]


def _refuse_taken(payload):
    if payload.get("name") == "Taken":
        sentence = "This name is already in use"
        raise Rejected({"name": [sentence]}, errors={"name": [sentence]})
