"""The superusers' pages of a service's callbacks, guests and data retention."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin_inlines import OwnedInline
from portal.common.scoped_admin import ServiceScopedAdmin
from portal.services.models import (
    ServiceCallbackApi,
    ServiceDataRetention,
    ServiceGuestList,
)


class CallbackForm(forms.ModelForm):  # type: ignore[type-arg]
    """A callback, whose token the API takes and never gives back."""

    token = forms.CharField(
        label=_("Bearer token"),
        min_length=10,
        max_length=255,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("It cannot be shown. Leave it empty to keep the present one."),
    )

    class Meta:
        model = ServiceCallbackApi
        fields = ("service", "callback_type", "url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding and "callback_type" in self.fields:
            # One of another kind is another callback.
            self.fields["callback_type"].disabled = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance._state.adding and not self.cleaned_data.get("token"):
            self.add_error("token", _("Enter the token that the address expects."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if token := self.cleaned_data.get("token"):
            self.instance.bearer_token = token


@admin.register(ServiceCallbackApi)
class CallbackAdmin(ServiceScopedAdmin):
    """Where a service is told of deliveries, replies and returned letters."""

    form = CallbackForm
    remove_word = _("Remove")
    secret_fields = ("token",)
    list_display = ("callback_type", "url", "created_at", "updated_at")
    list_filter = ("callback_type",)
    search_fields = ("url",)
    search_help_text = _("Part of an address")
    ordering = ("callback_type",)
    readonly_fields = ("id", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("service", "callback_type", "url", "token")}),
        (None, {"fields": readonly_fields}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets: Any = self.fieldsets
        return fieldsets if obj else fieldsets[:1]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "callback_type") if obj else fields


class CallbackInline(OwnedInline):
    """Where a service is told of deliveries, replies and returned letters."""

    model = ServiceCallbackApi
    form = CallbackForm
    tab = "callbacks"
    fields = ("callback_type", "url", "token")


@admin.register(ServiceGuestList)
class GuestAdmin(ServiceScopedAdmin):
    """Whom a trial service and a team key may send to besides the team."""

    remove_word = _("Remove")
    masked_fields = ("recipient",)
    list_display = ("recipient", "recipient_type")
    list_filter = ("recipient_type",)
    search_fields = ("recipient",)
    search_help_text = _("Part of a number or an address")
    ordering = ("recipient_type", "recipient")
    fieldsets = ((None, {"fields": ("service", "recipient_type", "recipient")}),)


@admin.register(ServiceDataRetention)
class DataRetentionAdmin(ServiceScopedAdmin):
    """For how many days a service's messages are kept, by channel."""

    list_display = (
        "notification_type",
        "days_of_retention",
        "created_at",
        "updated_at",
    )
    list_filter = ("notification_type",)
    ordering = ("notification_type",)
    readonly_fields = ("id", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("service", "notification_type", "days_of_retention")}),
        (None, {"fields": readonly_fields}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets: Any = self.fieldsets
        return fieldsets if obj else fieldsets[:1]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "notification_type") if obj else fields
