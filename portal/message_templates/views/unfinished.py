"""Words of a template that somebody has typed and not saved yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from portal.common import drafts
from portal.common.drafts import Place
from portal.message_templates.forms.words import TemplateForm
from portal.users.permissions import ServiceRequest

KIND: Final = "template"
# What a form holds besides the words.
BESIDE: Final = frozenset({"version", "form_id"})


@dataclass(frozen=True)
class Unfinished:
    """The place of a draft, the form it is of, and what the form begins with without it."""

    place: Place
    form_class: type[TemplateForm]
    words: dict[str, Any]

    def answer(self, request: ServiceRequest) -> HttpResponse | None:
        """Keep what is being typed, or drop what was; None for any other request."""
        if "discard" in request.POST:
            drafts.forget_draft(self.place)
            return redirect(request.path)
        if "autosave" not in request.POST:
            return None
        form = self.form_class(request.POST, initial=self.words)
        if set(form.changed_data) <= BESIDE:
            drafts.forget_draft(self.place)
            return HttpResponse()
        names = form.fields.keys() - {"form_id"}
        typed = {name: request.POST.getlist(name) for name in names}
        drafts.save_draft(self.place, typed)
        context = {"now": timezone.now()}
        return render(request, "message_templates/_draft_saved.html", context)

    def initial(self, request: ServiceRequest) -> dict[str, Any]:
        """What the form begins with: the draft, where somebody goes on with it."""
        kept = drafts.load_draft(self.place) if "draft" in request.GET else None
        if kept is None:
            return self.words
        return {**self.words, **self._read(kept.data)}

    def context(self, request: ServiceRequest) -> dict[str, Any]:
        """What the page tells of the draft: whether to go on with it, or that it is open.

        While that is not decided nothing is kept in its place.
        """
        kept = drafts.load_draft(self.place)
        if kept is None or request.method == "POST":
            return {"keeps_drafts": True}
        version = self._read(kept.data).get("version")
        began_with = int(version) if version and str(version).isdecimal() else None
        is_open = "draft" in request.GET
        return {
            "draft_of": kept.saved_at,
            "draft_is_open": is_open,
            "draft_is_outdated": began_with != self.words.get("version"),
            "keeps_drafts": is_open,
        }

    def forget(self) -> None:
        """Drop the draft: its words are saved."""
        drafts.forget_draft(self.place)

    def _read(self, typed: dict[str, list[str]]) -> dict[str, Any]:
        data: MultiValueDict[str, str] = MultiValueDict(typed)
        fields = self.form_class.base_fields
        return {
            name: fields[name].widget.value_from_datadict(data, MultiValueDict(), name)
            for name in typed
            if name in fields
        }


def unfinished(
    request: ServiceRequest,
    form_class: type[TemplateForm],
    key: str,
    words: dict[str, Any] | None = None,
) -> Unfinished:
    """Look after the draft of a person's words for a new template or for one there is."""
    place = Place(request.user.pk, request.service.pk, KIND, key)
    return Unfinished(place, form_class, words or {})


def key_of_new(template_type: str, folder_id: UUID | None) -> str:
    """Name the draft of a new template, one for each kind and folder."""
    return f"new-{template_type}-{folder_id or 'top'}"
