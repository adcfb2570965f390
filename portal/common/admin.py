"""The base of the portal's admin pages: the API's models, the portal's own audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet, TextField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.admin_actions import Question, run
from portal.common.admin_export import ExportsList
from portal.common.admin_history import KeepsHistory
from portal.common.admin_links import list_address
from portal.common.admin_masks import HidesPersonalData
from portal.common.audit_admin import AuditEventAdmin

__all__ = ["AuditEventAdmin", "Link", "PortalModelAdmin"]


class Link(NamedTuple):
    """A way from one thing to others that belong to it."""

    label: Any
    address: str


class PortalModelAdmin(ExportsList, HidesPersonalData, KeepsHistory):
    """An admin in the portal's words, with exports, questions before actions, and links."""

    list_per_page = 100
    empty_value_display = "–"
    formfield_overrides: ClassVar[Any] = {
        TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}
    }
    actions: Sequence[Any] = ("remove_selected",)
    change_form_template = "admin/portal/change_form.html"
    change_list_template = "admin/portal/change_list.html"
    delete_confirmation_template = "admin/portal/remove.html"
    # What the API's end of a thing is called: most are archived, keys are revoked.
    remove_word: ClassVar[Any] = gettext_lazy("Archive")

    # --- actions

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

    @admin.action(permissions=["delete"])
    def remove_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        """Archive the selected things one by one, after a page that asks."""
        title = _("Are you sure that you want to %(archive)s these %(things)s?") % {
            "archive": str(self.remove_word).lower(),
            "things": self.opts.verbose_name_plural,
        }
        return run(
            self,
            request,
            queryset,
            question=Question(title, self.remove_word),
            action="remove_selected",
            one=_remove,
            done=self.removed_word,
            only=lambda obj: self.has_delete_permission(request, obj),
            unfit=_("This cannot be done."),
        )

    def actions_of(self, request: HttpRequest, obj: Any) -> list[tuple[str, Any]]:
        """Name the actions that fit one thing, as buttons of its page."""
        return [
            (name, getattr(function, "button", described))
            for function, name, described in self.get_actions(request).values()
            if name != "remove_selected" and getattr(function, "only", bool)(obj)
        ]

    def tabs(self, request: HttpRequest) -> list[Any]:
        """Give the tabs of a thing's page; most have none."""
        return []

    # --- links

    def links_of(self, obj: Any) -> list[Link]:
        """Give the ways from a thing to what belongs to it, and to its staff page."""
        return []

    def list_url(self) -> str:
        """Give the address of the list."""
        return list_address(self.opts)

    def list_address_of(self, obj: Any) -> str:
        """Give the address of the list that has this thing in it."""
        return self.list_url()

    # --- pages

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        # What hangs on it is the API's matter; Django's collector would ask every list.
        things = [str(obj) for obj in objs]
        return things, {str(self.opts.verbose_name_plural): len(things)}, set(), []

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        words = {
            "title": capfirst(self.opts.verbose_name_plural),
            **self._masking(request),
        }
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        words = {
            "remove_word": self.remove_word,
            **self._masking(request),
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, words)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        if obj := context.get("original"):
            context["links"] = self.links_of(obj)
            context["object_actions"] = self.actions_of(request, obj)
            context["tabs"] = self.tabs(request)
            context["actions_address"] = self.list_address_of(obj)
        return super().render_change_form(request, context, *args, **options)

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

    def _masking(self, request: HttpRequest) -> dict[str, Any]:
        if not self.masked_fields:
            return {}
        return {"can_be_revealed": True, "is_masked": self.is_masked(request)}


def _remove(admin: Any, request: HttpRequest, obj: Any, given: dict[str, Any]) -> None:
    obj.delete()
