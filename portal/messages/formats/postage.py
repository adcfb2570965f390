"""Classes of post, and zones abroad, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

POSTAGE = {
    "first": _("First class"),
    "second": _("Second class"),
    "economy": _("Economy mail"),
    "europe": _("Europe"),
    "rest-of-world": _("Rest of the world"),
    "international": _("International"),
}
