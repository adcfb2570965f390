"""Files for e-mails: chosen, and how they are offered to recipients."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.forms import (
    CodeInput,
    EmailInput,
    FileInput,
    PortalForm,
    Radios,
    TextInput,
)
from portal.common.once import new_form_id
from portal.message_templates.models import Template
from portal.messages.columns import column_key
from portal.messages.email_addresses import InvalidEmailAddress, parse_email_address
from portal.messages.fields import Content
from portal.messages.linked_files import (
    FEWEST_WEEKS,
    KINDS,
    LONGEST_NAME,
    MOST_BYTES,
    MOST_WEEKS,
    clean_name,
    has_forbidden_characters,
    kind_of,
)

EXTENSIONS = [f".{kind.extension}" for kind in KINDS]
LONGEST_LINK_TEXT = 200
YES, NO = "yes", "no"
_SALT = "kept-email-file"


class KeptFile:
    """A file that somebody chose and that could not be taken yet; it waits for a second try."""

    def __init__(self, file_id: UUID, name: str, template_id: Any) -> None:
        self.id, self.name, self.template_id = file_id, name, str(template_id)

    def signed(self) -> str:
        """Write it for a hidden field."""
        told = [str(self.id), self.name, self.template_id]
        return signing.dumps(told, salt=_SALT, compress=True)

    @classmethod
    def read(cls, signed: str, template_id: Any) -> KeptFile | None:
        """Read what a hidden field says; None if it is not from us, or of another template."""
        try:
            file_id, name, of = signing.loads(signed, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(UUID(file_id), name, of) if of == str(template_id) else None


class EmailFileForm(PortalForm):
    """A file to attach to a template; ``kept`` names one that is here already."""

    file = forms.FileField(
        label=gettext_lazy("Choose a file"),
        help_text=gettext_lazy("Up to 2MB."),
        required=False,
        allow_empty_file=True,
        widget=FileInput(accept=",".join(EXTENSIONS)),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    form_id = forms.UUIDField(
        required=False, initial=new_form_id, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        self.content = b""
        self.file_id = uuid4()
        self.name = ""
        self.kept_file: KeptFile | None = None

    def clean_file(self) -> Any:
        """Refuse what cannot be attached, each with its own sentence."""
        upload = self.cleaned_data["file"]
        if upload is None:
            return None
        self.name = clean_name(upload.name or "")
        for problem in (problem_of_name, problem_of_place):
            if told := problem(self.name, self.template):
                raise forms.ValidationError(told)
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The file must be 2MB or smaller."))
        self.content = upload.read()
        if told := problem_of_content(self.name, self.content):
            raise forms.ValidationError(told)
        return upload

    def clean(self) -> dict[str, Any]:
        """Take the file that is chosen now, else the one that was kept."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors or cleaned.get("file"):
            return cleaned
        kept = KeptFile.read(cleaned.get("kept") or "", self.template.pk)
        if kept is None:
            self.add_error("file", _("Choose a file to upload."))
        elif told := problem_of_place(kept.name, self.template):
            self.add_error("file", told)
        else:
            self.kept_file, self.file_id, self.name = kept, kept.id, kept.name
        return cleaned


def problem_of_name(name: str, template: Template) -> str:
    """Say why a file of this name cannot be attached; empty when it can."""
    if kind_of(name) is None:
        told = _("The file must be one of these kinds: %(kinds)s.")
        return told % {"kinds": ", ".join(EXTENSIONS)}
    if len(name) > LONGEST_NAME:
        told = _(
            "The file’s name must have %(most)s characters or fewer. It has %(has)s."
        )
        return told % {"most": LONGEST_NAME, "has": len(name)}
    if has_forbidden_characters(name):
        return _(
            "The file’s name cannot have brackets, commas, question marks, & or < and "
            ">. Rename the file and upload it again."
        )
    return ""


