"""What people type about templates and folders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import (
    Checkboxes,
    PortalForm,
    Radios,
    SearchInput,
    Textarea,
    TextInput,
)
from portal.message_templates.models import Template, TemplateFolder
from portal.services.models import Service

SMS_CHARACTERS = 918
EMAIL_BYTES = 2_000_000
TOP = "top"
KINDS = (
    ("email", _("Email")),
    ("sms", _("Text message")),
    ("letter", _("Letter")),
)


class SearchForm(PortalForm):
    """Words to look for in names, subjects, messages and ids."""

    search = forms.CharField(
        label=_("Search by name, words or ID"),
        required=False,
        widget=SearchInput(attrs={"autocomplete": "off"}),
    )


class TemplateForm(PortalForm):
    """The words of a template; each kind has its own form."""

    name = forms.CharField(
        label=_("Template name"),
        help_text=_("Your recipients will not see this."),
        max_length=255,
        error_messages={"required": _("Enter a template name.")},
        widget=TextInput(attrs={"autocomplete": "off"}),
    )

    def words(self) -> dict[str, Any]:
        """What the API takes of the form."""
        words = dict(self.cleaned_data)
        if "options" in words:
            words["has_unsubscribe_link"] = bool(words.pop("options"))
        return words


class SMSTemplateForm(TemplateForm):
    """A text message."""

    content = forms.CharField(
        label=_("Message"),
        error_messages={"required": _("Enter a message.")},
        widget=Textarea(rows=6, highlight=True),
    )

    def clean_content(self) -> str:
        """Refuse what no text message can hold."""
        content = str(self.cleaned_data["content"])
        if len(content) > SMS_CHARACTERS:
            raise forms.ValidationError(
                _(
                    "The message has %(count)s characters; a text message can have "
                    "%(most)s. Shorten it by %(over)s."
                ),
                params={
                    "count": len(content),
                    "most": SMS_CHARACTERS,
                    "over": len(content) - SMS_CHARACTERS,
                },
            )
        return content


class EmailTemplateForm(TemplateForm):
    """An e-mail."""

    subject = forms.CharField(
        label=_("Subject"),
        error_messages={"required": _("Enter a subject.")},
        widget=TextInput(highlight=True),
    )
    content = forms.CharField(
        label=_("Message"),
        error_messages={"required": _("Enter a message.")},
        widget=Textarea(rows=12, highlight=True),
    )
    options = forms.MultipleChoiceField(
        label=_("Unsubscribe link"),
        choices=[("has_unsubscribe_link", _("Add an unsubscribe link"))],
        required=False,
        widget=Checkboxes(
            small=True,
            hints={
                "has_unsubscribe_link": _(
                    "For newsletters and the like. Recipients can then ask to get no more."
                )
            },
        ),
    )

    def clean_content(self) -> str:
        """Refuse what no e-mail can hold."""
        content = str(self.cleaned_data["content"])
        if len(content.encode()) > EMAIL_BYTES:
            raise forms.ValidationError(
                _("The message is too long: an email can have 2 million characters.")
            )
        return content


class LetterTemplateForm(TemplateForm):
    """A letter's heading and body."""

    subject = forms.CharField(
        label=_("Heading"),
        error_messages={"required": _("Enter a heading.")},
        widget=TextInput(highlight=True),
    )
    content = forms.CharField(
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
    }


TEMPLATE_FORMS: dict[str, type[TemplateForm]] = {
    "sms": SMSTemplateForm,
    "email": EmailTemplateForm,
    "letter": LetterTemplateForm,
}


class NewTemplateForm(PortalForm):
    """Which kind of template to make, of those that the service may send."""

    template_type = forms.ChoiceField(
        label=_("New template"),
        widget=Radios(),
        error_messages={"required": _("Choose what kind of template to make.")},
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template_type"]
        field.choices = [  # type: ignore[attr-defined]
            (kind, name) for kind, name in KINDS if service.has_permission(kind)
        ]


class FolderForm(PortalForm):
    """A folder's name."""

    name = forms.CharField(
        label=_("Folder name"),
        max_length=255,
        error_messages={"required": _("Enter a folder name.")},
        widget=TextInput(attrs={"autocomplete": "off"}),
    )


class MoveForm(PortalForm):
    """What to move, and where to."""

    items = forms.MultipleChoiceField(
        label=_("Templates and folders to move"),
        widget=Checkboxes(),
        error_messages={"required": _("Choose at least one template or folder.")},
    )
    to = forms.ChoiceField(
        label=_("Move to"),
        widget=Radios(),
        error_messages={"required": _("Choose a folder.")},
    )

    def __init__(
        self,
        *args: Any,
        items: Iterable[tuple[str, str]],
        places: Iterable[tuple[int, TemplateFolder]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = list(items)  # type: ignore[attr-defined]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (TOP, _("Templates")),
            *((str(f.pk), f"{'– ' * (depth + 1)}{f.name}") for depth, f in places),
        ]

    def picked(self, kind: str) -> list[str]:
        """The ids of the chosen templates or folders."""
        start = f"{kind}-"
        return [
            item.removeprefix(start)
            for item in self.cleaned_data["items"]
            if item.startswith(start)
        ]
