"""Requests to get no more e-mails: what the team does about them, and the recipient's page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.notifications import actions
from portal.notifications.forms import BatchForm
from portal.notifications.unsubscribing import Batch
from portal.remote.errors import NotFound
from portal.users.permissions import ServiceRequest, user_has_permissions


@require_GET
@user_has_permissions("view_activity")
def unsubscribe_request_reports_summary(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    batches = actions.list_batches(service=request.service)
    context = {"service": request.service, "batches": batches}
    return render(request, "notifications/unsubscribe_batches.html", context)


def batch_of(request: ServiceRequest, batch_id: UUID | None) -> Batch:
    """The batch of this id; for None the one that is not made yet. Raises Http404."""
    wanted = str(batch_id) if batch_id else ""
    for batch in actions.list_batches(service=request.service):
        if batch.id == wanted:
            return batch
    raise Http404(_("There are no such requests to unsubscribe."))


@require_http_methods(["GET", "POST"])
@user_has_permissions("view_activity")
def unsubscribe_request_report(
    request: ServiceRequest, service_id: UUID, batch_id: UUID
) -> HttpResponse:
    batch = batch_of(request, batch_id)
    form = BatchForm(
        request.POST if request.method == "POST" else None,
        initial={"processed": ["yes"] if batch.processed_at else []},
    )
    if form.is_valid():
        processed = bool(form.cleaned_data["processed"])
        if processed != (batch.processed_at is not None):
            actions.process_batch(
                service=request.service,
                user=request.user,
                batch=batch,
                processed=processed,
            )
        told = _("Marked as completed.") if processed else _("Marked as not completed.")
        messages.success(request, told)
        return redirect("notifications:unsubscribe_batches", service_id)
    context = {"service": request.service, "batch": batch, "form": form}
    status = 400 if form.errors else 200
    return render(
        request, "notifications/unsubscribe_batch.html", context, status=status
    )


@require_GET
@user_has_permissions("view_activity")
def latest_unsubscribe_request_report(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    context = {"service": request.service, "batch": batch_of(request, None)}
    return render(request, "notifications/unsubscribe_batch.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions("view_activity", restrict_admin_usage=True)
def create_unsubscribe_request_report(
    request: ServiceRequest, service_id: UUID
) -> HttpResponse:
    # A link changes nothing: what waits becomes a batch by the page's button.
    if request.method == "GET":
        return redirect("notifications:unsubscribe_latest", service_id)
    batch_id = actions.make_batch(
        service=request.service, batch=batch_of(request, None)
    )
    messages.success(request, _("The report is ready to download."))
    return redirect("notifications:unsubscribe_batch", service_id, batch_id)


@require_GET
@user_has_permissions("view_activity")
def download_unsubscribe_request_report(
    request: ServiceRequest, service_id: UUID, batch_id: UUID | None = None
) -> HttpResponse:
    if batch_id is None:
        return redirect("notifications:unsubscribe_latest", service_id)
    try:
        text = actions.load_batch_csv(service=request.service, batch_id=batch_id)
    except NotFound as missing:
        raise Http404(_("There is no such report.")) from missing
    batch = batch_of(request, batch_id)
    name = (
        f"unsubscribe-requests-{batch.earliest:%Y-%m-%d}-to-{batch.latest:%Y-%m-%d}.csv"
    )
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
def unsubscribe(
    request: HttpRequest, notification_id: UUID, token: str
) -> HttpResponse:
    if request.method == "GET":
        return render(request, "notifications/unsubscribe.html", {"is_example": False})
    if not actions.unsubscribe(notification_id=notification_id, token=token):
        return render(request, "notifications/unsubscribe_invalid.html", status=404)
    return redirect("notifications:unsubscribed")


@require_GET
def unsubscribe_confirmed(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/unsubscribed.html")


@require_http_methods(["GET", "POST"])
def unsubscribe_example(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return redirect("notifications:unsubscribe_example_confirmed")
    return render(request, "notifications/unsubscribe.html", {"is_example": True})


@require_GET
def unsubscribe_example_confirmed(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/unsubscribed.html", {"is_example": True})
