"""What people look for among sent messages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import PortalForm, SearchInput

LABELS = {
    "email": _("Search by email address or reference"),
    "sms": _("Search by phone number or reference"),
    "letter": _("Search by address or file name"),
}


class RecipientSearchForm(PortalForm):
    """A recipient or a reference, or the start of one."""

    to = forms.CharField(
        label=_("Search by recipient or reference"),
        required=False,
        widget=SearchInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self, *args: object, kind: str | None = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = LABELS.get(kind or "", self.fields["to"].label)
