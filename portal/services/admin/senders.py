"""The superusers' pages of whom a service's messages come from."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminEmailInputWidget
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin_inlines import OwnedInline
from portal.common.scoped_admin import ServiceScopedAdmin
from portal.services.models import (
    ServiceEmailReplyTo,
    ServiceLetterContact,
    ServiceSmsSender,
)


class SenderFields:
    """How a sender's fields are asked for."""

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "email_address":
            kwargs["widget"] = AdminEmailInputWidget
        if db_field.name == "is_default":
            # Else one that is added takes the place of the present one unasked.
            kwargs["initial"] = False
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class SenderAdmin(SenderFields, ServiceScopedAdmin):
    """A service's senders of one kind: add, change, make the default, archive."""

    # What recipients see.
    column: str
    list_filter = ("is_default",)
    readonly_fields = ("id", "created_at", "updated_at")

    def get_list_display(self, request: HttpRequest) -> Any:
        return (self.column, "is_default", "created_at", "updated_at")

    def get_search_fields(self, request: HttpRequest) -> Any:
        return (self.column,)

    def get_ordering(self, request: HttpRequest) -> Any:
        return ("-is_default", self.column)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ("service", self.column, "is_default")
        kept = ("id", "created_at", "updated_at") if obj else ()
        return ((None, {"fields": (*fields, *kept)}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # The API keeps one to send from.
        is_default = obj is not None and obj.is_default
        return not is_default and super().has_delete_permission(request, obj)


@admin.register(ServiceEmailReplyTo)
class ReplyToAdmin(SenderAdmin):
    """The addresses that answers to a service's emails go to."""

    column = "email_address"
    search_help_text = _("Part of an email address")


@admin.register(ServiceSmsSender)
class SmsSenderAdmin(SenderAdmin):
    """The names and numbers that a service's text messages come from."""

    column = "sms_sender"
    search_help_text = _("Part of a sender")


@admin.register(ServiceLetterContact)
class LetterContactAdmin(SenderAdmin):
    """The addresses at the top of a service's letters."""

    column = "contact_block"
    search_help_text = _("Part of an address")


class ReplyToInline(SenderFields, OwnedInline):
    """The addresses that answers to a service's emails go to."""

    model = ServiceEmailReplyTo
    tab = "reply-to"
    fields = ("email_address", "is_default")


class SmsSenderInline(SenderFields, OwnedInline):
    """The names and numbers that a service's text messages come from."""

    model = ServiceSmsSender
    tab = "sms-senders"
    fields = ("sms_sender", "is_default")


class LetterContactInline(SenderFields, OwnedInline):
    """The addresses at the top of a service's letters."""

    model = ServiceLetterContact
    tab = "letter-senders"
    fields = ("contact_block", "is_default")
