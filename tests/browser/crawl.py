"""Which pages there are for somebody, found by following links from page to page."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from itertools import islice, product

from django.urls import Resolver404, resolve

from tests.guards.pages import PAGES

# Reading these changes something: who is signed in, or what has been sent.
LEFT_ALONE = {"sign-out", "send-new-code", "send-new-email-token"}
CHANNELS = ("email", "sms", "letter")
HTML = "text/html"
TRIES = 6


@dataclass(frozen=True)
class Met:
    """What somebody found at an address."""

    route: str
    path: str
    status: int
    content_type: str

    @property
    def is_page(self):
        """Whether a browser shows it."""
        return self.status == 200 and self.content_type == HTML

    @property
    def is_done(self):
        """Whether it is what its address is for: a page, a file, or a way elsewhere."""
        return self.status < 400


class Crawl:
    """One walk by a visitor, who looks at one example of each kind of page.

    ``services`` are the ids of those whose pages count. The same address may look
    different for each kind of template, and so counts for each of them. What the crawls
    ``before`` found is left out, but for the routes that everybody has a view of.
    """

    def __init__(self, visitor, services, before=(), everyones=()):
        self.visitor, self.services = visitor, services
        self.before, self.everyones = before, everyones
        self.channels, self.met, self.seen = {}, {}, set()
        self.values = defaultdict(dict)

    def look_in(self, *paths):
        """Meet pages whether or not another of their kind is met."""
        for path in paths:
            route, _values = where(path)
            answer = self.visitor.get(path)
            if answer.headers["Content-Type"].startswith(HTML):
                self.met[(route, path)] = Met(route, path, answer.status_code, HTML)
            self.walk(path)

    def walk(self, *starts):
        """Follow all links from where they start."""
        waiting = deque(starts)
        while waiting:
            path = waiting.popleft()
            kind = self._kind(path)
            if kind is None or path in self.seen or self._is_met(kind):
                continue
            self.seen.add(path)
            answer = self.visitor.get(path)
            content_type = answer.headers.get("Content-Type", "").split(";")[0]
            self.met[kind] = Met(kind[0], path, answer.status_code, content_type)
            if answer.is_redirect:
                waiting.append(self.visitor.path(answer.headers["Location"], path))
            elif self.met[kind].is_page:
                waiting.extend(self.visitor.links(answer))

    def guess(self):
        """Go to what no link leads to, with ids that were met elsewhere."""
        for route in PAGES:
            if not any(crawl.reaches(route) for crawl in (*self.before, self)):
                self.walk(*islice(self._addresses(route), TRIES))

    def reaches(self, route):
        """Tell whether an address of that pattern was met, and does what it is for."""
        return any(met.is_done for met in self.met.values() if met.route == route)

    def learn(self):
        """Learn of what kind the templates are from the lists of each kind."""
        for service, channel in product(self.services, CHANNELS):
            top = f"/services/{service}/templates/{channel}"
            links = self.visitor.links(self.visitor.get(top))
            folders = {path for path in links if path.startswith(f"{top}/folders/")}
            for path in (top, *folders):
                for linked in self.visitor.links(self.visitor.get(path)):
                    _route, values = where(linked)
                    if "template_id" in values:
                        self.channels.setdefault(values["template_id"], channel)

    def _is_met(self, kind):
        before = () if kind[0] in self.everyones else self.before
        found = (crawl.met.get(kind) for crawl in (*before, self))
        return any(met and met.is_done for met in found)

    def _kind(self, path):
        route, values = where(path)
        if route is None or route in LEFT_ALONE or route.startswith("admin/"):
            return None
        if str(values.get("service_id", self.services[0])) not in self.services:
            return None
        for name, value in values.items():
            self.values[name][value] = None
        channel = self.channels.get(values.get("template_id"), "")
        kinds = (values.get(name, "") for name in ("template_type", "message_type"))
        return (route, channel, *kinds)

    def _addresses(self, route):
        """Fill a pattern with what is known, in all ways."""
        names = [part.split(":")[-1].split(">")[0] for part in route.split("<")[1:]]
        known = {
            **PAGES[route].fills,
            **{name: list(values) for name, values in self.values.items()},
            "service_id": self.services,
            "template_id": self._one_of_each_channel(),
        }
        options = [known.get(name, []) for name in names]
        options = [one if isinstance(one, list | tuple) else [one] for one in options]
        for values in product(*options):
            parts = [part.partition(">")[2] for part in route.split("<")[1:]]
            rest = "".join(f"{v}{p}" for v, p in zip(values, parts, strict=True))
            yield f"/{route.split('<')[0]}{rest}"

    def _one_of_each_channel(self):
        return list({channel: key for key, channel in self.channels.items()}.values())


def where(path):
    """Return the pattern that an address belongs to, and what fills it."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return None, {}
    return match.route, match.kwargs
