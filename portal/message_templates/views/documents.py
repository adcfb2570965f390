"""The pages behind the link of a file: what it is, whose address, the download."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.message_templates import actions
from portal.message_templates.actions import Document
from portal.message_templates.forms.email_files import RecipientForm
from portal.remote.errors import Forbidden, RateLimited
from portal.users.permissions import ServiceRequest, user_has_permissions

CONFIRMED, CONFIRMED_AT_MOST = "confirmed_documents", 20
TRIES, TRY_SECONDS = 10, 300
# What a browser may do with a file that is opened in spite of being a download: nothing.
NOTHING = {"default-src": ["'none'"], "sandbox": [""]}

Page = Callable[[ServiceRequest, Document], HttpResponseBase]


def with_document(
    request: ServiceRequest, document_id: UUID, page: Page
) -> HttpResponseBase:
    """Answer with a page about the file of a link, or say that there is none."""
    try:
        document = actions.load_document(
            service=request.service,
            user=request.user,
            document_id=document_id,
            key=request.GET.get("key", ""),
            version=request.GET.get("template_version", ""),
        )
        response: HttpResponseBase = page(request, document)
    except actions.HiddenTemplate as hidden:
        raise PermissionDenied(
            _("The template is in a folder that you cannot see.")
        ) from hidden
    except actions.NoDocument as missing:
        response = render(
            request,
            "message_templates/document_unavailable.html",
            {"service": request.service, "is_gone": missing.is_gone},
            status=410 if missing.is_gone else 404,
        )
    response["Cache-Control"] = "no-store, private"
    return response


def url_of(request: ServiceRequest, document: Document, name: str, **more: str) -> str:
    """The address of another page of the same link."""
    path = reverse(f"message_templates:{name}", args=[request.service.pk, document.id])
    query = {"key": document.key}
    if version := request.GET.get("template_version"):
        query["template_version"] = version
    return f"{path}?{urlencode(query | more)}"


def proof_of(request: ServiceRequest, document: Document) -> str:
    """What the person got for confirming the address; empty before."""
    known: dict[str, str] = request.session.get(CONFIRMED, {})
    return known.get(str(document.id), "")


@require_http_methods(["GET"])
@user_has_permissions()
def document_download_landing(
    request: ServiceRequest, service_id: UUID, document_id: UUID
) -> HttpResponseBase:
    return with_document(request, document_id, landing)


def landing(request: ServiceRequest, document: Document) -> HttpResponse:
    """Say who sent a file."""
    step = "confirm" if document.asks_for_address else "download"
    context = {
        "service": request.service,
        "document": document,
        "next_url": url_of(request, document, f"document_{step}"),
    }
    return render(request, "message_templates/document_landing.html", context)


@require_http_methods(["GET", "POST"])
@user_has_permissions()
def document_download_confirm_email_address(
    request: ServiceRequest, service_id: UUID, document_id: UUID
) -> HttpResponseBase:
    return with_document(request, document_id, confirm)


def confirm(request: ServiceRequest, document: Document) -> HttpResponse:
    """Ask for the address that a file was sent to; a few tries are enough for a person."""
    download_url = url_of(request, document, "document_download")
    if not document.asks_for_address:
        return redirect(download_url)
    form = RecipientForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        status = confirmed(request, document, form)
        if status == 200:
            return redirect(download_url)
    elif form.errors:
        status = 400
    context = {"service": request.service, "document": document, "form": form}
    return render(
        request, "message_templates/document_confirm.html", context, status=status
    )


def confirmed(request: ServiceRequest, document: Document, form: RecipientForm) -> int:
    """Try an address; gives the status of the answer, 200 when it is the right one."""
    if has_tried_enough(request, document):
        form.add_error("email_address", too_many())
        return 429
    try:
        proof = actions.confirm_recipient(
            document=document,
            user=request.user,
            email_address=form.cleaned_data["email_address"],
        )
    except RateLimited:
        form.add_error("email_address", too_many())
        return 429
    if not proof:
        told = _(
            "The file was not sent to this email address. Enter the one that "
            "%(service)s sent it to."
        )
        form.add_error("email_address", told % {"service": request.service.name})
        return 400
    known = dict(request.session.get(CONFIRMED, {}))
    known[str(document.id)] = proof
    request.session[CONFIRMED] = dict(list(known.items())[-CONFIRMED_AT_MOST:])
    return 200


def too_many() -> str:
    """What somebody is told who guesses."""
    return _("You tried too many email addresses. Try again in 5 minutes.")


def has_tried_enough(request: ServiceRequest, document: Document) -> bool:
    """Count a try of a person for a file; a cache that is away stops nobody."""
    key = f"document-tries-{document.id}-{request.user.pk}"
    cache.add(key, 0, TRY_SECONDS)
    try:
        return (cache.incr(key) or 0) > TRIES
    except ValueError:
        return False


@require_http_methods(["GET"])
@user_has_permissions()
def document_download_download_document(
    request: ServiceRequest, service_id: UUID, document_id: UUID
) -> HttpResponseBase:
    return with_document(request, document_id, download)


def download(request: ServiceRequest, document: Document) -> HttpResponseBase:
    """Offer a file, or give it; first the address has to be confirmed, where that is asked."""
    to_confirm = redirect(url_of(request, document, "document_confirm"))
    proof = proof_of(request, document)
    if document.asks_for_address and not proof:
        return to_confirm
    if not request.GET.get("download"):
        context = {
            "service": request.service,
            "document": document,
            "file_url": url_of(request, document, "document_download", download="yes"),
        }
        return render(request, "message_templates/document_download.html", context)
    try:
        pieces = actions.open_document(document=document, proof=proof)
    except Forbidden:
        return to_confirm
    kind = document.kind
    response = StreamingHttpResponse(
        pieces,
        content_type=kind.mime_type if kind else "application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, document.filename)
            or "attachment",
            "Content-Length": str(document.size),
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )
    response._csp_config = NOTHING  # type: ignore[attr-defined]
    return response
