"""The refusal to send a message, in the words of the public routes or of the others."""

from __future__ import annotations

from portal.sandbox.refusals import Refusal


class Unsendable(Refusal):
    """A message that may not be sent.

    ``error`` names the kind on the public routes, which put some things in other
    words: ``public``.
    """

    def __init__(
        self,
        message: str,
        status: int = 400,
        error: str = "BadRequestError",
        public: str | None = None,
    ) -> None:
        super().__init__(message, status)
        self.error = error
        self.public = public or message
