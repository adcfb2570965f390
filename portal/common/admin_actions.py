"""Actions of admin lists that ask first, do one thing after the other, and tell of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.audit import record, telling
from portal.remote.admin import REFUSALS
from portal.remote.errors import Unavailable

AT_MOST = 100
# Does it to one thing; what it gives, if anything, is kept in the audit log as what changed.
One = Callable[[Any, HttpRequest, Any, dict[str, Any]], dict[str, Any] | None]


class AskForm(forms.Form):
    """What an action needs to know; nothing but the yes, unless it has fields."""

    def __init__(self, admin: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.admin = admin


@dataclass
class Question:
    """What the page before an action asks."""

    title: Any
    button: Any
    form_class: type[AskForm] = AskForm
    note: Any = ""


@dataclass
class Outcome:
    """What became of the selected things."""

    done: int = 0
    told: list[str] = field(default_factory=list)


def asks_first(
    *,
    description: Any,
    question: Question,
    done: str,
    permission: str = "change",
    only: Callable[[Any], bool] = lambda obj: True,
    unfit: Any = "",
) -> Callable[[One], Any]:
    """Make a list's action of a method that does it to one thing.

    ``done`` is a past participle for the audit log. Things that ``only`` refuses are left
    out, with the words of ``unfit``.
    """

    def decorate(one: One) -> Any:
        def act(
            self: Any, request: HttpRequest, queryset: QuerySet[Any]
        ) -> HttpResponse | None:
            return run(
                self,
                request,
                queryset,
                question=question,
                action=one.__name__,
                one=one,
                done=done,
                only=only,
                unfit=unfit,
            )

        act.__name__, act.__doc__ = one.__name__, one.__doc__
        # Attributes by which Django knows an action, and by which a thing's page offers it.
        vars(act).update(
            short_description=description,
            allowed_permissions=(permission,),
            button=question.button,
            only=only,
        )
        return act

    return decorate


def run(
    admin: Any,
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    question: Question,
    action: str,
    one: One,
    done: str,
    only: Callable[[Any], bool],
    unfit: Any,
) -> HttpResponse | None:
    """Ask, and do it to each of the selected things once the answer is yes."""
    objects = list(queryset[: AT_MOST + 1])
    if len(objects) > AT_MOST:
        told = _("Select at most %(count)d at a time.") % {"count": AT_MOST}
        admin.message_user(request, told, messages.ERROR)
        return None
    fit = [obj for obj in objects if only(obj)]
    for obj in objects:
        if obj not in fit:
            admin.message_user(request, f"{obj}: {unfit}", messages.WARNING)
    if not fit:
        return None
    is_answer = "post" in request.POST
    form = question.form_class(admin, request.POST if is_answer else None)
    if not is_answer or not form.is_valid():
        return _ask(admin, request, question, action, fit, form)
    _do(admin, request, one, done, fit, form.cleaned_data)
    return None


def _ask(
    admin: Any,
    request: HttpRequest,
    question: Question,
    action: str,
    objects: Sequence[Any],
    form: forms.Form,
) -> HttpResponse:
    """Show what will be done to what, with the form if the action needs one."""
    context = {
        **admin.admin_site.each_context(request),
        "title": question.title,
        "note": question.note,
        "button": question.button,
        "action": action,
        "objects": objects,
        "form": form,
        "opts": admin.opts,
        "media": admin.media + form.media,
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "admin/portal/ask.html", context, status=status)


def _do(
    admin: Any,
    request: HttpRequest,
    one: One,
    done: str,
    objects: Sequence[Any],
    given: dict[str, Any],
) -> None:
    """Do it to each; a refusal stops one of them, an API that is away all the rest."""
    outcome = Outcome()
    for number, obj in enumerate(objects):
        try:
            with telling():
                changed = one(admin, request, obj, given)
        except REFUSALS as refusal:
            outcome.told += admin.sentences(refusal, of=obj)
            continue
        except Unavailable as error:
            outcome.told.append(_stopped(objects[number:], error))
            break
        outcome.done += 1
        record(
            actor=request.user, action=done, after=changed or {}, **admin.event_of(obj)
        )
    if outcome.done:
        told = ngettext("Done for one.", "Done for %(count)d.", outcome.done)
        admin.message_user(request, told % {"count": outcome.done}, messages.SUCCESS)
    for sentence in outcome.told:
        admin.message_user(request, sentence, messages.ERROR)


def _stopped(left: Sequence[Any], error: Unavailable) -> str:
    first, rest = left[0], len(left) - 1
    if error.uncertain:
        told = _("%(thing)s: the Notify API did not answer; look whether it was done.")
    else:
        told = _("%(thing)s: not done, the Notify API is not available.")
    if rest:
        told += " " + ngettext(
            "One more was not tried.", "%(rest)d more were not tried.", rest
        )
    return told % {"thing": first, "rest": rest}
