"""The base of all forms on staff pages, with the markup of the GOV.UK Design System."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.common.widgets import (
    Checkboxes,
    CodeInput,
    DateField,
    DateInput,
    EmailInput,
    FileInput,
    PasswordInput,
    Radios,
    SearchInput,
    Select,
    TelephoneInput,
    Textarea,
    TextInput,
)
from portal.remote.errors import HTTPError

__all__ = [
    "Checkboxes",
    "CodeInput",
    "DateField",
    "DateInput",
    "EmailInput",
    "FileInput",
    "GovukBoundField",
    "GovukRenderer",
    "PasswordInput",
    "PortalForm",
    "Radios",
    "SearchInput",
    "Select",
    "TelephoneInput",
    "TextInput",
    "Textarea",
]


class GovukBoundField(forms.BoundField):
    """A field of a form with what its GOV.UK markup needs to know."""

    @property
    def kind(self) -> str:
        """Return "radios", "checkboxes", "date" or "single"."""
        return str(getattr(self.field.widget, "kind", "single"))

    @property
    def anchor(self) -> str:
        """Return the id that a link in the error summary jumps to."""
        ids = {"single": self.id_for_label, "date": f"{self.auto_id}_0"}
        return ids.get(self.kind, f"{self.auto_id}_0") or self.auto_id

    @property
    def is_heading(self) -> bool:
        """Tell whether the label is the heading of the page."""
        return self.name == getattr(self.form, "heading", "")

    @cached_property
    def counts(self) -> bool:
        """Tell whether the field shows how many characters are left."""
        return bool(
            getattr(self.field.widget, "counter", False)
            and getattr(self.field, "max_length", None)
        )

    @property
    def described_by(self) -> str:
        """Return the ids of hint, error and counter."""
        parts = (
            (self.help_text, "_helptext"),
            (self.errors, "_error"),
            (self.counts, "-info"),
        )
        return " ".join(f"{self.auto_id}{end}" for there, end in parts if there)

    def get_context(self) -> dict[str, Any]:
        """Give the markup what it asks for again and again, found out once."""
        return {
            "field": self,
            "widget": self.field.widget,
            "kind": self.kind,
            "id": self.auto_id,
            "anchor": self.anchor,
            "label": self.label,
            "hint": self.help_text,
            "errors": self.errors,
            "counts": self.counts,
            "described_by": self.described_by,
            "is_heading": self.is_heading,
            "is_password": isinstance(self.field.widget, PasswordInput),
        }

    def options(self) -> Iterator[dict[str, Any]]:
        """Yield the choices, each with hint and the fields it reveals."""
        reveals = getattr(self.form, "reveals", {}).get(self.name, {})
        for option in self.subwidgets:
            value = str(option.data["value"])
            names = reveals.get(value, ())
            yield {
                **option.data,
                "id": option.id_for_label,
                "reveals": [self.form[name] for name in names],
            }

    def build_widget_attrs(self, given: Any, widget: Any = None) -> dict[str, Any]:
        attrs: dict[str, Any] = dict(super().build_widget_attrs(given, widget))
        attrs.pop("required", None)
        attrs.pop("aria-describedby", None)
        widget = widget or self.field.widget
        base = getattr(widget, "govuk_class", "")
        if widget.is_hidden or not base:
            return attrs
        classes = (
            base,
            f"{base}--error" if self.errors else "",
            widget.attrs.get("class", ""),
            "govuk-js-character-count" if self.counts else "",
            "govuk-js-password-input-input govuk-password-input__input"
            if isinstance(widget, PasswordInput)
            else "",
        )
        attrs["class"] = " ".join(filter(None, classes))
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        return attrs


class GovukRenderer(TemplatesSetting):
    """Django's form renderer with our templates."""

    form_template_name = "common/forms/form.html"
    field_template_name = "common/forms/field.html"
    bound_field_class = GovukBoundField


# Django's sentences that name no field and no way out, and ours.
_OURS: Mapping[tuple[type[forms.Field], str], Any] = {
    (forms.Field, "required"): _("Fill in “%(label)s”."),
    (forms.MultipleChoiceField, "invalid_choice"): _("Choose from “%(label)s”."),
    (forms.ChoiceField, "invalid_choice"): _("Choose one of “%(label)s”."),
}
_UNSEEN = _(
    "“%(label)s” has characters that cannot be shown. Delete them, or type it again."
)


def _tell_in_our_words(field: forms.Field) -> None:
    label = {"label": str(field.label or "")}
    for (kind, code), ours in _OURS.items():
        djangos = kind.default_error_messages[code]
        if isinstance(field, kind) and field.error_messages.get(code) is djangos:
            field.error_messages[code] = ours % label
    if isinstance(field, forms.CharField):
        code = ProhibitNullCharactersValidator.code
        field.error_messages.setdefault(code, _UNSEEN % label)


class PortalForm(forms.Form):
    """A form of the staff pages.

    ``heading`` names the field whose label is the page's h1, ``reveals`` maps a
    field of choices to the fields that each value opens:
    ``{"when": {"later": ("day", "hour")}}``.
    """

    default_renderer = GovukRenderer
    use_required_attribute = False
    heading: ClassVar[str] = ""
    reveals: ClassVar[Mapping[str, Mapping[str, tuple[str, ...]]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Check what was sent; what Django has no good sentence for is told by ours."""
        if self.is_bound:
            for field in self.fields.values():
                _tell_in_our_words(field)
        super().full_clean()

    def top_fields(self) -> list[forms.BoundField]:
        """Return the fields that are not inside another one, hidden ones included."""
        inner = {
            name
            for values in self.reveals.values()
            for names in values.values()
            for name in names
        }
        return [field for field in self if field.name not in inner]

    def error_list(self) -> list[tuple[str, str]]:
        """Return the anchor and the text of every error, in the order of the fields."""
        visible = self.visible_fields()
        first = visible[0].anchor if visible else ""  # type: ignore[attr-defined]
        found = [(first, str(error)) for error in self.non_field_errors()]
        for field in self:
            anchor = first if field.is_hidden else field.anchor  # type: ignore[attr-defined]
            found += [(anchor, str(error)) for error in field.errors]
        return found

    def add_refusal(
        self, refusal: HTTPError, fields: Mapping[str, str] | None = None
    ) -> None:
        """Show what the API refused, each sentence at the field it is about.

        ``fields`` maps the API's names to ours where they differ.
        """
        told = refusal.errors or {"": [str(refusal.message)]}
        for api_name, sentences in told.items():
            name = (fields or {}).get(api_name, api_name)
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)
