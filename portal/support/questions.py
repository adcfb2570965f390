"""The questions that lead to the right form, and where each answer goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

PROBLEM, QUESTION = "report-problem", "ask-question-give-feedback"
BASE = "/support"
FORM = f"{BASE}/{PROBLEM}"


@dataclass(frozen=True)
class Answer:
    """One answer: its value, its words and the address it leads to."""

    value: str
    text: Any
    leads_to: str


@dataclass(frozen=True)
class Question:
    """A page with one question."""

    text: Any
    answers: tuple[Answer, ...]
    back: str = BASE
    template: str = "support/question.html"

    def leads_to(self, value: str) -> str:
        """Return where an answer goes."""
        return next(one.leads_to for one in self.answers if one.value == value)


WHO = Question(
    _("Which of these are you?"),
    (
        Answer(
            "public-sector",
            _("Somebody in the public sector who sends emails, texts or letters"),
            f"{BASE}/what-do-you-want-to-do",
        ),
        Answer(
            "public",
            _("A member of the public with a question about a message"),
            f"{BASE}/public",
        ),
    ),
    template="support/index.html",
)
WHAT = Question(
    _("What do you want to do?"),
    (
        Answer(PROBLEM, _("Report a problem"), f"{BASE}/problem"),
        Answer(QUESTION, _("Ask a question or give feedback"), f"{BASE}/{QUESTION}"),
    ),
)
WHAT_FIRST = Question(WHAT.text, WHAT.answers, template="support/index.html")
SENDING = Answer(
    "sending-messages",
    _("I have problems with sending messages"),
    f"{BASE}/what-happened",
)
SOMETHING_ELSE = Answer(
    "something-else",
    _("Something else"),
    f"{FORM}?severe=no&category=something-else",
)
WHICH_PROBLEM = Question(_("Report a problem"), (SENDING, SOMETHING_ELSE))
WHICH_PROBLEM_SIGNED_OUT = Question(
    WHICH_PROBLEM.text,
    (
        Answer(
            "signing-in",
            _("I cannot sign in to my account"),
            f"{BASE}/cannot-sign-in",
        ),
        SENDING,
        SOMETHING_ELSE,
    ),
    back=f"{BASE}/what-do-you-want-to-do",
)
CANNOT_SIGN_IN = Question(
    _("Why can you not sign in?"),
    (
        Answer(
            "no-code",
            _("I did not get a text message with a security code"),
            f"{BASE}/security-code",
        ),
        Answer(
            "mobile-number-changed",
            _("My mobile number has changed"),
            f"{BASE}/mobile-number-changed",
        ),
        Answer(
            "no-email-link",
            _("I did not get an email with a link to sign in"),
            f"{BASE}/email-link",
        ),
        Answer(
            "email-address-changed",
            _("My email address has changed"),
            f"{BASE}/email-address-changed",
        ),
        Answer(
            "something-else",
            _("Something else"),
            f"{FORM}?severe=no&category=cannot-sign-in",
        ),
    ),
    back=f"{BASE}/problem",
)
ERRORS = ("page-error", "api-error")
WHAT_HAPPENED = Question(
    _("What happened?"),
    (
        Answer(
            "page-error",
            _("A page said that there was a problem when I tried to send messages"),
            "",
        ),
        Answer("api-error", _("The API answered with a status of 500 or more"), ""),
        Answer(
            "something-else",
            _("Something else"),
            f"{FORM}?severe=no&category=problem-sending",
        ),
    ),
    back=f"{BASE}/problem",
)


@dataclass(frozen=True)
class Category:
    """What a message is about: its subject, and the page that led to it."""

    subject: Any
    back: str = BASE


CATEGORIES = {
    "something-else": Category(_("Problem"), f"{BASE}/problem"),
    "problem-sending": Category(
        _("Problem with sending messages"), f"{BASE}/what-happened"
    ),
    "tech-error-live-services": Category(
        _("Technical error (live service)"), f"{BASE}/what-happened"
    ),
    "tech-error-no-live-services": Category(
        _("Technical error (no live service)"), f"{BASE}/what-happened"
    ),
    "tech-error-signed-out": Category(
        _("Technical error (not signed in)"), f"{BASE}/what-happened"
    ),
    "cannot-sign-in": Category(_("Cannot sign in"), f"{BASE}/cannot-sign-in"),
}
DEFAULTS = {
    PROBLEM: Category(_("Problem")),
    QUESTION: Category(_("Question or feedback")),
}


def category_of(ticket_type: str, name: str) -> Category:
    """Return what a message is about; the general one for what is not known."""
    known = CATEGORIES.get(name) if ticket_type == PROBLEM else None
    return known or DEFAULTS[ticket_type]
