"""The routes of the sandbox's document-download service, under a path of their own."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from portal.messages.linked_files import kind_of
from portal.sandbox.http import Answer, created, fields, route
from portal.sandbox.rules import documents
from portal.sandbox.rules.documents import DocumentRefusal

SERVICES = "/_sandbox/document-download/services"
SERVICE = f"{SERVICES}/<uuid:service_id>"
DOCUMENT = f"{SERVICE}/documents/<uuid:document_id>"
TRIES, TRY_SECONDS = 50, 300


def check_key(request: HttpRequest) -> None:
    header = request.headers.get("Authorization", "")
    if not header.startswith("Bearer "):
        raise DocumentRefusal("Unauthorized; bearer token must be provided", 401)
    given = header.removeprefix("Bearer ").encode()
    if not secrets.compare_digest(given, settings.DOCUMENT_DOWNLOAD_API_KEY.encode()):
        raise DocumentRefusal("Forbidden; invalid bearer token provided", 403)


@route("POST", f"{SERVICE}/antivirus-and-mimetype-check", auth="none", only_reads=True)
def check_document(request: HttpRequest, service_id: uuid.UUID) -> dict[str, Any]:
    check_key(request)
    data = fields(request)
    if "document" not in data:
        raise DocumentRefusal("No document upload")
    kind = documents.check(documents.decoded(data["document"]), data.get("filename"))
    return {"mimetype": kind.mime_type}


@route("POST", f"{SERVICE}/documents", auth="none")
def upload_document(request: HttpRequest, service_id: uuid.UUID) -> Answer:
    check_key(request)
    data = fields(request)
    url = documents.store(
        service_id,
        documents.decoded(data.get("document", "")),
        filename=data.get("filename"),
        confirmation_email=data.get("confirmation_email"),
        retention_period=data.get("retention_period"),
    )
    return created({"status": "ok", "document": {"url": url}})


@route("GET", f"{DOCUMENT}/check", auth="none")
def document_metadata(
    request: HttpRequest, service_id: uuid.UUID, document_id: uuid.UUID
) -> dict[str, Any]:
    key = request.GET.get("key")
    document, _content = documents.find(service_id, document_id, key)
    path = DOCUMENT.replace("<uuid:service_id>", str(service_id))
    path = path.replace("<uuid:document_id>", str(document_id))
    told = {
        "available_until": document.available_until,
        "confirm_email": document.asks_for_address,
        "direct_file_url": request.build_absolute_uri(f"{path}?key={key}"),
        "file_extension": document.content_type,
        "filename": document.filename or None,
        "size_in_bytes": document.size,
    }
    return {"document": told}


@route("POST", f"{DOCUMENT}/authenticate", auth="none", only_reads=True)
def authenticate(
    request: HttpRequest, service_id: uuid.UUID, document_id: uuid.UUID
) -> dict[str, Any]:
    tries = f"document-{document_id}"
    cache.add(tries, 0, TRY_SECONDS)
    if cache.incr(tries) > TRIES:
        raise DocumentRefusal("Too many requests", 429)
    data = fields(request)
    document, _content = documents.find(service_id, document_id, data.get("key"))
    return {"signed_data": documents.authenticate(document, data.get("email_address"))}


@route("GET", DOCUMENT, auth="none")
def download_document(
    request: HttpRequest, service_id: uuid.UUID, document_id: uuid.UUID
) -> HttpResponse:
    key = request.GET.get("key")
    document, content = documents.find(service_id, document_id, key)
    proof = request.COOKIES.get(documents.PROOF, "")
    if document.asks_for_address and not documents.is_proven(document, proof):
        return HttpResponseRedirect(settings.ADMIN_BASE_URL)
    name = document.filename or f"{document.id}.{document.content_type}"
    kind = kind_of(name)
    return HttpResponse(
        content,
        content_type=kind.mime_type if kind else "application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        },
    )
