"""Where copies go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.common.forms import PortalForm, Radios
from portal.common.once import new_form_id
from portal.services.models import Service


class CopyForm(PortalForm):
    """The service to copy into."""

    service = forms.ChoiceField(
        label=_("Copy to"),
        widget=Radios(small=True),
        error_messages={
            "required": _("Choose a service."),
            "invalid_choice": _("Choose a service."),
        },
    )
    form_id = forms.UUIDField(
        required=False, initial=new_form_id, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, here: Service, others: Iterable[Service], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            (str(here.pk), _("%(name)s (this service)") % {"name": here.name}),
            *((str(other.pk), str(other.name)) for other in others),
        ]
