"""Uploading a spreadsheet, correcting its cells, and saying when to send it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.common.forms import (
    Checkboxes,
    FileInput,
    PortalForm,
    Radios,
    Select,
    Textarea,
    TextInput,
)
from portal.common.once import new_form_id
from portal.jobs import schedule
from portal.jobs.actions import WrongFile
from portal.jobs.contact_lists import NoContactList, kind_of
from portal.jobs.corrections import MOST_CHARACTERS, WrongCell, WrongRow, faults_of
from portal.messages.spreadsheet import (
    EXTENSIONS,
    Row,
    UnreadableFile,
    read_spreadsheet,
)

# A cell with more is easier to change where all of it can be seen.
LINE_CHARACTERS = 80


class UploadForm(PortalForm):
    """A spreadsheet of recipients."""

    file = forms.FileField(
        label=_("Choose a file"),
        help_text=_("CSV, TSV, Excel or OpenDocument, up to 100,000 rows and 10MB."),
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": _("Choose a file to upload.")},
        widget=FileInput(accept=",".join(EXTENSIONS)),
    )

    def clean_file(self) -> Any:
        """Read the rows of the file, or say why that cannot be done."""
        upload = self.cleaned_data["file"]
        try:
            self.sheet = read_spreadsheet(upload.read(), upload.name)
        except UnreadableFile as error:
            raise forms.ValidationError(f"{upload.name}: {error.message}") from error
        return upload


class ContactListForm(UploadForm):
    """A list of recipients alone."""

    def clean_file(self) -> Any:
        """Read the list, or say why it is none."""
        upload = super().clean_file()
        try:
            kind_of(self.sheet.content)
        except NoContactList as error:
            raise forms.ValidationError(f"{upload.name}: {error}") from error
        return upload


class StartForm(PortalForm):
    """Now, or a day and an hour."""

    reveals = {"when": {"later": ("day", "hour")}}
    when = forms.ChoiceField(
        label=_("When to send"),
        choices=[("now", _("Now")), ("later", _("Choose a different time"))],
        initial="now",
        error_messages={
            "required": _("Choose when to send."),
            "invalid_choice": _("Choose when to send: now, or at another time."),
        },
        widget=Radios(label_size="m"),
    )
    day = forms.ChoiceField(
        label=_("Day"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the next 7 days.")},
        widget=Select(),
    )
    hour = forms.ChoiceField(
        label=_("Hour"),
        required=False,
        error_messages={"invalid_choice": _("Choose an hour of the day.")},
        widget=Select(),
    )

    def __init__(
        self, *args: Any, now: dt.datetime | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now or timezone.now()
        soon = (self.now + dt.timedelta(hours=1)).astimezone(schedule.LONDON)
        self.initial.update(day=soon.date().isoformat(), hour=str(soon.hour))
        self.fields["day"].choices = schedule.days_from(self.now)  # type: ignore[attr-defined]
        self.fields["hour"].choices = schedule.hours()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Work out the moment: None for now."""
        data = super().clean() or {}
        data["moment"] = None
        if data.get("when") == "later":
            self._ask_for("day", _("Choose a day."))
            self._ask_for("hour", _("Choose an hour."))
        if data.get("when") == "later" and not self.errors:
            moment = schedule.moment_of(data.get("day", ""), data.get("hour", ""))
            if not schedule.is_possible(moment, self.now):
                self.add_error(
                    "hour", _("Choose a time in the future, within the next 7 days.")
                )
            data["moment"] = moment
        return data

    def _ask_for(self, name: str, sentence: Any) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, sentence)


class CorrectionForm(PortalForm):
    """The wrong cells of a file, and for each of their rows a box that leaves it out.

    Before anybody has sent it, it is filled as the file is: what is wrong is told at once.
    `changes` holds what is to change, by the numbers of the rows.
    """

    form_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, file: WrongFile, sent: Mapping[str, Any] | None = None) -> None:
        super().__init__(_as_it_is(file) if sent is None else sent)
        self.file = file
        self.changes: dict[int, Row | None] = {}
        for row in file.rows:
            for cell in row.cells:
                self.fields[_cell_name(row, cell)] = _cell_field(row, cell)
            self.fields[_box_name(row)] = _box_field(row)

    def groups(self) -> list[dict[str, Any]]:
        """Return the rows, each with its fields and its box."""
        return [
            {
                "row": row,
                "fields": [self[_cell_name(row, cell)] for cell in row.cells],
                "box": self[_box_name(row)],
            }
            for row in self.file.rows
        ]

    def clean(self) -> dict[str, Any]:
        """Check the rows as they would be; those that are left out may be as they like."""
        data = super().clean() or {}
        for row in self.file.rows:
            names = {cell.place: _cell_name(row, cell) for cell in row.cells}
            if data.get(_box_name(row)):
                self.changes[row.number] = None
                for name in names.values():
                    self.errors.pop(name, None)
            elif self.errors.keys().isdisjoint(names.values()):
                values = {place: data[name] for place, name in names.items()}
                self._judge(row, row.with_values(values), names)
        left_out = list(self.changes.values()).count(None)
        if left_out == self.file.row_count:
            told = _("Keep at least one row: there is nothing to send without any.")
            self.add_error(_box_name(self.file.rows[0]), told)
        return data

    def _judge(self, row: WrongRow, written: Row, names: Mapping[int, str]) -> None:
        self.changes[row.number] = written
        table = self.file.table
        for fault in faults_of(table, table.detailed(row.index, written)):
            name = names.get(fault.place) or next(iter(names.values()))
            if name not in self.errors:
                self.add_error(name, fault.sentence)


def _as_it_is(file: WrongFile) -> dict[str, str]:
    values = {
        _cell_name(row, cell): cell.value for row in file.rows for cell in row.cells
    }
    return values | {"form_id": str(new_form_id())}


def _cell_name(row: WrongRow, cell: WrongCell) -> str:
    # Numbers alone: what a column is called can be anything.
    return f"cell-{row.number}-{cell.place}"


def _box_name(row: WrongRow) -> str:
    return f"leave-{row.number}"


def _cell_field(row: WrongRow, cell: WrongCell) -> forms.Field:
    words = {"name": cell.heading, "number": row.number, "most": f"{MOST_CHARACTERS:,}"}
    hidden = '<span class="govuk-visually-hidden">{}</span> {}'
    is_long = "\n" in cell.value or len(cell.value) > LINE_CHARACTERS
    kind = Textarea(rows=4) if is_long else TextInput()
    kind.attrs |= {"autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=format_html(hidden, gettext("Row %(number)s:") % words, cell.heading),
        required=False,
        max_length=MOST_CHARACTERS,
        error_messages={
            "max_length": gettext(
                "“%(name)s” in row %(number)s must have %(most)s characters or fewer."
            )
            % words,
            "null_characters_not_allowed": gettext(
                "“%(name)s” in row %(number)s has characters that cannot be shown. "
                "Delete them, or type it again."
            )
            % words,
        },
        widget=kind,
    )


def _box_field(row: WrongRow) -> forms.Field:
    return forms.MultipleChoiceField(
        label=gettext("Leave row %(number)s out") % {"number": row.number},
        choices=[("yes", gettext("Do not send to this row"))],
        required=False,
        widget=Checkboxes(label_hidden=True, small=True),
    )
