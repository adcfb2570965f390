"""The superusers' pages of invitations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin_columns import LinkColumn
from portal.common.admin_links import link_to
from portal.common.scoped_admin import OwnedAdmin, ServiceScopedAdmin
from portal.invites.models import InvitedOrganisationUser, InvitedUser
from portal.organisations.models import Organisation


class InvitationAdmin(OwnedAdmin):
    """Invitations: read, cancel; they are made where the team is looked after."""

    remove_word = _("Cancel")
    list_filter = ("status",)
    search_fields = ("email_address",)
    search_help_text = _("Part of an email address")
    ordering = ("-created_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_over = obj is not None and obj.status != "pending"
        return not is_over and super().has_delete_permission(request, obj)


@admin.register(InvitedUser)
class InvitedUserAdmin(InvitationAdmin, ServiceScopedAdmin):
    """Invitations to a service."""

    list_display = (
        *("email_address", "status", LinkColumn(InvitedUser, "user")),
        *("auth_type", "created_at"),
    )
    people = ("user",)
    readonly_fields = (
        *("id", "email_address", "status", "user", "permissions", "created_at"),
    )
    fieldsets = (
        (None, {"fields": ("service", "email_address", "status", "auth_type")}),
        (None, {"fields": ("user", "created_at", "permissions", "id")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_over = obj is not None and obj.status != "pending"
        return not is_over and super().has_change_permission(request, obj)


@admin.register(InvitedOrganisationUser)
class InvitedOrganisationUserAdmin(InvitationAdmin):
    """Invitations to an organisation."""

    owner = "organisation"
    list_display = ("email_address", "status", "created_at")
    readonly_fields = ("to",)
    fieldsets = (
        (None, {"fields": ("to", "email_address", "status")}),
        (None, {"fields": ("invited_by", "created_at", "permissions", "id")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Cancelling is all that the API takes.
        return False

    @admin.display(description=_("organisation"))
    def to(self, invitation: InvitedOrganisationUser) -> Any:
        # From the list of all, which is cached; one alone is not.
        known = {one.pk: one for one in Organisation.objects.only("id", "name")}
        organisation = known.get(invitation.organisation_id)
        return link_to(organisation) if organisation else None
