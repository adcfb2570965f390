"""A ModelAdmin over mirror models: the API's refusals become form errors."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import NotSupportedError, models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from portal.remote.changelist import RemoteChangeList, RemotePaginator
from portal.remote.errors import Conflict, Forbidden, HTTPError, Rejected
from portal.remote.query import RemoteQuerySet
from portal.remote.untold import settle

# What the person can answer by typing something else.
REFUSALS = (Rejected, Conflict, Forbidden)


class RemoteModelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Django's admin over the API: no button that cannot work, nothing typed in lost."""

    # The second count would be another call.
    show_full_result_count = False
    # Counts by filter are aggregates that no endpoint gives.
    show_facets = admin.ShowFacets.NEVER
    paginator = RemotePaginator
    list_per_page = 50
    # The API's names of fields where they are not the form's.
    error_fields: ClassVar[dict[str, str]] = {}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return RemoteChangeList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._can("send_create") and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._can("send_update") and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._can("send_delete") and super().has_delete_permission(request, obj)

    def _can(self, hook: str) -> bool:
        """Whether the model's QuerySet implements a write."""
        queryset = type(self.model._default_manager.all())
        return getattr(queryset, hook) is not getattr(RemoteQuerySet, hook)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        try:
            obj = super().get_object(request, object_id, from_field)
        except NotSupportedError as refused:
            # One alone may be more than the API tells of, or its owner is not known.
            self.message_user(request, str(refused), messages.ERROR)
            return None
        if obj is not None:
            settle(obj)
        return obj

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        untold: frozenset[str] = obj.untold if obj else frozenset()
        # Nobody can change what they do not see.
        editable = (field for field in self.opts.concrete_fields if field.editable)
        return (*fields, *(field.name for field in editable if field.attname in untold))

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.null and hasattr(field, "empty_value"):
            # Else an empty box would be sent as a change from null to "".
            field.empty_value = None
        if hasattr(getattr(field, "widget", None), "can_delete_related"):
            # Not from a box that chooses it.
            field.widget.can_delete_related = False
        return field

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        form_class = super().get_form(request, obj, change, **kwargs)
        refusal: HTTPError | None = getattr(request, "api_refusal", None)
        if refusal is None:
            return form_class
        told = self.form_errors(refusal)

        class RefusedForm(form_class):  # type: ignore[misc, valid-type]
            def _post_clean(self) -> None:
                super()._post_clean()
                for field, sentences in told.items():
                    self.add_error(field if field in self.fields else None, sentences)

        return RefusedForm

    def form_errors(self, refusal: HTTPError) -> dict[str, list[str]]:
        """Give the refusal by the form's fields; a sentence of its own by none."""
        if not refusal.errors:
            return {"": [str(refusal.message or _("The Notify API refused this."))]}
        return {
            self.error_fields.get(name, name.removesuffix("_id")): sentences
            for name, sentences in refusal.errors.items()
        }

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as refusal:
            refused: HTTPError = refusal
        except NotSupportedError as unknown:
            # An endpoint wants the whole, and not all of it is known.
            refused = Rejected(str(unknown))
        # The same view once more: its form now has the API's words as errors, so
        # nothing is sent again and the page shows what was typed in.
        request.api_refusal = refused  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except REFUSALS as refusal:
            self._tell(request, refusal)
            return HttpResponseRedirect(request.get_full_path())

    def _tell(self, request: HttpRequest, refusal: HTTPError) -> None:
        for sentence in self.sentences(refusal):
            self.message_user(request, sentence, messages.ERROR)

    def sentences(self, refusal: HTTPError, of: Any = None) -> list[str]:
        """Give the refusal as sentences that name the field, and the thing if it is given."""
        return [
            ": ".join(str(part) for part in (of, field, sentence) if part)
            for field, sentences in self.form_errors(refusal).items()
            for sentence in sentences
        ]
