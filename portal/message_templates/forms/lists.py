"""What people choose in lists: words to look for, folders, versions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.common.forms import (
    Checkboxes,
    PortalForm,
    Radios,
    SearchInput,
    Select,
    TextInput,
)
from portal.common.once import new_form_id
from portal.message_templates.filters import (
    NOT_TWELVE_MONTHS,
    NOT_YEAR,
    WEEK,
    YEAR,
    Wanted,
    twelve_months_before,
)
from portal.message_templates.models import TemplateFolder, TemplateHistory
from portal.services.models import Service
from portal.services.months import APRIL, financial_year
from portal.users.models import User

TOP, NEW = "top", "new"
KINDS = (
    ("email", _("Email")),
    ("sms", _("Text message")),
    ("letter", _("Letter")),
)


class SearchForm(PortalForm):
    """Words to look for in names and ids, and inside messages on request; filters."""

    search = forms.CharField(
        label=_("Search by name or ID"),
        required=False,
        widget=SearchInput(attrs={"autocomplete": "off"}),
    )
    inside = forms.MultipleChoiceField(
        label=_("More"),
        choices=[("yes", _("Look inside messages too"))],
        required=False,
        widget=Checkboxes(small=True, label_hidden=True),
    )

    placeholder = forms.CharField(
        label=_("Has the placeholder"),
        required=False,
        max_length=255,
        error_messages={
            "max_length": _("The placeholder must have 255 characters or fewer.")
        },
        widget=TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    used = forms.ChoiceField(
        label=_("Last use"),
        required=False,
        error_messages={"invalid_choice": _("Choose a last use from the list.")},
        widget=Select(),
    )
    no_placeholders = forms.MultipleChoiceField(
        label=_("Placeholders"),
        choices=[("yes", _("Has no placeholders"))],
        required=False,
        widget=Checkboxes(small=True, label_hidden=True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["used"].choices = uses()  # type: ignore[attr-defined]

    def clean_placeholder(self) -> str:
        """Take a name as it is written in messages as well: ((name))."""
        return str(self.cleaned_data["placeholder"]).strip("() ")

    def wanted(self, kind: str) -> Wanted:
        """What is asked for; what cannot be understood does not count."""
        self.full_clean()
        told = self.cleaned_data if self.is_bound else {}
        return Wanted(
            kind=kind,
            words=told.get("search", "").strip(),
            inside=bool(told.get("inside")),
            placeholder=told.get("placeholder", ""),
            no_placeholders=bool(told.get("no_placeholders")),
            used=told.get("used", ""),
        )


def uses() -> list[tuple[str, Any]]:
    """The times of last use to choose from; the API counts by month beyond the last days."""
    today = timezone.localdate()
    year = datetime.date(financial_year(today), APRIL, 1)
    days = {
        "year": date_format(year, "j F Y"),
        "before": date_format(twelve_months_before(today), "j F Y"),
    }
    return [
        ("", _("Any time")),
        (WEEK, _("Used in the last 7 days")),
        (YEAR, _("Used since %(year)s") % days),
        (NOT_YEAR, _("Not used since %(year)s") % days),
        (NOT_TWELVE_MONTHS, _("Not used since %(before)s") % days),
    ]


class CompareForm(PortalForm):
    """Which other version to compare one with: the one before it, if not told."""

    compare = forms.TypedChoiceField(
        label=_("Compare with"), coerce=int, required=False, widget=Select()
    )

    def __init__(
        self,
        *args: Any,
        version: int,
        versions: Mapping[int, TemplateHistory],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        others = sorted(versions.keys() - {version}, reverse=True)
        older = [number for number in others if number < version]
        self.usual = next(iter(older or others), version)
        self.fields["compare"].choices = [  # type: ignore[attr-defined]
            (number, _("Version %(n)s") % {"n": number}) for number in others
        ]
        self.fields["compare"].initial = self.usual

    def compared(self) -> int:
        """The number of the other version."""
        if self.is_valid() and self.cleaned_data["compare"]:
            return int(self.cleaned_data["compare"])
        self.data = {"compare": self.usual}
        self.full_clean()
        return self.usual


class NewTemplateForm(PortalForm):
    """Which kind of template to make, of those that the service may send."""

    heading = "template_type"

    template_type = forms.ChoiceField(
        label=_("New template"),
        widget=Radios(),
        error_messages={
            "required": _("Choose what kind of template to make."),
            "invalid_choice": _("Choose what kind of template to make."),
        },
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template_type"]
        field.choices = [  # type: ignore[attr-defined]
            (kind, name) for kind, name in KINDS if service.has_permission(kind)
        ]


def folder_name(*, required: bool = True, **kwargs: Any) -> forms.CharField:
    """Make the field for a folder's name."""
    return forms.CharField(
        label=_("Folder name"),
        required=required,
        max_length=255,
        error_messages={
            "required": _("Enter a folder name."),
            "max_length": _("The name must have 255 characters or fewer."),
        },
        widget=TextInput(attrs={"autocomplete": "off"}),
        **kwargs,
    )


class FolderForm(PortalForm):
    """A folder's name."""

    name = folder_name()
    form_id = forms.UUIDField(
        required=False, initial=new_form_id, widget=forms.HiddenInput
    )


class ManageFolderForm(FolderForm):
    """A folder's name, and the people who see it where somebody may say that."""

    users_with_permission = forms.MultipleChoiceField(
        label=_("Team members who can see this folder"),
        required=False,
        widget=Checkboxes(small=True),
    )

    def __init__(
        self,
        *args: Any,
        folder: TemplateFolder,
        people: Iterable[User] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"name": folder.name}, **kwargs)
        if people is None:
            del self.fields["users_with_permission"]
            return
        self.fields["users_with_permission"].choices = [  # type: ignore[attr-defined]
            (str(person.pk), str(person.name)) for person in people
        ]
        self.initial["users_with_permission"] = folder.users_with_permission

    def clean_users_with_permission(self) -> list[str]:
        """Refuse a folder that nobody sees, which the API does not know."""
        chosen = list(self.cleaned_data["users_with_permission"])
        if not chosen:
            raise forms.ValidationError(_("Choose at least one team member."))
        return chosen

    def people_chosen(self) -> list[str] | None:
        """The ids of those who see the folder; None where they stay as they are."""
        return self.cleaned_data.get("users_with_permission")


class MoveForm(PortalForm):
    """What to move, and where to: a folder that there is, or a new one."""

    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
        "to": {NEW: ("name",)}
    }

    to = forms.ChoiceField(
        label=_("Move to"),
        widget=Radios(small=True),
        error_messages={
            "required": _("Choose a folder."),
            "invalid_choice": _("Choose a folder."),
        },
    )
    name = folder_name(required=False)

    def __init__(
        self, *args: Any, places: Iterable[tuple[int, TemplateFolder]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (TOP, _("Templates")),
            *((str(f.pk), f"{'– ' * (depth + 1)}{f.name}") for depth, f in places),
            (NEW, _("A new folder")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a name only where a new folder is wanted."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to") == NEW and not cleaned.get("name"):
            self.add_error("name", _("Enter a folder name."))
        return cleaned
