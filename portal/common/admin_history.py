"""What was changed in the admin: sent in parts, kept in the audit log, shown as a history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import label_for_field, unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.common.admin_columns import HIDDEN
from portal.common.audit import record, telling
from portal.common.audit_words import action_of, changes_of
from portal.common.models import AuditEvent
from portal.remote.admin import RemoteModelAdmin
from portal.remote.errors import HTTPError

EVENTS_PER_PAGE = 100


@dataclass(frozen=True)
class Part:
    """Fields of a form that go to the API in one call of their own."""

    fields: Iterable[str]
    save: Callable[[], Any]


class KeepsHistory(RemoteModelAdmin):
    """Saves a form part by part, and writes what was saved into the audit log."""

    keeps_audit = True
    # Fields of forms whose values nobody may read again.
    secret_fields: ClassVar[tuple[str, ...]] = ()
    object_history_template = "admin/portal/history.html"

    def parts(self, obj: Any, form: Any) -> list[Part]:
        """Give the calls that a change takes, those that are refused most often first."""
        return [Part(form.changed_data, obj.save)]

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        before, after = self.changes(form) if form else ({}, {})
        with telling():
            if change and form:
                self._save_parts(request, obj, form, (before, after))
            else:
                super().save_model(request, obj, form, change)
        request.audited = (before, after)  # type: ignore[attr-defined]

    def _save_parts(
        self, request: HttpRequest, obj: Any, form: Any, changed: Any
    ) -> None:
        saved: list[str] = []
        for part in self.parts(obj, form):
            names = [name for name in form.changed_data if name in set(part.fields)]
            if not names:
                continue
            try:
                part.save()
            except HTTPError:
                if saved:
                    self._tell_of_half(request, obj, saved, changed)
                raise
            saved += names

    def _tell_of_half(
        self, request: HttpRequest, obj: Any, saved: list[str], changed: Any
    ) -> None:
        """Record and say what was saved before the rest was refused."""
        before, after = (
            {name: value for name, value in values.items() if name in saved}
            for values in changed
        )
        event = self.event_of(obj)
        record(
            actor=request.user, action="changed", before=before, after=after, **event
        )
        left = [name for name in changed[1] if name not in saved]
        told = _("Saved: %(saved)s. Not saved: %(left)s.") % {
            "saved": self._labels(saved),
            "left": self._labels(left),
        }
        self.message_user(request, told, messages.WARNING)

    def _labels(self, names: Iterable[str]) -> str:
        form: Any = self.form
        labels: list[Any] = [
            form.declared_fields[name].label
            if name in form.declared_fields
            else label_for_field(name, self.model, self)
            for name in names
        ]
        return ", ".join(str(capfirst(label)) for label in labels)

    def changes(self, form: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the changed fields as they were and as they shall be; things with their names."""
        names = [name for name in form.changed_data if name in form.cleaned_data]
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for name in names:
            if name in self.secret_fields:
                before[name], after[name] = None, HIDDEN
                continue
            field = form.fields[name]
            before[name] = _before(field, form.get_initial_for_field(field, name))
            after[name] = _named(form.cleaned_data[name])
        return before, after

    def event_of(self, obj: Any) -> dict[str, Any]:
        """Say what an event is about."""
        return {
            "model": self.opts.label_lower,
            "object_id": obj.pk,
            "object_repr": str(obj),
        }

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    @property
    def removed_word(self) -> str:
        """What the API's end of a thing is called, as a past participle."""
        things: Any = self.model._default_manager.all()
        return str(things.ended_as)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._logged(request, obj, "added", message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._logged(request, obj, "changed", message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        # Called before the API is asked, which may refuse; the deletion is recorded itself.
        return []

    def _logged(
        self, request: HttpRequest, obj: Any, action: str, message: Any
    ) -> AuditEvent | None:
        before, after = getattr(request, "audited", ({}, {}))
        if action == "changed" and not after:
            return None
        return record(
            actor=request.user,
            action=action,
            before=before if action == "changed" else {},
            after=after,
            change_message=message if isinstance(message, list) else [],
            **self.event_of(obj),
        )

    def versions_of(self, obj: Any) -> Any:
        """Give what the API itself keeps of former states, as HTML; nothing for most."""
        return ""

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return redirect("admin:index")
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        events = AuditEvent.objects.filter(
            model=self.opts.label_lower, object_id=str(obj.pk)
        )
        paginator = self.get_paginator(request, events, EVENTS_PER_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change history: %(thing)s") % {"thing": obj},
            "page": page,
            "versions": self.versions_of(obj),
            "lines": [(e, action_of(e), changes_of(e)) for e in page],
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)


def _named(value: Any) -> Any:
    """Keep a thing's name beside its key: keys alone say nothing to who reads them later."""
    if isinstance(value, models.Model):
        return {"id": value.pk, "name": str(value)}
    return value


def _before(field: Any, value: Any) -> Any:
    if not isinstance(field, forms.ModelChoiceField) or not value:
        return value
    things: Any = field.queryset
    try:
        found = things.filter(pk=value).first()
    except HTTPError:
        # The change has not been made yet, and its history does not need the name.
        return value
    return _named(found) if found is not None else value
