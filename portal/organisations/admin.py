"""The superusers' pages of organisations."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from portal.branding.models import EmailBranding, LetterBranding
from portal.common.admin import Link, PortalModelAdmin
from portal.common.admin_history import Part
from portal.common.admin_links import link_to
from portal.organisations.models import Organisation


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An organisation, with the domains that the API keeps in a table of their own."""

    domains = forms.CharField(
        label=_("Email domains"),
        help_text=_("One on each line, as example.gov.uk."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        required=False,
    )

    class Meta:
        model = Organisation
        exclude = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "domains" in self.fields:
            self.initial["domains"] = "\n".join(self.instance.domain_names)

    def clean_domains(self) -> str:
        return "\n".join(self.cleaned_data["domains"].lower().split())


@admin.register(Organisation)
class OrganisationAdmin(PortalModelAdmin):
    """Organisations: find, set up, archive."""

    form = OrganisationForm
    list_display = ("name", "organisation_type", "live_services", "active")
    list_filter = ("active", "organisation_type")
    search_fields = ("name",)
    search_help_text = _("Name of an organisation")
    ordering = ("-active", "name")
    readonly_fields = (
        *("id", "live_services", "agreement_signed_at"),
        *("email_brandings", "letter_brandings"),
    )
    fieldsets = (
        (None, {"fields": ("name", "organisation_type", "crown", "id")}),
        (
            _("People and services"),
            {
                "fields": (
                    *("domains", "live_services", "can_approve_own_go_live_requests"),
                    "request_to_go_live_notes",
                )
            },
        ),
        (
            _("Agreement"),
            {
                "fields": (
                    *("agreement_signed", "agreement_signed_at"),
                    "agreement_signed_version",
                    "agreement_signed_on_behalf_of_name",
                    "agreement_signed_on_behalf_of_email_address",
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
        (
            _("Brandings that its services may choose"),
            {"fields": ("email_brandings", "letter_brandings")},
        ),
        (_("Notes"), {"fields": ("notes",)}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": ("name", "organisation_type", "crown", "agreement_signed")},
        ),
    )

    @admin.display(description=_("live services"))
    def live_services(self, organisation: Organisation) -> int:
        return organisation.count_of_live_services

    @admin.display(description=_("of emails"))
    def email_brandings(self, organisation: Organisation) -> Any:
        return _links(EmailBranding.objects.in_pool_of(organisation))

    @admin.display(description=_("of letters"))
    def letter_brandings(self, organisation: Organisation) -> Any:
        return _links(LetterBranding.objects.in_pool_of(organisation))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_archived = obj is not None and not obj.active
        return not is_archived and super().has_delete_permission(request, obj)

    def parts(self, obj: Any, form: Any) -> list[Part]:
        plain = [name for name in form.changed_data if name != "domains"]
        return [
            Part(plain, partial(obj.save, update_fields=plain)),
            Part(["domains"], lambda: self._set_domains(obj, form)),
        ]

    def _set_domains(self, organisation: Organisation, form: Any) -> None:
        domains = form.cleaned_data["domains"].split()
        Organisation.objects.set_domains(organisation, domains)

    def links_of(self, obj: Any) -> list[Link]:
        services = reverse("admin:services_service_changelist")
        return [Link(_("Services"), f"{services}?organisation__id__exact={obj.pk}")]


def _links(things: Iterable[Any]) -> Any:
    return format_html_join(", ", "{}", ((link_to(thing),) for thing in things)) or None
