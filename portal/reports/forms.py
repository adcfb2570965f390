"""What may be asked of a report."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.forms import Checkboxes, DateField, PortalForm, Radios, Select
from portal.reports.actions import NotificationFilters
from portal.reports.models import Report
from portal.reports.rows import COLUMNS, Layout

CHANNELS = ("", "sms", "email", "letter")
STATUSES = ("", "sending", "delivered", "failed")
MOST_DAYS = 90
DAYS_BACK = datetime.timedelta(days=MOST_DAYS)
A_WEEK = datetime.timedelta(days=7)
HIDE = "hide"
Choices = Iterable[tuple[str, Any]]


class NotificationsReportForm(forms.Form):
    """The filters of a list of notifications, as the link beneath it gives them."""

    message_type = forms.ChoiceField(
        choices=[(name, name) for name in CHANNELS], required=False
    )
    status = forms.ChoiceField(
        choices=[(name, name) for name in STATUSES], required=False
    )
    job_id = forms.UUIDField(required=False)
    number_of_days = forms.IntegerField(
        min_value=1, max_value=MOST_DAYS, required=False
    )

    def filters(self) -> NotificationFilters:
        """Return what was asked for; the form must be valid."""
        asked = self.cleaned_data
        days = asked["number_of_days"]
        return NotificationFilters(
            template_type=asked["message_type"] or None,
            status=asked["status"] or None,
            job_id=str(asked["job_id"]) if asked["job_id"] else None,
            **({"limit_days": days} if days else {}),
        )


class BuildReportForm(PortalForm):
    """Which messages a report holds, what it tells of each, and as what file."""

    first_day = DateField(
        label=gettext_lazy("First day"),
        error_messages={
            "required": gettext_lazy("Enter the first day."),
            "incomplete": gettext_lazy(
                "The first day must include a day, a month and a year."
            ),
            "invalid": gettext_lazy("The first day must be a real date."),
        },
    )
    last_day = DateField(
        label=gettext_lazy("Last day"),
        error_messages={
            "required": gettext_lazy("Enter the last day."),
            "incomplete": gettext_lazy(
                "The last day must include a day, a month and a year."
            ),
            "invalid": gettext_lazy("The last day must be a real date."),
        },
    )
    message_type = forms.ChoiceField(
        label=gettext_lazy("Kind of message"),
        required=False,
        widget=Radios(small=True),
        choices=[
            ("", gettext_lazy("All")),
            ("email", gettext_lazy("Emails")),
            ("sms", gettext_lazy("Text messages")),
            ("letter", gettext_lazy("Letters")),
        ],
        error_messages={
            "invalid_choice": gettext_lazy("Choose one of the kinds of message.")
        },
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        widget=Radios(small=True),
        choices=[
            ("", gettext_lazy("Any")),
            ("sending", gettext_lazy("Delivering")),
            ("delivered", gettext_lazy("Delivered")),
            ("failed", gettext_lazy("Failed")),
        ],
        error_messages={"invalid_choice": gettext_lazy("Choose one of the statuses.")},
    )
    template = forms.ChoiceField(
        label=gettext_lazy("Template"),
        help_text=gettext_lazy(
            "If two templates have the same name, the report has the messages of both."
        ),
        required=False,
        widget=Select,
        error_messages={
            "invalid_choice": gettext_lazy(
                "That template is no longer there: choose another one."
            )
        },
    )
    job = forms.ChoiceField(
        label=gettext_lazy("Uploaded file"),
        required=False,
        widget=Select,
        error_messages={
            "invalid_choice": gettext_lazy(
                "That file is no longer there: choose another one."
            )
        },
    )
    key = forms.ChoiceField(
        label=gettext_lazy("API key"),
        required=False,
        widget=Select,
        error_messages={
            "invalid_choice": gettext_lazy(
                "That API key is no longer there: choose another one."
            )
        },
    )
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"),
        widget=Checkboxes(small=True),
        choices=[(name, name) for name in COLUMNS],
        error_messages={
            "required": gettext_lazy("Choose at least one column."),
            "invalid_choice": gettext_lazy("Choose columns from the list."),
        },
    )
    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("Recipients"),
        required=False,
        widget=Checkboxes(
            small=True,
        ),
        help_text=gettext_lazy(
            "Instead of each number or address there is a code, the same one "
            "for the same person in this report. Other columns stay as they are."
        ),
        choices=[(HIDE, gettext_lazy("Hide who the messages went to"))],
        error_messages={
            "invalid_choice": gettext_lazy("Choose whether to hide recipients.")
        },
    )
    file_type = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        widget=Radios(small=True),
        choices=Report.FileType.choices,
        error_messages={
            "required": gettext_lazy("Choose what kind of file to make."),
            "invalid_choice": gettext_lazy("Choose one of the kinds of file."),
        },
    )

    def __init__(
        self,
        *args: Any,
        templates: Choices = (),
        jobs: Choices = (),
        keys: Choices = (),
        **kwargs: Any,
    ) -> None:
        today = timezone.localdate()
        usual = {
            "first_day": today - A_WEEK,
            "last_day": today,
            "columns": list(COLUMNS),
            "file_type": Report.FileType.CSV,
        }
        kwargs["initial"] = usual | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        for name, some, any_label in (
            ("template", templates, _("Any template")),
            ("job", jobs, _("Any, or none")),
            ("key", keys, _("Any, or none")),
        ):
            field: Any = self.fields[name]
            field.choices = [("", any_label), *some]

    def clean_first_day(self) -> datetime.date:
        first: datetime.date = self.cleaned_data["first_day"]
        today = timezone.localdate()
        if first > today:
            raise ValidationError(_("The first day must be today or in the past."))
        if first < today - DAYS_BACK:
            raise ValidationError(
                _("Messages are kept for %(days)s days at most: choose a later day.")
                % {"days": MOST_DAYS}
            )
        return first

    def clean_last_day(self) -> datetime.date:
        last: datetime.date = self.cleaned_data["last_day"]
        first = self.cleaned_data.get("first_day")
        if first and last < first:
            raise ValidationError(_("The last day must not be before the first day."))
        return last

    def filters(self, template_names: Iterable[str] = ()) -> NotificationFilters:
        """Return which messages were asked for; the form must be valid."""
        asked = self.cleaned_data
        return NotificationFilters(
            template_type=asked["message_type"] or None,
            status=asked["status"] or None,
            job_id=asked["job"] or None,
            first_day=asked["first_day"].isoformat(),
            last_day=asked["last_day"].isoformat(),
            template_names=tuple(template_names) or None,
            api_key=asked["key"] or None,
            job_name=self._name_of("job"),
            template_name=self._name_of("template"),
        )

    def _name_of(self, field: str) -> str | None:
        """What the choice of a field is called; None where nothing is chosen."""
        chosen = self.cleaned_data[field]
        choices: Any = self.fields[field]
        return str(dict(choices.choices)[chosen]) if chosen else None

    def layout(self) -> Layout:
        """Return what to tell of each message; the form must be valid."""
        chosen = set(self.cleaned_data["columns"])
        return Layout(
            columns=tuple(name for name in COLUMNS if name in chosen),
            hide_recipients=HIDE in self.cleaned_data["recipients"],
        )
