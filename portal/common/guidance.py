"""The guidance: short pages for everybody, each a template of its own name."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

BRAND = settings.PORTAL_BRAND_NAME


@dataclass(frozen=True)
class Topic:
    """One page: its address, its template's name, its title and the list it is in."""

    path: str
    name: str
    title: object
    section: str = "using_notify"

    @property
    def url_name(self) -> str:
        """The name under which links find the page."""
        return f"common:guidance_{self.name}"

    @property
    def template(self) -> str:
        """The template of the page's text."""
        return f"common/guidance/{self.name}.html"


def _using(path: str, title: object) -> Topic:
    return Topic(f"using-notify/{path}", path.replace("-", "_"), title)


def _about(path: str, name: str, title: object) -> Topic:
    return Topic(path, name, title, section="about")


def _part(topic: str, kind: str, title: object) -> Topic:
    """The page of one kind of message under a topic."""
    name = topic.replace("-", "_")
    return Topic(f"using-notify/{topic}/{kind}", f"{name}_{kind}", title, section=name)


TOPICS = (
    Topic(
        "using-notify",
        "using_notify",
        format_lazy(_("Using {brand}"), brand=BRAND),
        "about",
    ),
    _about("features", "features", _("Features")),
    _about("features/roadmap", "roadmap", _("Roadmap")),
    _about("features/security", "security", _("Security")),
    _about(
        "features/who-can-use-notify",
        "who_can_use_notify",
        format_lazy(_("Who can use {brand}"), brand=BRAND),
    ),
    _using("trial-mode", _("Trial mode")),
    _using("team-members-and-permissions", _("Team members and permissions")),
    _using("sign-in-method", _("Sign-in method")),
    _using("templates", _("Templates")),
    _using("formatting", _("Formatting")),
    _using("personalisation", _("Personalisation")),
    _using("optional-content", _("Optional content")),
    Topic("using-notify/links-and-urls", "links_and_URLs", _("Links and URLs")),
    _using("qr-codes", _("QR codes")),
    _using("fonts-typefaces", _("Fonts and typefaces")),
    _part("fonts-typefaces", "email", _("Fonts in emails")),
    _part("fonts-typefaces", "sms", _("Fonts in text messages")),
    _part("fonts-typefaces", "letter", _("Fonts in letters")),
    _using("email-branding", _("Email branding")),
    _using("letter-branding", _("Letter branding")),
    _using("reply-to-email-address", _("Reply-to email address")),
    _using("text-message-sender", _("Text message sender")),
    _using("bulk-sending", _("Bulk sending")),
    _using("schedule-messages", _("Schedule messages")),
    _using("daily-limits", _("Daily limits")),
    _using("delivery-times", _("Delivery times")),
    _using("message-status", _("Message status")),
    _part("message-status", "email", _("Message status: emails")),
    _part("message-status", "sms", _("Message status: text messages")),
    _part("message-status", "letter", _("Message status: letters")),
    _using("data-retention-period", _("Data retention period")),
    _using("receive-text-messages", _("Receive text messages")),
    _using("send-files-by-email", _("Send files by email")),
    _using("unsubscribe-links", _("Unsubscribe links")),
    _using("upload-a-letter", _("Upload a letter")),
    Topic(
        "using-notify/letter-specification", "letter_spec", _("Letter specification")
    ),
    _using("attach-pages", _("Attach pages to a letter")),
    _using("returned-letters", _("Returned letters")),
    _using("api-documentation", _("API documentation")),
    _about(
        "design-patterns-content-guidance",
        "design_content",
        _("Design patterns and content"),
    ),
    _about("terms-of-use", "terms_of_use", _("Terms of use")),
    _about("privacy", "privacy", _("Privacy")),
    _about("cookies", "cookies", _("Cookies")),
    _about(
        "accessibility-statement",
        "accessibility_statement",
        _("Accessibility statement"),
    ),
)


def parts_of(topic: Topic) -> list[Topic]:
    """Return the pages under a topic, to which its own page leads."""
    return [other for other in TOPICS if other.section == topic.name]


def way_to(topic: Topic) -> list[Topic]:
    """Return the pages that a page is under, from the first one down to its own topic's."""
    above = [other for other in TOPICS if other.name == topic.section]
    return [*way_to(above[0]), *above] if above else []


def neighbours_of(topic: Topic) -> list[Topic]:
    """Return what is listed beside a topic: those about the platform, or those on using it."""
    section = "about" if topic.section == "about" else "using_notify"
    return [other for other in TOPICS if other.section == section]
