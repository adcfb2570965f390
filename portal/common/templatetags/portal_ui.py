"""What templates of staff pages need beyond Django's own tags."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from portal.common.guidance import TOPICS, Topic
from portal.messages.formats import dates

register = template.Library()

IN_FOOTER = (
    "using_notify",
    "accessibility_statement",
    "cookies",
    "privacy",
    "terms_of_use",
)
FOOTER_TOPICS = [topic for topic in TOPICS if topic.name in IN_FOOTER]

SEES_OR_SENDS = ("view_activity", "send_messages")


class Section(NamedTuple):
    """A page that the menu of a service leads to, and who sees it there."""

    text: Any
    end: str
    permissions: tuple[str, ...] = ()
    is_for: Callable[[Any], bool] = lambda service: True


SECTIONS = (
    Section(gettext_lazy("Dashboard"), "", SEES_OR_SENDS),
    Section(gettext_lazy("Templates"), "/templates"),
    Section(gettext_lazy("Sent messages"), "/notifications", SEES_OR_SENDS),
    Section(
        gettext_lazy("Received messages"),
        "/inbox",
        ("view_activity",),
        lambda service: service.has_permission("inbound_sms"),
    ),
    Section(
        gettext_lazy("Receive text messages"),
        "/service-settings/receive-text-messages",
        ("manage_service",),
        lambda service: not service.has_permission("inbound_sms"),
    ),
    Section(gettext_lazy("Uploads"), "/uploads", SEES_OR_SENDS),
    Section(gettext_lazy("Team members"), "/users"),
    Section(gettext_lazy("Usage"), "/usage", ("manage_service",)),
    Section(
        gettext_lazy("Make your service live"),
        "/make-your-service-live",
        ("manage_service",),
        lambda service: service.active and service.restricted,
    ),
    Section(gettext_lazy("History"), "/history", ("manage_service",)),
)

# Where pages belong whose addresses do not begin with their section's: the next part.
BELONGS = {
    **dict.fromkeys(("send", "check", "template", "tour", "end-tour"), "/templates"),
    **dict.fromkeys(("notification", "reports", "download-report"), "/notifications"),
    **dict.fromkeys(("conversation", "receive-text-messages"), "/inbox"),
    "send-files-by-email": "/templates",
    "request-to-go-live": "/make-your-service-live",
    **dict.fromkeys(
        (
            *("jobs", "contact-lists", "contact-list", "upload-contact-list"),
            *("check-contact-list", "save-contact-list"),
            *("upload-letter", "preview-letter", "uploaded-letters"),
        ),
        "/uploads",
    ),
    **dict.fromkeys(
        ("join-request", "cancel-invited-user", "resend-invitation"), "/users"
    ),
    **dict.fromkeys(
        (
            *("monthly", "template-usage", "template-activity"),
            *("returned-letters", "unsubscribe-requests"),
        ),
        "",
    ),
}

NEAR_DAYS = {
    0: gettext_lazy("today"),
    1: gettext_lazy("tomorrow"),
    -1: gettext_lazy("yesterday"),
}


@register.simple_tag
def footer_topics() -> list[Topic]:
    """Return the guidance that every page leads to."""
    return FOOTER_TOPICS


@register.simple_tag
def brand() -> dict[str, Any]:
    """Return the portal's name and looks, also where there is no request."""
    logo = settings.PORTAL_BRAND_LOGO
    return {
        "name": settings.PORTAL_BRAND_NAME,
        "logo": static(logo) if logo else "",
        "phase": settings.PORTAL_PHASE_BANNER,
        "footer_links": list(settings.PORTAL_FOOTER_LINKS.items()),
        "support_email": settings.PORTAL_SUPPORT_EMAIL,
    }


@register.inclusion_tag("common/includes/sections.html", takes_context=True)
def service_sections(context: dict[str, Any]) -> dict[str, Any]:
    """List the pages of the service that exist and that the user may see."""
    request = context["request"]
    service = context.get("service") or request.service
    base = f"/services/{service.pk}"
    links = [
        {
            "text": section.text,
            "url": base + section.end,
            "current": _is_current(request.path, base, section.end),
        }
        for section in SECTIONS
        if exists(section.end, settings.ROOT_URLCONF)
        and section.is_for(service)
        and _may_see(request.user, service.pk, section.permissions)
    ]
    return {"links": links}


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], *permissions: str) -> bool:
    """Tell whether the user has any of the permissions in the page's service."""
    request = context["request"]
    return _may_see(request.user, request.service.pk, permissions)


