"""Personal data in the admin: hidden until somebody asks, and the asking is audited."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme

from portal.common.admin_columns import MaskedColumn
from portal.common.admin_links import list_address
from portal.common.audit import record
from portal.remote.admin import RemoteModelAdmin

REVEALED = "revealed"
SECONDS = 300


class HidesPersonalData(RemoteModelAdmin):
    """An admin some of whose fields are shown for a while to who asked for them."""

    masked_fields: ClassVar[tuple[str, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        urls = super().get_urls()
        if not self.masked_fields:
            return urls
        name = f"{self.opts.app_label}_{self.opts.model_name}_reveal"
        view = self.admin_site.admin_view(self.reveal_view)
        return [path("reveal/", view, name=name), *urls]

    def reveal_view(self, request: HttpRequest) -> HttpResponse:
        """Show the hidden fields of this kind of thing to this person for five minutes."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        shown_until = dict(request.session.get(REVEALED, {}))
        shown_until[self.opts.label_lower] = time.time() + SECONDS
        request.session[REVEALED] = shown_until
        record(
            actor=request.user,
            action="revealed",
            model=self.opts.label_lower,
            object_id=request.POST.get("object_id", "")[:100],
            object_repr=str(self.opts.verbose_name_plural),
            after={"fields": list(self.masked_fields)},
        )
        back = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return redirect(back if is_ours else list_address(self.opts))

    def is_masked(self, request: HttpRequest) -> bool:
        """Whether the fields are hidden from this person now."""
        until = request.session.get(REVEALED, {}).get(self.opts.label_lower, 0)
        return bool(self.masked_fields) and time.time() > until

    def get_list_display(self, request: HttpRequest) -> Any:
        return self._hidden(request, super().get_list_display(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if obj is None or not self.is_masked(request):
            return fields
        return (*self._hidden(request, fields), *self._masks.values())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.is_masked(request):
            return fieldsets
        return [
            (title, {**options, "fields": self._hidden(request, options["fields"])})
            for title, options in fieldsets
        ]

    @cached_property
    def _masks(self) -> dict[str, MaskedColumn]:
        return {name: MaskedColumn(self.model, name) for name in self.masked_fields}

    def _hidden(self, request: HttpRequest, names: Any) -> Any:
        if not self.is_masked(request):
            return names
        return tuple(
            self._hidden(request, name)
            if isinstance(name, list | tuple)
            else self._masks.get(name, name)
            for name in names
        )
