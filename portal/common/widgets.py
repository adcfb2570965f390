"""The inputs of the GOV.UK Design System as Django widgets."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


def attributes(values: Mapping[str, Any]) -> SafeString:
    """Write an element's attributes in their order; True has no value, False is left out."""
    written = (
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in values.items()
        if value is not False
    )
    # Both sides of each are escaped above.
    return SafeString("".join(written))


class GovukWidget(forms.Widget):
    """What all our widgets can be told about their looks."""

    govuk_class = ""
    label_size = "s"
    label_hidden = False
    # What only some kinds can have, and the markup asks of all.
    prefix = suffix = ""
    highlight = drop_zone = small = inline = False

    def __init__(
        self,
        *args: Any,
        label_size: str = "s",
        label_hidden: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_size = label_size
        self.label_hidden = label_hidden


class TextInput(GovukWidget, forms.TextInput):
    """One line of text; ``width`` is a number of characters (2, 3, 4, 5, 10, 20, 30)."""

    govuk_class = "govuk-input"

    def __init__(
        self,
        *args: Any,
        width: int | None = None,
        prefix: str = "",
        suffix: str = "",
        highlight: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.prefix, self.suffix, self.highlight = prefix, suffix, highlight
        if width:
            self.attrs["class"] = f"govuk-input--width-{width}"

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Write the element; Django's three templates for it take most of a field's time."""
        own = {"type": self.input_type, "name": name}
        if (shown := self.format_value(value)) is not None:
            own["value"] = shown
        given = self.build_attrs(self.attrs, attrs)
        return SafeString(f"<input{attributes({**own, **given})}>")


class EmailInput(TextInput):
    """An e-mail address, without the browser correcting it."""

    input_type = "email"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attrs.setdefault("autocomplete", "email")
        self.attrs.setdefault("spellcheck", "false")
        self.attrs.setdefault("autocapitalize", "none")


class TelephoneInput(TextInput):
    """A phone number."""

    input_type = "tel"


class SearchInput(TextInput):
    """A term to look for."""

    input_type = "search"


class CodeInput(TextInput):
    """Digits that are no number: codes and the like."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attrs.setdefault("inputmode", "numeric")
        self.attrs.setdefault("autocomplete", "one-time-code")


class PasswordInput(GovukWidget, forms.PasswordInput):
    """A password with a button that shows it."""

    govuk_class = "govuk-input"

    def __init__(
        self, *args: Any, autocomplete: str = "current-password", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.attrs.setdefault("autocomplete", autocomplete)
        self.attrs.setdefault("spellcheck", "false")
        self.attrs.setdefault("autocapitalize", "none")


class Textarea(GovukWidget, forms.Textarea):
    """Several lines; can count characters and mark placeholders while typing."""

    govuk_class = "govuk-textarea"

    def __init__(
        self,
        *args: Any,
        rows: int = 8,
        counter: bool = False,
        highlight: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.attrs["rows"] = rows
        self.attrs.pop("cols", None)
        self.counter, self.highlight = counter, highlight


class Select(GovukWidget, forms.Select):
    """A list to choose one from."""

    govuk_class = "govuk-select"

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Write the element and its options, as an input is written."""
        given = self.build_attrs(self.attrs, attrs)
        parts = [f"<select{attributes({'name': name, **given})}>"]
        for group, options, _index in self.optgroups(name, self.format_value(value)):
            parts += [f'<optgroup label="{escape(group)}">'] if group else []
            parts += (
                f"<option{attributes({'value': option['value'], **option['attrs']})}>"
                f"{escape(option['label'])}</option>"
                for option in options
            )
            parts += ["</optgroup>"] if group else []
        return SafeString("\n".join([*parts, "</select>"]))


class FileInput(GovukWidget, forms.FileInput):
    """A file to send; ``drop_zone`` lets people drop it on the page as well."""

    govuk_class = "govuk-file-upload"

    def __init__(
        self, *args: Any, accept: str = "", drop_zone: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.drop_zone = drop_zone
        if accept:
            self.attrs["accept"] = accept


class _Choices(GovukWidget):
    kind = ""

    def __init__(
        self,
        *args: Any,
        hints: Mapping[str, str] | None = None,
        small: bool = False,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hints = hints or {}
        self.small, self.inline = small, inline

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)  # type: ignore[misc]
        option["hint"] = self.hints.get(str(option["value"]), "")
        return option


class Radios(_Choices, forms.RadioSelect):
    """One of a few; ``hints`` maps values to a line under the choice."""

    kind = "radios"


class Checkboxes(_Choices, forms.CheckboxSelectMultiple):
    """Any of a few; ``hints`` maps values to a line under the choice."""

    kind = "checkboxes"


class DateInput(GovukWidget, forms.MultiWidget):
    """Day, month and year as three short inputs."""

    kind = "date"
    template_name = "common/forms/date.html"
    use_fieldset = True

    def __init__(self, **kwargs: Any) -> None:
        parts = dict.fromkeys(("day", "month", "year"), forms.TextInput)
        super().__init__(widgets=parts, **kwargs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = (_("Day"), _("Month"), _("Year"))
        for part, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            part["label"] = label
        return context


class DateField(forms.MultiValueField):
    """A date typed as three numbers."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        parts = (forms.IntegerField(), forms.IntegerField(), forms.IntegerField())
        messages = {
            "required": _("Enter a date."),
            "incomplete": _("The date must include a day, a month and a year."),
            "invalid": _("The date must be a real date."),
            **kwargs.pop("error_messages", {}),
        }
        for part in parts:
            part.error_messages["invalid"] = messages["invalid"]
        super().__init__(
            fields=parts, require_all_fields=False, error_messages=messages, **kwargs
        )

    def clean(self, value: Any) -> datetime.date | None:
        parts = [str(part or "").strip() for part in value or []]
        if any(parts) and not all(parts):
            raise forms.ValidationError(self.error_messages["incomplete"])
        cleaned: datetime.date | None = super().clean(value)
        return cleaned

    def compress(self, data_list: Any) -> datetime.date | None:
        if not data_list:
            return None
        day, month, year = data_list
        try:
            return datetime.date(year, month, day)
        except (TypeError, ValueError, OverflowError) as error:
            raise forms.ValidationError(self.error_messages["invalid"]) from error
