"""Reading admin pages as a browser would."""

from __future__ import annotations

import json

from django.forms import NullBooleanField


def form_of(page):
    """What a browser would send back."""
    data = {}
    for bound in page.context["adminform"].form:
        value = bound.value()
        if isinstance(bound.field, NullBooleanField):
            data[bound.html_name] = {True: "true", False: "false"}.get(value, "unknown")
        elif value is True:
            data[bound.html_name] = "on"
        elif value not in (None, False):
            data[bound.html_name] = value
    return data


def rows(page):
    """The lines of a list."""
    return [str(obj) for obj in page.context["cl"].result_list]


def sent(api, path):
    """The last body sent to a path."""
    bodies = [
        json.loads(call.request.body)
        for call in api.calls
        if call.request.method == "POST" and call.request.url.endswith(path)
    ]
    return bodies[-1] if bodies else None
