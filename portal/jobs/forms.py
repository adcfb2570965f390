"""Uploading a spreadsheet, and saying when to send it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.common.forms import FileInput, PortalForm, Radios, Select
from portal.jobs import schedule
from portal.jobs.contact_lists import NoContactList, kind_of
from portal.messages.spreadsheet import EXTENSIONS, UnreadableFile, read_spreadsheet


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
