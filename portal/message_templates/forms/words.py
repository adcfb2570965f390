"""What people type into templates: each kind of message has its own form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.common.forms import Checkboxes, PortalForm, Textarea, TextInput
from portal.common.once import new_form_id
from portal.message_templates.models import Template
from portal.messages.email import SIZE_LIMIT
from portal.messages.fields import Content
from portal.messages.letters import LetterMessage
from portal.messages.qr_codes import QR_CODE_LIMIT
from portal.messages.sms import CHARACTER_LIMIT, TextMessage


class WordsField(forms.CharField):
    """Words that recipients get, with line ends and placeholders as the API wants them."""

    def to_python(self, value: Any) -> Any:
        """Write line ends as one character, as browsers do not."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text

    def validate(self, value: Any) -> None:
        """Refuse placeholders that no spreadsheet can have a column for."""
        super().validate(value)
        wrong = [field.source for field in Content(value).fields if "," in field.name]
        if wrong:
            raise forms.ValidationError(
                _("Personalisation cannot have commas in its name: %(names)s."),
                params={"names": " ".join(dict.fromkeys(wrong))},
            )


class LetterBodyField(WordsField):
    """The body of a letter, in which lines that start with `QR:` become codes."""

    def validate(self, value: Any) -> None:
        """Refuse a QR code that would hold more than the platform prints."""
        super().validate(value)
        size = LetterMessage("", value).too_long_qr_code
        if size is not None:
            raise forms.ValidationError(
                _(
                    "A QR code can hold %(most)s characters, and one of this letter has "
                    "%(size)s. Shorten its link."
                ),
                params={"most": QR_CODE_LIMIT, "size": size},
            )


def template_name() -> forms.CharField:
    """Make the field for a template's name."""
    return forms.CharField(
        label=_("Template name"),
        help_text=_("Your recipients will not see this."),
        max_length=255,
        error_messages={
            "required": _("Enter a template name."),
            "max_length": _("The name must have 255 characters or fewer."),
        },
        widget=TextInput(attrs={"autocomplete": "off"}),
    )


class WordsForm(PortalForm):
    """A form with some of a template's words."""

    def words(self) -> dict[str, Any]:
        """What the API takes of the form."""
        return dict(self.cleaned_data)


class RenameForm(WordsForm):
    """A template's name alone."""

    name = template_name()


class TemplateForm(WordsForm):
    """The words of a template; each kind has its own form.

    ``version`` tells which words the person began with, ``form_id`` which showing of
    the form this is.
    """

    name = template_name()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_id = forms.UUIDField(
        required=False, initial=new_form_id, widget=forms.HiddenInput
    )

    def words(self) -> dict[str, Any]:
        """What the API takes of the form."""
        words = dict(self.cleaned_data)
        del words["version"], words["form_id"]
        if "options" in words:
            words["has_unsubscribe_link"] = bool(words.pop("options"))
        return words


class SMSTemplateForm(TemplateForm):
    """A text message."""

    content = WordsField(
        label=_("Message"),
        error_messages={"required": _("Enter a message.")},
        widget=Textarea(rows=6, highlight=True),
    )

    def clean_content(self) -> str:
        """Refuse what no text message can hold."""
        content = str(self.cleaned_data["content"])
        if (over := len(content) - CHARACTER_LIMIT) > 0:
            raise forms.ValidationError(
                ngettext_lazy(
                    "A text message can have %(most)s characters. Shorten this one by "
                    "%(over)s character.",
                    "A text message can have %(most)s characters. Shorten this one by "
                    "%(over)s characters.",
                    "over",
                ),
                params={"most": CHARACTER_LIMIT, "over": over},
            )
        if wrong := TextMessage(content).unsupported_characters:
            raise forms.ValidationError(
                _("Phones would show a question mark instead of: %(characters)s"),
                params={"characters": " ".join(sorted(wrong))},
            )
        return content


class EmailTemplateForm(TemplateForm):
    """An e-mail."""

    subject = WordsField(
        label=_("Subject"),
        error_messages={"required": _("Enter a subject.")},
        widget=TextInput(highlight=True, attrs={"autocomplete": "off"}),
    )
    content = WordsField(
        label=_("Message"),
        error_messages={"required": _("Enter a message.")},
        widget=Textarea(rows=12, highlight=True),
    )
    options = forms.MultipleChoiceField(
        label=_("Unsubscribe link"),
        help_text=_(
            "For newsletters and the like. Recipients can then ask to get no more."
        ),
        choices=[("has_unsubscribe_link", _("Add an unsubscribe link"))],
        required=False,
        widget=Checkboxes(small=True),
    )

    def clean_content(self) -> str:
        """Refuse what no e-mail can hold."""
        content = str(self.cleaned_data["content"])
        if len(content.encode()) > SIZE_LIMIT:
            raise forms.ValidationError(
                _("The message is too long: an email can have 2 million characters.")
            )
        return content


class LetterTemplateForm(TemplateForm):
    """A letter's heading and body."""

    subject = WordsField(
        label=_("Heading"),
        error_messages={"required": _("Enter a heading.")},
        widget=TextInput(highlight=True, attrs={"autocomplete": "off"}),
    )
    content = LetterBodyField(
        label=_("Body"),
        error_messages={"required": _("Enter the body of the letter.")},
        widget=Textarea(rows=12, highlight=True),
    )


def initial_of(template: Template) -> dict[str, Any]:
    """What an edit form starts with."""
    return {
        "name": template.name,
        "subject": template.subject,
        "content": template.content,
        "options": ["has_unsubscribe_link"] if template.has_unsubscribe_link else [],
        "version": template.version,
    }


TEMPLATE_FORMS: dict[str, type[TemplateForm]] = {
    "sms": SMSTemplateForm,
    "email": EmailTemplateForm,
    "letter": LetterTemplateForm,
}
