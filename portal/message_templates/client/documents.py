"""The service that recipients download files from; not the Notify API itself."""

from __future__ import annotations

import base64
from typing import Any

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from portal.remote import http
from portal.remote.client import Id, parsed, serialised, trace_headers
from portal.remote.errors import HTTPError, Unavailable

# The cookie in which that service takes the proof that an address was confirmed.
_PROOF = "document_access_signed_data"


class DocumentDownloadError(HTTPError):
    """The file is not one that may be sent: too large, of a wrong type or with a virus."""

    status_code = 400


class DocumentDownloadAPIClient:
    """The service that recipients download files from."""

    @property
    def is_there(self) -> bool:
        """Whether the platform has such a service."""
        return bool(settings.DOCUMENT_DOWNLOAD_API_HOST)

    def file_check_and_antivirus_scan(
        self, service_id: Id, file_name: str, file_bytes: bytes
    ) -> Any:
        """Have a file checked; raises DocumentDownloadError with what is wrong with it."""
        document = base64.b64encode(file_bytes).decode()
        try:
            return self._post(
                f"/services/{service_id}/antivirus-and-mimetype-check",
                {"document": document, "filename": file_name},
            )
        except HTTPError as error:
            if error.status_code in {400, 413}:
                raise DocumentDownloadError(
                    error.message, error.status_code, error.errors
                ) from error
            raise

    def get_document_metadata(self, service_id: Id, document_id: Id, key: str) -> Any:
        """Return size, extension, whether an address is asked for and the last day.

        Raises NotFound, Gone once it expired, Forbidden while it is blocked, and Rejected
        for a wrong key.
        """
        response = http.send(
            "GET",
            _address(f"{_document(service_id, document_id)}/check"),
            headers=trace_headers(),
            params={"key": key},
        )
        return parsed(response)["document"]

    def authenticate_access_to_document(
        self, service_id: Id, document_id: Id, key: str, email_address: str
    ) -> Any:
        """Return the proof that the file was sent to an address.

        Raises Forbidden when it was not, Rejected for what is no address, and RateLimited
        after too many tries.
        """
        data = {"key": key, "email_address": email_address}
        answer = self._post(f"{_document(service_id, document_id)}/authenticate", data)
        return answer["signed_data"]

    def download_document(
        self, service_id: Id, document_id: Id, key: str, proof: str = ""
    ) -> requests.Response:
        """Begin to read a file; the caller reads its content piece by piece and closes it."""
        headers = trace_headers()
        if proof:
            headers["Cookie"] = f"{_PROOF}={proof}"
        return http.stream(
            _address(_document(service_id, document_id)),
            headers=headers,
            params={"key": key},
        )

    def _post(self, path: str, data: Any) -> Any:
        response = http.send(
            "POST",
            _address(path),
            headers={
                "Authorization": f"Bearer {settings.DOCUMENT_DOWNLOAD_API_KEY}",
                "Content-Type": "application/json",
                **trace_headers(),
            },
            body=serialised(data),
        )
        return parsed(response)


def _address(path: str) -> str:
    if not settings.DOCUMENT_DOWNLOAD_API_HOST:
        raise Unavailable(_("Files cannot be sent by e-mail here."))
    return f"{settings.DOCUMENT_DOWNLOAD_API_HOST}{path}"


def _document(service_id: Id, document_id: Id) -> str:
    return f"/services/{service_id}/documents/{document_id}"


document_download_api_client = DocumentDownloadAPIClient()
