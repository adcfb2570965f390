"""What platform admins look for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import PortalForm, SearchInput


class FindForm(PortalForm):
    """A name, an e-mail address or any id."""

    search = forms.CharField(
        label=_("Find services, organisations, people or any ID"),
        help_text=_("A part of a name or of an email address, or a whole ID."),
        error_messages={"required": _("Enter a name, an email address or an ID.")},
        widget=SearchInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
