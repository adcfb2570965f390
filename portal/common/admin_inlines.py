"""Things that belong to another one, on a page of its own beside the other's form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import NotSupportedError, models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.remote.admin import REFUSALS, RemoteModelAdmin
from portal.remote.errors import HTTPError
from portal.remote.untold import settle

TAB = "part"


class OwnedFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows that are read once; Django's own asks again for each when they come back."""

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        for row in rows:
            settle(row)
        return rows

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            # The column's heading names it for who sees it.
            field.widget.attrs.setdefault("aria-label", capfirst(field.label))
        for field in form.instance._meta.concrete_fields:
            if field.attname in form.instance.untold and field.name in form.fields:
                shown = form.fields[field.name]
                shown.disabled, shown.required = True, False
        name = self._pk_field.name  # type: ignore[attr-defined]
        form.fields[name] = forms.UUIDField(
            initial=None if form.instance._state.adding else form.instance.pk,
            required=False,
            widget=forms.HiddenInput,
        )


class OwnedInline(admin.TabularInline):  # type: ignore[type-arg]
    """What belongs to one thing, in rows that can be added, changed and taken away."""

    formset = OwnedFormSet
    extra = 1
    formfield_overrides: ClassVar[Any] = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}
    }
    # The tab's name in the address.
    tab: ClassVar[str]


class Tab(NamedTuple):
    """A part of a thing's page."""

    label: Any
    query: str
    is_shown: bool


class Write(NamedTuple):
    """One row's way to the API; the audit log hears of it by itself."""

    obj: Any
    is_end: bool

    def send(self) -> None:
        """Save or take away."""
        self.obj.delete() if self.is_end else self.obj.save()


class ShowsInTabs(RemoteModelAdmin):
    """Shows each inline under a tab, so that a page asks for one list only."""

    inlines: ClassVar[Any] = ()

    def shown_tab(self, request: HttpRequest) -> Any:
        """Give the inline that the address names; None for the thing's own form."""
        wanted = request.GET.get(TAB)
        return next((one for one in self.inlines if one.tab == wanted), None)

    def tabs(self, request: HttpRequest) -> list[Tab]:
        """Give the thing's own form and the inlines."""
        shown = self.shown_tab(request)
        rest = [
            Tab(one.model._meta.verbose_name_plural, f"?{TAB}={one.tab}", one is shown)
            for one in self.inlines
        ]
        return [Tab(_("Settings"), "?", shown is None), *rest] if rest else []

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        shown = self.shown_tab(request)
        return [shown] if obj and shown else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj and self.shown_tab(request):
            return ((None, {"fields": ("name",)}),)
        return super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "name") if obj and self.shown_tab(request) else fields

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj and self.shown_tab(request):
            # Without the declared fields of the thing's own form.
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change, **kwargs)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        """Send row after row; the first one's refusal gives the whole form back."""
        formset.save(commit=False)
        saved = 0
        for write in _writes(formset):
            try:
                write.send()
            except (*REFUSALS, NotSupportedError) as refusal:
                if not saved and isinstance(refusal, HTTPError):
                    raise
                self._tell_of_row(request, write, refusal)
                continue
            saved += 1

    def _tell_of_row(self, request: HttpRequest, write: Write, refusal: Any) -> None:
        told = (
            self.sentences(refusal, of=write.obj)
            if isinstance(refusal, HTTPError)
            else [f"{write.obj}: {refusal}"]
        )
        for sentence in told:
            self.message_user(request, sentence, messages.ERROR)
        request.has_refused_row = True  # type: ignore[attr-defined]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        if self.shown_tab(request):
            context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **options)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if self.shown_tab(request) and "_continue" not in request.POST:
            if getattr(request, "has_refused_row", False):
                told = _("The other rows were saved.")
            else:
                told = _("“%(thing)s” was saved.") % {"thing": obj}
            self.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)


def _writes(formset: Any) -> Iterator[Write]:
    for obj in formset.deleted_objects:
        yield Write(obj, is_end=True)
    for obj, _fields in formset.changed_objects:
        yield Write(obj, is_end=False)
    for obj in formset.new_objects:
        yield Write(obj, is_end=False)
