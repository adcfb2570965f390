"""How recipients of files reach the service."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.remote.errors import Rejected
from portal.services import actions
from portal.services.forms import ContactDetailsForm, initial_contact
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_http_methods(["GET", "POST"])
@user_has_permissions("manage_service")
def send_files_by_email_contact_details(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    service = request.service
    form = ContactDetailsForm(
        request.POST if request.method == "POST" else None,
        initial=initial_contact(service.contact_link),
    )
    if form.is_valid():
        contact = form.cleaned_data["contact_link"]
        try:
            actions.change_contact_details(
                service=service, by=request.user, contact_link=contact
            )
        except Rejected as refusal:
            form.add_refusal(refusal, {"contact_link": form.cleaned_data["kind"]})
        else:
            messages.success(request, _("The contact details are saved."))
            return redirect("services:contact_details", service_id)
    status = 400 if form.errors else 200
    context = {"service": service, "form": form}
    return render(request, "services/contact_details.html", context, status=status)