def problem_of_place(name: str, template: Template) -> str:
    """Say why a template cannot have one more file of this name; empty when it can."""
    key = column_key(name)
    if key in {file.key for file in template.email_files}:
        told = _("The template already has a file called “%(name)s”.")
        return told % {"name": name}
    if key in Content(template.subject or "").keys:
        return _(
            "A file cannot be in the subject of an email. Take ((%(name)s)) out of the "
            "subject, or rename the file."
        ) % {"name": name}
    return ""


def problem_of_content(name: str, content: bytes) -> str:
    """Say why a file cannot be what its name says; empty when it can."""
    if not content:
        return _("The file is empty. Check it and upload it again.")
    kind = kind_of(name)
    if kind is None or not kind.fits(content):
        return _(
            "The file is not what its name says. Open it, save it again as a file of "
            "its kind and upload that."
        )
    return ""


class LinkTextForm(PortalForm):
    """The words that recipients click on."""

    heading = "link_text"

    link_text = forms.CharField(
        label=gettext_lazy("Link text (optional)"),
        help_text=gettext_lazy(
            "Say what the file is, like “your parking permit”, not “click here”. Leave "
            "it empty to show the whole web address, which is better for people who do "
            "not expect your email."
        ),
        required=False,
        max_length=LONGEST_LINK_TEXT,
        error_messages={
            "max_length": gettext_lazy(
                "The link text must have 200 characters or fewer."
            )
        },
        widget=TextInput(label_size="l", attrs={"autocomplete": "off"}),
    )

    def clean_link_text(self) -> str:
        """Refuse what would end the link, or be filled in."""
        text = " ".join(str(self.cleaned_data["link_text"]).split())
        if "((" in text or "))" in text or set("[]") & set(text):
            raise forms.ValidationError(
                _("The link text cannot have square or double brackets.")
            )
        return text


class RetentionForm(PortalForm):
    """How many weeks recipients can download a file."""

    heading = "retention_period"

    retention_period = forms.IntegerField(
        label=gettext_lazy("Number of weeks that recipients can download the file"),
        help_text=gettext_lazy(
            "From 1 to 78 weeks after each email is sent. Think of whether they need it "
            "again later, and of what it says about them."
        ),
        min_value=FEWEST_WEEKS,
        max_value=MOST_WEEKS,
        localize=False,
        error_messages={
            "required": gettext_lazy("Enter a number of weeks."),
            "invalid": gettext_lazy("Enter the weeks as a whole number, like 26."),
            "min_value": gettext_lazy("The number of weeks must be from 1 to 78."),
            "max_value": gettext_lazy("The number of weeks must be from 1 to 78."),
        },
        widget=CodeInput(width=3, label_size="l", attrs={"autocomplete": "off"}),
    )


class ValidationForm(PortalForm):
    """Whether recipients have to confirm their e-mail address."""

    heading = "validate_users_email"

    validate_users_email = forms.TypedChoiceField(
        label=gettext_lazy("Ask recipients for their email address?"),
        help_text=gettext_lazy(
            "Before the download they enter the address that you sent the file to. "
            "Choose Yes for anything personal or confidential."
        ),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))],
        coerce=lambda chosen: chosen == YES,
        error_messages={
            "required": gettext_lazy("Choose whether to ask for the email address."),
            "invalid_choice": gettext_lazy(
                "Choose whether to ask for the email address."
            ),
        },
        widget=Radios(label_size="l"),
    )

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> str:
        """Choose what holds now."""
        return YES if super().get_initial_for_field(field, field_name) else NO


class RecipientForm(PortalForm):
    """The address that a file was sent to."""

    email_address = forms.CharField(
        label=gettext_lazy("Email address"),
        max_length=320,
        error_messages={
            "required": gettext_lazy("Enter your email address."),
            "max_length": gettext_lazy(
                "Enter an email address in the correct form, like name@example.com."
            ),
        },
        widget=EmailInput(),
    )

    def clean_email_address(self) -> str:
        """Refuse what is no address."""
        try:
            return parse_email_address(str(self.cleaned_data["email_address"]))
        except InvalidEmailAddress as error:
            raise forms.ValidationError(
                _("Enter an email address in the correct form, like name@example.com.")
            ) from error
