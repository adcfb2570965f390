"""The base of the portal's admin pages: the API's models, the portal's own audit."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, TextField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.common.audit import record
from portal.common.audit_admin import AuditEventAdmin
from portal.common.audit_words import action_of, changes_of
from portal.common.models import AuditEvent
from portal.remote.admin import REFUSALS, RemoteModelAdmin

__all__ = ["AuditEventAdmin", "PortalModelAdmin"]

EVENTS_PER_PAGE = 100


class PortalModelAdmin(RemoteModelAdmin):
    """An admin that writes what was done into the portal's audit log."""

    keeps_audit = True
    list_per_page = 100
    empty_value_display = "–"
    formfield_overrides: ClassVar[Any] = {
        TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}
    }
    actions = ("remove_selected",)
    change_form_template = "admin/portal/change_form.html"
    change_list_template = "admin/portal/change_list.html"
    delete_confirmation_template = "admin/portal/remove.html"
    object_history_template = "admin/portal/history.html"
    # What the API's end of a thing is called: most are archived, keys are revoked.
    remove_word: ClassVar[Any] = gettext_lazy("Archive")
    removed_word: ClassVar[str] = "archived"

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        if "remove_selected" in actions:
            function, name, _described = actions["remove_selected"]
            described = _("%(archive)s the selected %(things)s") % {
                "archive": self.remove_word,
                "things": self.opts.verbose_name_plural,
            }
            actions["remove_selected"] = (function, name, described)
        return actions

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        # What hangs on it is the API's matter; Django's collector would ask every list.
        things = [str(obj) for obj in objs]
        return things, {str(self.opts.verbose_name_plural): len(things)}, set(), []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        words = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        words = {"remove_word": self.remove_word, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, words)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        words = {"remove_word": self.remove_word, "title": self.remove_word}
        return super().delete_view(
            request, object_id, {**words, **(extra_context or {})}
        )

    def response_delete(
        self, request: HttpRequest, obj_display: str, obj_id: Any
    ) -> HttpResponse:
        told = _("“%(thing)s”: %(done)s.") % {
            "thing": obj_display,
            "done": self.removed_word,
        }
        self.message_user(request, told, messages.SUCCESS)
        kept = QueryDict(request.GET.get("_changelist_filters", "")).urlencode()
        return redirect(f"{self.list_url()}?{kept}")

    def list_url(self) -> str:
        """Give the address of the list."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    @admin.action(permissions=["delete"])
    def remove_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        """Archive the selected things one by one, after a page that asks."""
        objects = list(queryset)
        if not request.POST.get("post"):
            context = {
                **self.admin_site.each_context(request),
                "title": _("Are you sure?"),
                "objects": objects,
                "opts": self.opts,
                "remove_word": self.remove_word,
                "media": self.media,
            }
            template = "admin/portal/remove_selected.html"
            return TemplateResponse(request, template, context)
        done = sum(self._removed(request, obj) for obj in objects)
        if done:
            told = ngettext("Done for one.", "Done for %(count)d.", done)
            self.message_user(request, told % {"count": done}, messages.SUCCESS)
        return None

    def _removed(self, request: HttpRequest, obj: Any) -> bool:
        try:
            self.delete_model(request, obj)
        except REFUSALS as refusal:
            for sentences in self.form_errors(refusal).values():
                text = f"{obj}: {' '.join(sentences)}"
                self.message_user(request, text, messages.ERROR)
            return False
        return True

    # --- audit

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        before, after = self.changes(obj, form) if form else ({}, {})
        super().save_model(request, obj, form, change)
        request.audited = (before, after)  # type: ignore[attr-defined]

    def changes(self, obj: Any, form: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the changed fields as they were and as they shall be."""
        names = [name for name in form.changed_data if name in form.cleaned_data]
        before = {n: form.get_initial_for_field(form.fields[n], n) for n in names}
        after = {n: form.cleaned_data[n] for n in names}
        return before, {n: getattr(value, "pk", value) for n, value in after.items()}

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        told = self._event(obj)
        super().delete_model(request, obj)
        record(actor=request.user, action=self.removed_word, **told)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._logged(request, obj, "added", message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._logged(request, obj, "changed", message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        # Called before the API is asked, which may refuse: see delete_model.
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
            **self._event(obj),
        )

    def _event(self, obj: Any) -> dict[str, Any]:
        return {
            "model": self.opts.label_lower,
            "object_id": obj.pk,
            "object_repr": str(obj),
        }

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
            "lines": [(e, action_of(e), changes_of(e)) for e in page],
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)
