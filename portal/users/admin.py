"""The superusers' pages of people."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from portal.common.admin import Link, PortalModelAdmin
from portal.common.admin_actions import Question, asks_first
from portal.common.admin_links import link_to, list_address
from portal.common.scoped_admin import OwnedAdmin
from portal.services.models import Service
from portal.users.models import User, WebauthnCredential

# The pages that show a list, by the ends of their names.
LISTS = ("_changelist", "_export")
BRIEF = ("id", "name", "email_address", "mobile_number")


@admin.register(User)
class UserAdmin(PortalModelAdmin):
    """People: find by email address, correct, archive; they join by invitation."""

    list_display = (
        *("name", "email_address", "mobile_number", "state"),
        *("auth_type", "platform_admin", "logged_in_at"),
    )
    masked_fields = ("mobile_number",)
    actions = ("reset_failed_logins", "remove_selected")
    # A wide table, of which one is sought.
    list_per_page = 50
    list_filter = ("platform_admin", "auth_type")
    search_fields = ("email_address",)
    search_help_text = _("Part of an email address")
    ordering = ("name",)
    readonly_fields = (
        *("id", "state", "created_at", "logged_in_at", "failed_login_count"),
        *("password_changed_at", "email_access_validated_at", "services"),
    )
    fieldsets = (
        (None, {"fields": ("name", "email_address", "mobile_number", "id")}),
        (
            _("Sign-in"),
            {
                "fields": (
                    *("state", "auth_type", "platform_admin"),
                    *("failed_login_count", "logged_in_at", "password_changed_at"),
                    "email_access_validated_at",
                )
            },
        ),
        (_("Services"), {"fields": ("services",)}),
        (
            _("Contact"),
            {"fields": ("take_part_in_research", "receives_new_features_email")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        match = request.resolver_match
        if match is not None and match.url_name == "autocomplete":
            # So little that finding by address answers it.
            return queryset.only(*BRIEF)
        is_list = match is not None and str(match.url_name).endswith(LISTS)
        # The API lists active people only; finding one looks among all.
        if is_list and not request.GET.get("q"):
            return queryset.filter(state="active")
        return queryset

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_archived = obj is not None and obj.state == "inactive"
        return not is_archived and super().has_delete_permission(request, obj)

    def links_of(self, obj: Any) -> list[Link]:
        keys = list_address(WebauthnCredential._meta)
        return [Link(_("Security keys"), f"{keys}?user__id__exact={obj.pk}")]

    @admin.display(description=_("services"))
    def services(self, user: User) -> Any:
        if not user.service_ids:
            return _("None")
        return format_html(
            "<ul>{}</ul>",
            format_html_join(
                "",
                "<li>{}</li>",
                (
                    (link_to(service),)
                    for service in Service.objects.for_user(user).order_by("name")
                ),
            ),
        )

    @asks_first(
        description=_("Reset the failed sign-ins of the selected users"),
        question=Question(
            title=_("Are you sure that you want to let these users sign in again?"),
            button=_("Reset failed sign-ins"),
            note=_("After too many wrong passwords or codes nobody can sign in."),
        ),
        done="unlocked",
        only=lambda user: user.is_active and bool(user.failed_login_count),
        unfit=_("There are no failed sign-ins to reset."),
    )
    def reset_failed_logins(
        self, request: HttpRequest, user: User, given: dict[str, Any]
    ) -> dict[str, Any]:
        User.objects.unlock(user)
        return {"failed_login_count": 0}


@admin.register(WebauthnCredential)
class SecurityKeyAdmin(OwnedAdmin):
    """A person's security keys: rename one, remove a lost one."""

    owner = "user"
    remove_word = _("Remove")
    list_display = ("name", "created_at", "logged_in_at")
    ordering = ("name",)
    readonly_fields = ("id", "created_at", "logged_in_at")
    fieldsets = (
        (None, {"fields": ("user", "name")}),
        (None, {"fields": readonly_fields}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        # Only its owner's browser can make one.
        return False
