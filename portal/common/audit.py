"""Writing into the audit log: what is saved and deleted by itself, or in words of the caller's."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError
from django.utils.translation import gettext as _

from portal.common.admin_columns import HIDDEN
from portal.common.models import AuditEvent
from portal.remote import context
from portal.remote.aliases import answered_by_api
from portal.remote.errors import HTTPError
from portal.remote.models import RemoteModel

logger = logging.getLogger(__name__)

REPR_CHARACTERS = 200

_told: ContextVar[bool] = ContextVar("audit_told", default=False)


class Actor(NamedTuple):
    """Somebody of whom the id is known."""

    pk: str
    name: str

    def __str__(self) -> str:
        return self.name


@contextmanager
def telling() -> Iterator[None]:
    """Leave it to the caller to ``record`` what is saved and deleted inside, in its own words."""
    token = _told.set(True)
    try:
        yield
    finally:
        _told.reset(token)


def record(
    *,
    actor: Any,
    action: str,
    model: str,
    object_id: Any,
    object_repr: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    change_message: list[Any] | None = None,
) -> AuditEvent:
    """Write who did what to what.

    ``action`` is a past participle ("changed"), ``model`` a label such as
    "services.service"; ``before`` and ``after`` hold the changed fields only.
    """
    current = context.current()
    return AuditEvent.objects.create(
        actor_id=getattr(actor, "pk", None),
        actor_name=str(actor),
        action=action,
        model=model,
        object_id=str(object_id),
        object_repr=str(object_repr)[:REPR_CHARACTERS],
        before=plain(before or {}),
        after=plain(after or {}),
        change_message=change_message or [],
        trace_id=current.trace_id if current else "",
    )


def plain(values: dict[str, Any]) -> Any:
    """Make values of any field fit for JSON."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder, default=str))


def saved(
    sender: type[Any], instance: Any, created: bool, using: str, **signal: Any
) -> None:
    """Record what the API accepted of a save; a receiver of ``post_save``."""
    if not _is_ours(sender, using):
        return
    before, after = instance.last_change
    if created:
        _record(instance, "added", {}, after)
    elif before != after:
        _record(instance, "changed", before, after)


def deleted(sender: type[Any], instance: Any, using: str, **signal: Any) -> None:
    """Record what the API deleted or archived; a receiver of ``post_delete``."""
    if _is_ours(sender, using):
        _record(instance, sender.objects.all().ended_as, {}, {})


def _is_ours(sender: type[Any], using: str) -> bool:
    is_mirror = issubclass(sender, RemoteModel)
    return is_mirror and answered_by_api(using) and not _told.get()


def _record(
    instance: Any, action: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    secret = type(instance).secrets()
    label = instance._meta.label_lower
    try:
        record(
            actor=_actor(),
            action=action,
            model=label,
            object_id=instance.pk,
            object_repr=str(instance),
            before=_shown(before, secret),
            after=_shown(after, secret),
        )
    except DatabaseError:
        # The API has done it: an error here would only make people do it again.
        logger.exception("Not in the audit log: %s %s %s", label, instance.pk, action)


def _shown(values: Mapping[str, Any], secret: frozenset[str]) -> dict[str, Any]:
    return {n: HIDDEN if n in secret and v else v for n, v in values.items()}


def _actor() -> Any:
    current = context.current()
    user_id = current.user_id if current else None
    if user_id is None:
        return _("The portal")
    try:
        return get_user_model()._default_manager.get(pk=user_id)
    except (HTTPError, get_user_model().DoesNotExist):
        return Actor(user_id, user_id)
