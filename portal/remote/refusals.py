"""The QuerySet methods that no endpoint can answer, refused when they are called."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import NotSupportedError
from django.db.models import Model, QuerySet

from portal.remote.aliases import on_api

M = TypeVar("M", bound=Model)


class Refusals(QuerySet[M]):
    """A QuerySet that says at once what the API cannot do, and where it can be done."""

    @on_api
    def _annotate(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("annotate() and alias()")

    @on_api
    def _combinator_query(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("union(), intersection() and difference()")

    @on_api
    def dates(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("dates()")

    @on_api
    def datetimes(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("datetimes()")

    @on_api
    def extra(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("extra()")

    @on_api
    def explain(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("explain()")

    @on_api
    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("raw()")

    @on_api
    def select_for_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse("select_for_update()")

    def _refuse(self, what: str) -> NoReturn:
        raise NotSupportedError(
            f"The Notify API cannot answer {what} on {self.model._meta.verbose_name_plural}; "
            'put .using("notify_replica") first where a replica is configured.'
        )
