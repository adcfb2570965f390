"""What is chosen for letters: postage, the address at the top, the languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import PortalForm, Radios, Textarea, TextInput
from portal.message_templates.files import BILINGUAL
from portal.message_templates.forms.words import LetterBodyField, WordsField, WordsForm
from portal.remote.choices import LETTER_LANGUAGE_OPTIONS
from portal.services.models import ServiceLetterContact

BLANK = "blank"
POSTAGE = (
    ("first", _("First class")),
    ("second", _("Second class")),
    ("economy", _("Economy mail")),
)


class PostageForm(PortalForm):
    """How fast letters go to addresses in the United Kingdom."""

    heading = "postage"

    postage = forms.ChoiceField(
        label=_("Change postage"),
        choices=POSTAGE,
        widget=Radios(),
        error_messages={
            "required": _("Choose a postage."),
            "invalid_choice": _("Choose a postage."),
        },
    )


class LanguagesForm(PortalForm):
    """Whether a letter has a Welsh part."""

    heading = "languages"

    languages = forms.ChoiceField(
        label=_("Change language"),
        choices=LETTER_LANGUAGE_OPTIONS,
        widget=Radios(),
        error_messages={
            "required": _("Choose the languages."),
            "invalid_choice": _("Choose the languages."),
        },
    )


class SenderForm(PortalForm):
    """Which of the service's addresses stands at the top of a letter."""

    heading = "sender"

    sender = forms.ChoiceField(
        label=_("Change the sender’s address"),
        widget=Radios(),
        error_messages={
            "required": _("Choose an address."),
            "invalid_choice": _("Choose an address."),
        },
    )

    def __init__(
        self, *args: Any, contacts: Iterable[ServiceLetterContact], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender"].choices = [  # type: ignore[attr-defined]
            (BLANK, _("No address")),
            *((str(contact.pk), line_of(contact)) for contact in contacts),
        ]


def line_of(contact: ServiceLetterContact) -> str:
    """Write an address in one line."""
    return ", ".join(str(contact.contact_block).splitlines())


class WelshForm(WordsForm):
    """The Welsh heading and body of a letter, which stand before the English ones."""

    subject = WordsField(
        label=_("Heading in Welsh"),
        error_messages={"required": _("Enter a heading.")},
        widget=TextInput(highlight=True, attrs={"autocomplete": "off"}),
    )
    content = LetterBodyField(
        label=_("Body in Welsh"),
        error_messages={"required": _("Enter the body of the letter.")},
        widget=Textarea(rows=12, highlight=True),
    )

    def words(self) -> dict[str, Any]:
        """What the API takes of the form."""
        return {
            "letter_languages": BILINGUAL,
            "letter_welsh_subject": self.cleaned_data["subject"],
            "letter_welsh_content": self.cleaned_data["content"],
        }
