"""What can go wrong between the portal and the Notify API, as exceptions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

_NOT_AVAILABLE = _("The service is not available at the moment.")


class HTTPError(Exception):
    """An answer of the API that is not a success.

    ``message`` is what the API said, a sentence, a list or a dictionary of
    field names to lists of sentences; ``errors`` is the same as field errors.
    """

    status_code = 500

    def __init__(
        self,
        message: Any = "",
        status_code: int | None = None,
        errors: dict[str, list[str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        if status_code is not None:
            self.status_code = status_code
        self.errors: dict[str, list[str]] = errors or {}

    def __str__(self) -> str:
        return f"{self.status_code} (message: {self.message})"


class Unauthorised(HTTPError):
    """The API does not accept the portal's own token."""

    status_code = 401


class Forbidden(HTTPError):
    """The API knows the caller and refuses."""

    status_code = 403


class NotFound(HTTPError):
    """The API has no such thing."""

    status_code = 404


class Conflict(HTTPError):
    """The request clashes with the state of what it is about."""

    status_code = 409


class Gone(HTTPError):
    """What was asked for existed and does no longer."""

    status_code = 410


class Rejected(HTTPError):
    """The API refused what was sent; ``errors`` names the fields it can."""

    status_code = 400


class RateLimited(HTTPError):
    """Too many requests in too short a time."""

    status_code = 429


class Unavailable(HTTPError):
    """The API is down, too slow, or does not answer as an API.

    ``transient``: worth a second try. ``uncertain``: a write that may have taken place.
    """

    status_code = 503
    transient = False
    uncertain = False
    sentence = _NOT_AVAILABLE

    def __init__(
        self,
        message: Any = None,
        status_code: int | None = None,
        errors: dict[str, list[str]] | None = None,
    ) -> None:
        super().__init__(
            self.sentence if message is None else message, status_code, errors
        )


class InvalidResponse(Unavailable):
    """The API answered with success, and with something that is no JSON, or not what it should be."""


class CacheDown(Unavailable):
    """A write that must not leave stale copies could not be announced to other readers."""

    sentence = _(
        "This change was not made, because not every page could be told of it. "
        "Nothing was saved. Try again in a minute."
    )


_BY_STATUS: dict[int, type[HTTPError]] = {
    error.status_code: error
    for error in (
        Unauthorised,
        Forbidden,
        NotFound,
        Conflict,
        Gone,
        Rejected,
        RateLimited,
    )
}


def error_for(status_code: int, body: Any) -> HTTPError:
    """Make the exception for a status and a parsed body of the API.

    The API writes ``{"result": "error", "message": …}`` or, from its JSON schemas
    and the public routes, ``{"status_code": …, "errors": [{"error", "message"}]}``.
    """
    message = _message(body)
    errors = _field_errors(message)
    if status_code in {502, 503, 504}:
        return Unavailable(message or _NOT_AVAILABLE, status_code)
    kind = _BY_STATUS.get(status_code, Rejected if status_code == 422 else HTTPError)
    return kind(message, status_code, errors)


def _message(body: Any) -> Any:
    if not isinstance(body, dict):
        return body or ""
    if "message" in body:
        return body["message"]
    if "errors" in body:
        return body["errors"]
    return body.get("error", "")


def _field_errors(message: Any) -> dict[str, list[str]]:
    if not isinstance(message, dict):
        return {}
    return {
        str(field): [str(m) for m in (told if isinstance(told, list) else [told])]
        for field, told in message.items()
    }
