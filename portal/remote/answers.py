"""Reading the API's JSON: what an answer lacks is the API's fault, not an error of the portal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from portal.remote.errors import InvalidResponse

logger = logging.getLogger(__name__)
# What reading raises where something is missing, or is not what it should be.
SHAPE_ERRORS = (LookupError, TypeError, AttributeError, ValueError, ArithmeticError)


class Answer(dict[str, Any]):
    """An object of an answer: a key that should be there and is not raises InvalidResponse."""

    def __missing__(self, key: str) -> NoReturn:
        logger.error("An answer of the API has no %s.", key)
        raise InvalidResponse(f"The API's answer has no {key!r}.")


@contextmanager
def reading() -> Iterator[None]:
    """Raise InvalidResponse where an answer turns out to have another shape than it should."""
    try:
        yield
    except SHAPE_ERRORS as error:
        logger.exception("An answer of the API has an unexpected shape.")
        raise InvalidResponse("The API's answer has an unexpected shape.") from error
