"""What superusers do to several services at once, or to one from its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin_actions import AskForm, Question, asks_first
from portal.organisations.models import Organisation
from portal.services.models import Service

# What the API puts before the name of a service that it archives, for good.
ARCHIVED = "_archived_"


def is_suspended(service: Service) -> bool:
    """Whether it was stopped in a way that can be undone."""
    return not service.active and not service.name.startswith(ARCHIVED)


def is_trial(service: Service) -> bool:
    """Whether it sends to its own team only."""
    return service.active and service.restricted


class MoveForm(AskForm):
    """Where to."""

    def __init__(self, admin: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(admin, *args, **kwargs)
        relation = Service._meta.get_field("organisation")
        self.fields["organisation"] = forms.ModelChoiceField(
            Organisation.objects.active(),
            label=_("Organisation"),
            widget=AutocompleteSelect(relation, admin.admin_site),
        )


class ServiceActions:
    """The actions of the list of services."""

    @asks_first(
        description=_("Suspend the selected services"),
        question=Question(
            title=_("Are you sure that you want to suspend these services?"),
            button=_("Suspend"),
            note=_(
                "They stop sending and receiving at once, and can be resumed as they were."
            ),
        ),
        done="suspended",
        only=lambda service: service.active,
        unfit=_("It is not active."),
    )
    def suspend(
        self, request: HttpRequest, service: Service, given: dict[str, Any]
    ) -> dict[str, Any]:
        service.active = False
        service.save()
        return {"active": False}

    @asks_first(
        description=_("Resume the selected services"),
        question=Question(
            title=_("Are you sure that you want to resume these services?"),
            button=_("Resume"),
        ),
        done="resumed",
        only=is_suspended,
        unfit=_("It is not suspended."),
    )
    def resume(
        self, request: HttpRequest, service: Service, given: dict[str, Any]
    ) -> dict[str, Any]:
        service.active = True
        service.save()
        return {"active": True}

    @asks_first(
        description=_("Make the selected services live"),
        question=Question(
            title=_("Are you sure that you want to make these services live?"),
            button=_("Make live"),
            note=_(
                "They may then send to anybody, within the limits of live services."
            ),
        ),
        done="made live",
        only=is_trial,
        unfit=_("It is not a trial service."),
    )
    def make_live(
        self, request: HttpRequest, service: Service, given: dict[str, Any]
    ) -> dict[str, Any]:
        Service.objects.make_live(service, live=True)
        return {"restricted": False}

    @asks_first(
        description=_("Put the selected services back to trial"),
        question=Question(
            title=_("Are you sure that you want to put these services back to trial?"),
            button=_("Back to trial"),
            note=_("They may then send to their own team only, 50 messages a day."),
        ),
        done="back to trial",
        only=lambda service: service.is_live,
        unfit=_("It is not live."),
    )
    def back_to_trial(
        self, request: HttpRequest, service: Service, given: dict[str, Any]
    ) -> dict[str, Any]:
        Service.objects.make_live(service, live=False)
        return {"restricted": True}

    @asks_first(
        description=_("Move the selected services to an organisation"),
        question=Question(
            title=_("Which organisation do these services move to?"),
            button=_("Move"),
            form_class=MoveForm,
        ),
        done="moved",
    )
    def move(
        self, request: HttpRequest, service: Service, given: dict[str, Any]
    ) -> dict[str, Any]:
        organisation = given["organisation"]
        service.organisation = organisation
        service.save()
        named = {"id": organisation.pk, "name": str(organisation)}
        return {"organisation": named}
