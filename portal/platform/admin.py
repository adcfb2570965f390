"""The superusers' page of protected senders."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin import PortalModelAdmin
from portal.platform.models import ProtectedSenderId


@admin.register(ProtectedSenderId)
class ProtectedSenderAdmin(PortalModelAdmin):
    """Names that only their owners may send text messages under: ask for one."""

    list_display = ("sender_id",)
    search_fields = ("sender_id",)
    search_help_text = _("The whole sender, to see if it is protected")
    fieldsets = ((None, {"fields": ("sender_id",)}),)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[Any, bool]:
        # The API lists none, and tells of each that is asked for.
        found = queryset.filter(sender_id=search_term.strip())
        return (found if search_term else queryset.none()), False
