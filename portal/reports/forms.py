"""What may be asked of a report."""

from __future__ import annotations

from django import forms

from portal.reports.actions import NotificationFilters

CHANNELS = ("", "sms", "email", "letter")
STATUSES = ("", "sending", "delivered", "failed")
MOST_DAYS = 90


class NotificationsReportForm(forms.Form):
    """The filters of a list of notifications, as its address and its buttons give them."""

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
