"""Who is signed in, as the Notify API knows them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend

from portal.users.models import User


class NotifyBackend(BaseBackend):
    """Reads the person of a session from the API; passwords and codes are checked by the views.

    An API that is away raises Unavailable: returning None would sign people out.
    """

    def get_user(self, user_id: Any) -> User | None:
        """Return the person, None when the API has no such person or bars them."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and user.is_active else None
