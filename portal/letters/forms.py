"""Uploading a letter, and sending it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import FileInput, PortalForm, Radios, Textarea
from portal.letters.uploads import UploadedLetter
from portal.letters.words import problem_of, problem_with_address
from portal.messages.formats.postage import POSTAGE
from portal.messages.pdf_files import UnreadablePdf
from portal.messages.pdf_files.process import read_pdf
from portal.messages.postal_addresses import PostalAddress

MOST_BYTES = 2 * 1024 * 1024
CLASSES = ("first", "second", "economy")


class PdfForm(PortalForm):
    """A PDF that can be read; ``content`` and ``facts`` are what was read."""

    file = forms.FileField(
        label=_("Choose a PDF"),
        help_text=_("A4 portrait, 10 pages at most, no larger than 2MB."),
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": _("Choose a PDF to upload.")},
        widget=FileInput(accept=".pdf,application/pdf"),
    )

    @classmethod
    def refused(cls, problem: str) -> PdfForm:
        """Ask for another file in place of one that was refused."""
        form = cls({}, {})
        form.fields["file"].label = _("Choose another file")
        form.full_clean()
        form.errors.clear()
        form.add_error("file", problem)
        return form

    def clean_file(self) -> Any:
        """Read the file, or say why that cannot be done."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            told = _("The file is larger than 2MB. Make its pictures smaller.")
            raise forms.ValidationError(told)
        if not upload.size:
            raise forms.ValidationError(_("The file is empty. Choose another one."))
        self.content = upload.read()
        try:
            self.facts = read_pdf(self.content)
        except UnreadablePdf as error:
            raise forms.ValidationError(problem_of(error.code)) from error
        return upload


class SendLetterForm(PortalForm):
    """How fast an uploaded letter goes, and where to if that could not be read for certain."""

    address = forms.CharField(
        label=_("Recipient’s address"),
        help_text=_(
            "As it is in the letter. The last line must be a UK postcode or, for post "
            "abroad, a country."
        ),
        error_messages={"required": _("Enter the address that is in the letter.")},
        widget=Textarea(rows=7, attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    postage = forms.ChoiceField(
        label=_("Postage"),
        initial="second",
        error_messages={
            "required": _("Choose a postage."),
            "invalid_choice": _("Choose a postage."),
        },
        widget=Radios(),
    )

    def __init__(
        self,
        *args: Any,
        letter: UploadedLetter,
        allow_international: bool,
        costs: Mapping[str, Decimal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.allow_international = allow_international
        self.costs = costs
        self.fields["address"].initial = letter.recipient
        self.fields["postage"].choices = [  # type: ignore[attr-defined]
            (name, POSTAGE[name]) for name in CLASSES if not costs or name in costs
        ]
        self.fields["postage"].widget.hints = {
            name: f"£{cost:.2f}" for name, cost in costs.items()
        }
        self.recipient = self._address(letter.recipient)
        if letter.by_service:
            del self.fields["address"]
            if self.zone:
                del self.fields["postage"]

    def _address(self, text: str) -> PostalAddress:
        return PostalAddress(
            text.splitlines(), allow_international=self.allow_international
        )

    @property
    def zone(self) -> str:
        """Which part of the world the letter goes to; empty for the UK."""
        abroad = self.recipient.is_international
        return str(self.recipient.country.zone) if abroad else ""

    @property
    def zone_name(self) -> Any:
        """That part of the world, in words."""
        return POSTAGE.get(self.zone, self.zone)

    @property
    def zone_cost(self) -> str:
        """What the letter costs there; empty where nobody knows."""
        cost = self.costs.get(self.zone)
        return "" if cost is None else f"£{cost:.2f}"

    def clean_address(self) -> str:
        """Check an address that was typed."""
        text: str = self.cleaned_data["address"]
        self.recipient = self._address(text)
        if problem := problem_with_address(self.recipient):
            raise forms.ValidationError(problem)
        return text

    def clean(self) -> dict[str, Any]:
        """Letters abroad go by the post of their part of the world."""
        data = super().clean() or {}
        if self.zone:
            data["postage"] = self.zone
        return data
