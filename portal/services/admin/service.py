"""The superusers' pages of services: find, set up, make live, archive."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.common.admin import Link, PortalModelAdmin
from portal.common.admin_columns import LinkColumn
from portal.common.admin_history import Part
from portal.common.admin_inlines import ShowsInTabs
from portal.common.replica_tables import ReplicaTable, register
from portal.common.scoped_admin import links_to_lists_of
from portal.remote import choices
from portal.services.admin.actions import ARCHIVED, ServiceActions, is_suspended
from portal.services.admin.senders import (
    LetterContactInline,
    ReplyToInline,
    SmsSenderInline,
)
from portal.services.admin.settings import CallbackInline
from portal.services.models import Service, ServiceHistory

BRIEF = ("id", "name", "active", "restricted")


class StateFilter(admin.SimpleListFilter):
    """Live, trial, waiting to go live, suspended or archived."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            ("live", _("Live")),
            ("trial", _("Trial")),
            ("asks", _("Asks to go live")),
            ("suspended", _("Suspended")),
            ("archived", _("Archived")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        is_archived = Q(name__startswith=ARCHIVED)
        wanted = {
            "live": Q(active=True, restricted=False),
            "trial": Q(active=True, restricted=True),
            "asks": Q(active=True, has_active_go_live_request=True),
            "suspended": Q(active=False) & ~is_archived,
            "archived": Q(active=False) & is_archived,
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A service, with the permissions that the API keeps in a table of their own."""

    permissions = forms.MultipleChoiceField(
        label=_("Permissions"),
        choices=choices.SERVICE_PERMISSION_TYPES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Service
        exclude = ()
        help_texts = {
            "restricted": _(
                "Unticked, the service is live. One that goes live gets the limits of "
                "live services, unless you give others here."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "permissions" in self.fields:
            self.initial["permissions"] = self.instance.permissions


@admin.register(Service)
class ServiceAdmin(ServiceActions, ShowsInTabs, PortalModelAdmin):
    """Services: find, set up, make live, archive."""

    form = ServiceForm
    list_display = (
        *("name", LinkColumn(Service, "organisation"), "state"),
        *("go_live_at", "organisation_type"),
    )
    actions = (
        *("suspend", "resume", "make_live", "back_to_trial", "move"),
        "remove_selected",
    )
    inlines: ClassVar[Any] = (
        ReplyToInline,
        SmsSenderInline,
        LetterContactInline,
        CallbackInline,
    )
    list_filter = (StateFilter, "organisation_type", "count_as_live")
    list_select_related = ("organisation",)
    search_fields = ("name", "organisation__name")
    search_help_text = _("Name of a service or organisation")
    ordering = ("-active", "name")
    autocomplete_fields = ("organisation",)
    readonly_fields = ("id", "state", "email_sender_local_part", "go_live_at")
    error_fields: ClassVar[dict[str, str]] = {"normalised_service_name": "name"}
    limits = (
        *("sms_message_limit", "international_sms_message_limit"),
        *("email_message_limit", "letter_message_limit"),
    )
    fieldsets = (
        (None, {"fields": ("name", "organisation", "organisation_type", "id")}),
        (
            _("State"),
            {"fields": ("state", "restricted", "count_as_live", "go_live_at")},
        ),
        (_("Limits"), {"fields": (*limits, "rate_limit")}),
        (
            _("Sending"),
            {
                "fields": (
                    *("permissions", "prefix_sms", "custom_email_sender_name"),
                    *("email_sender_local_part", "contact_link"),
                )
            },
        ),
        (
            _("Billing"),
            {
                "fields": (
                    *("purchase_order_number", "billing_reference"),
                    *("billing_contact_names", "billing_contact_email_addresses"),
                )
            },
        ),
        (_("Notes"), {"fields": ("notes",)}),
    )
    add_fieldsets = (
        (None, {"fields": ("name", "organisation", "organisation_type")}),
        (_("State"), {"fields": ("restricted",)}),
        (_("Limits"), {"fields": limits}),
    )

    @admin.display(description=_("state"))
    def state(self, service: Service) -> Any:
        if not service.active:
            return _("Suspended") if is_suspended(service) else _("Archived")
        return _("Trial") if service.restricted else _("Live")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    def get_search_fields(self, request: HttpRequest) -> Any:
        return ("name",) if _is_autocomplete(request) else self.search_fields

    def get_queryset(self, request: HttpRequest) -> Any:
        queryset = super().get_queryset(request)
        # So little that finding by name answers it.
        return queryset.only(*BRIEF) if _is_autocomplete(request) else queryset

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        limits: dict[str, Any] = dict.fromkeys(self.limits, 50)
        return {
            "restricted": True,
            **limits,
            **super().get_changeform_initial_data(request),
        }

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_archived = obj is not None and not obj.active
        return not is_archived and super().has_delete_permission(request, obj)

    def parts(self, obj: Any, form: Any) -> list[Part]:
        # Names are refused most often; going live sets limits, so others come after it.
        apart = {"organisation", "count_as_live", "permissions", "restricted"}
        if "restricted" in form.changed_data:
            apart |= set(self.limits)
        plain = [name for name in form.changed_data if name not in apart]

        def save(*names: str) -> Part:
            return Part(names, partial(obj.save, update_fields=names))

        return [
            save(*plain),
            save("organisation"),
            Part(["permissions"], lambda: self._grant(obj, form)),
            save("count_as_live"),
            Part(["restricted"], lambda: self._make_live(obj)),
            save(
                *(
                    name
                    for name in form.changed_data
                    if name in apart & set(self.limits)
                )
            ),
        ]

    def _grant(self, service: Service, form: Any) -> None:
        Service.objects.grant(service, form.cleaned_data["permissions"])

    def _make_live(self, service: Service) -> None:
        Service.objects.make_live(service, live=not service.restricted)

    def links_of(self, obj: Any) -> list[Link]:
        return [
            Link(_("Staff page"), f"/services/{obj.pk}"),
            *links_to_lists_of(
                obj, self.admin_site, but={i.model for i in self.inlines}
            ),
        ]


def _is_autocomplete(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name == "autocomplete"


register(
    ReplicaTable(
        slug="service-history",
        title=_("History of services"),
        model=ServiceHistory,
        date="updated_at",
        columns=(
            *("updated_at", "name", "version", "active", "restricted"),
            *("organisation__name", "created_by__name", "id"),
        ),
        search=("name__icontains", "created_by__name__icontains"),
        groups=("organisation__name", "created_by__name"),
        labels={
            "updated_at": _("changed"),
            "restricted": _("trial"),
            "organisation__name": _("organisation"),
            "created_by__name": _("who"),
        },
    )
)
