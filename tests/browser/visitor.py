"""Somebody who reads pages without a browser: with the same cookies, but quicker."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests

from tests.browser.conftest import await_message, outbox

# As much of a page as explains why something failed.
TOLD = 400


class Visitor:
    """A person of the demo, or nobody; paths in, answers of the portal out."""

    def __init__(self, demo, person=None):
        self.base = demo.portal_url
        self.session = requests.Session()
        if person is not None:
            seen = len(outbox(demo))
            self.give_password(person)
            self._give_code(demo, seen)

    @property
    def cookies(self):
        """The session, as Playwright takes it."""
        return [
            {"name": name, "value": value, "url": self.base}
            for name, value in self.session.cookies.items()
        ]

    def get(self, path):
        """Return the answer; redirects are not followed."""
        return self.session.get(urljoin(self.base, path), allow_redirects=False)

    def submit(self, path, files=None, stays=False, **values):
        """Fill the last form of the page; gives where it leads, unless it stays."""
        shown = form_of(self.get(path))
        answer = self.session.post(
            urljoin(urljoin(self.base, path), shown.action),
            data={**shown.values, **values},
            files=files,
            headers={"Referer": self.base},
            allow_redirects=False,
        )
        assert answer.is_redirect is not stays, told(answer)
        return path if stays else self.path(answer.headers["Location"], path)

    def path(self, address, of=""):
        """Return the path of an address of the portal, and nothing for one elsewhere."""
        whole = urljoin(urljoin(self.base, of), address)
        if not whole.startswith(f"{self.base}/"):
            return ""
        parts = urlsplit(whole)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def links(self, answer):
        """Return the paths that a page leads to."""
        of = self.path(answer.url)
        found = (self.path(link, of) for link in Page(answer.text).links)
        return [path for path in found if path]

    def link(self, of, pattern):
        """Return the first path on a page that matches."""
        return next(
            path for path in self.links(self.get(of)) if re.search(pattern, path)
        )

    def give_password(self, person):
        """Sign in as far as the second factor."""
        return self.submit(
            "/sign-in",
            email_address=person["email_address"],
            password=person["password"],
        )

    def _give_code(self, demo, seen):
        code = await_message(demo, outbox(demo)[seen]["to"], r"\b(\d{5})\b", seen)[1]
        self.submit("/two-factor-sms", sms_code=code)


def form_of(answer):
    """Return the last form of a page, which is what the page is for."""
    forms = Page(answer.text).forms
    assert forms, told(answer)
    return forms[-1]


def told(answer):
    """Say what was answered, and how the page begins: with what is wrong, if anything is."""
    begins = " ".join(" ".join(Page(answer.text).main).split())[:TOLD]
    return f"{answer.url} answers {answer.status_code}: {begins}"


class Form:
    """A form that posts: where to, and what it holds before anybody types."""

    def __init__(self, action):
        self.action = action
        self.values = {}

    def add(self, name, value):
        self.values.setdefault(name, []).append(value)


class Page(HTMLParser):
    """The links, the posting forms and the text of a page's own part."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.main = [], [], []
        self._form = self._select = self._box = None
        self._in_main = False
        self.feed(text)

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        if tag == "main":
            self._in_main = True
        elif tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        elif tag == "form":
            self._form = Form(attributes.get("action", ""))
            if attributes.get("method") == "post":
                self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, attributes, attributes.get("name"))

    def _field(self, tag, attributes, name):
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._box = name
            self._form.add(name, "")
        elif tag == "option" and "selected" in attributes:
            self._form.add(self._select, attributes["value"])
        elif tag == "input" and name and _counts(attributes):
            self._form.add(name, attributes.get("value", ""))

    def handle_data(self, data):
        if self._box is not None:
            self._form.values[self._box][-1] += data
        elif self._in_main:
            self.main.append(data)

    def handle_endtag(self, tag):
        if tag == "main":
            self._in_main = False
        elif tag == "form":
            self._form = None
        elif tag == "textarea":
            self._box = None


def _counts(attributes):
    kind = attributes.get("type", "text")
    if kind in ("radio", "checkbox"):
        return "checked" in attributes
    return kind not in ("file", "submit")
