"""How the API says no."""

from __future__ import annotations

from typing import Any

NO_SUCH_URL = (
    "The requested URL was not found on the server. If you entered the URL manually "
    "please check your spelling and try again."
)
BAD_REQUEST = (
    "The browser (or proxy) sent a request that this server could not understand."
)


class Refusal(Exception):
    """A refusal of the admin routes: ``{"result": "error", "message": …}``.

    ``message`` is a sentence or a dictionary of field names to lists of sentences.
    """

    def __init__(self, message: Any, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status

    def payload(self) -> Any:
        """The body of the answer."""
        return {"result": "error", "message": self.message}


class SchemaRefusal(Refusal):
    """A refusal of a JSON schema and of the public routes: ``{"status_code", "errors"}``."""

    def __init__(
        self, messages: list[str], status: int = 400, error: str = "ValidationError"
    ) -> None:
        super().__init__(messages, status)
        self.error = error

    def payload(self) -> Any:
        return {
            "status_code": self.status,
            "errors": [{"error": self.error, "message": m} for m in self.message],
        }
