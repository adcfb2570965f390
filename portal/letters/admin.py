"""The superusers' pages of letters that came back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.common.scoped_admin import ServiceScopedAdmin
from portal.letters.models import ReturnedLetter


@admin.register(ReturnedLetter)
class ReturnedLetterAdmin(ServiceScopedAdmin):
    """A service's letters that came back, to be read."""

    list_display = ("reported_at", "letter")
    ordering = ("-reported_at",)
    readonly_fields = ("letter",)
    fieldsets = ((None, {"fields": ("service", "reported_at", "letter")}),)

    @admin.display(description=_("letter"))
    def letter(self, returned: ReturnedLetter) -> Any:
        page = (
            f"/services/{returned.service_id}/notification/{returned.notification_id}"
        )
        return format_html('<a href="{}">{}</a>', page, returned.notification_id)