@register.simple_tag(takes_context=True)
def service_home(context: dict[str, Any]) -> str:
    """Return the first page of the service that the user may see.

    Members of its organisation see templates only.
    """
    request = context["request"]
    service = context.get("service") or request.service
    is_of_team = request.user.platform_admin or request.user.belongs_to_service(
        service.pk
    )
    return f"/services/{service.pk}{'' if is_of_team else '/templates'}"


@lru_cache
def exists(end: str, urls: str) -> bool:
    """Tell whether the portal has a service's page there; it does for all or for none."""
    try:
        resolve(f"/services/{UUID(int=0)}{end}", urls)
    except Resolver404:
        return False
    return True


def _may_see(user: Any, service_id: Any, permissions: tuple[str, ...]) -> bool:
    return (
        bool(user.platform_admin)
        or not permissions
        or any(
            user.has_permission_for_service(service_id, permission)
            for permission in permissions
        )
    )


def _part_of(path: str, base: str) -> str:
    """The part of an address that tells its section: behind an id, or one of the settings."""
    first, second = f"{path.removeprefix(base)}//".split("/")[1:3]
    return second if second == "check" or first == "service-settings" else first


def _is_current(path: str, base: str, end: str) -> bool:
    if BELONGS.get(_part_of(path, base), ...) == end:
        return True
    if not end:
        return path == base
    return path == base + end or path.startswith(f"{base}{end}/")


@register.simple_tag
def live(url: str, seconds: int = 2, when: bool = True) -> SafeString:
    """Return the attributes of a region that keeps itself up to date.

    With ``when`` false nothing can change any more, and the region stays as it is.
    """
    if not when:
        return mark_safe("")  # noqa: S308 - an empty text
    return format_html(
        'data-portal="live" data-seconds="{}" hx-get="{}" hx-trigger="portal:poll" '
        'hx-swap="innerHTML" aria-live="polite"',
        seconds,
        url,
    )


@register.filter
def figure(value: Any) -> str:
    """Write a number with commas; what is unknown is a dash, never 0."""
    if value is None or value == "":
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


@register.filter
def plain_day(value: datetime.date | datetime.datetime | None) -> str:
    """Write a day in plain words: today, yesterday, 20 November, 20 November 2024."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = _local(value).date()
    today = timezone.localdate()
    days = (value - today).days
    if days in NEAR_DAYS:
        return str(NEAR_DAYS[days])
    return date_format(value, "j F" if value.year == today.year else "j F Y")


@register.filter
def full_day(value: datetime.date | datetime.datetime | None) -> str:
    """Write a day with its year: 20 November 2024."""
    return "" if value is None else dates.day(value)


@register.filter
def full_month(value: datetime.date | datetime.datetime | None) -> str:
    """Write a month with its year: November 2024."""
    return "" if value is None else dates.month(value)


@register.filter
def exact_time(value: datetime.datetime) -> str:
    """Write a moment to the second: 20 November 2024, 10:30:05."""
    return dates.second(value)


@register.filter
def plain_hour(value: datetime.datetime | None) -> str:
    """Write a time of day: 3:46am, midday, midnight."""
    if value is None:
        return ""
    return dates.hour(value)


@register.filter
def plain_time(value: datetime.datetime | None) -> str:
    """Write a moment in plain words: today at 3:46am."""
    if value is None:
        return ""
    return dates.relative_moment(value, now=timezone.localtime())


@register.filter
def time_in_sentence(value: datetime.datetime | None) -> str:
    """Write a moment as it follows a verb: today at 3:46am, on 20 November at 3:46am."""
    if value is None:
        return ""
    return dates.moment_in_sentence(value, now=timezone.localtime())


@register.filter
def percent(part: float, whole: float) -> str:
    """Write a share with one digit after the point: 13.2%."""
    share = 100 * part / whole if whole else 0
    return f"{share:.1f}%"


def _local(value: datetime.datetime) -> datetime.datetime:
    if timezone.is_naive(value):
        value = value.replace(tzinfo=datetime.UTC)
    return timezone.localtime(value)
