"""Who may see which page: decorators for views."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from portal.services.models import Service
from portal.users.addresses import is_of_public_sector
from portal.users.identity import SHOWN_PERMISSIONS
from portal.users.models import User

if TYPE_CHECKING:

    class SignedInRequest(HttpRequest):
        """A request of someone who has signed in."""

        user: User

    class ServiceRequest(SignedInRequest):
        """A request for a page of a service that the person may use."""

        service: Service

else:
    SignedInRequest = ServiceRequest = HttpRequest

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def user_is_logged_in(view: V) -> V:
    """Let only people in who have signed in."""
    return _guarded(view, lambda user: True)


def user_is_gov_user(view: V) -> V:
    """Let only people in who have signed in and whose address the platform is for."""
    return _guarded(view, lambda user: is_of_public_sector(str(user.email_address)))


def user_is_platform_admin(view: V) -> V:
    """Let only platform admins in."""
    return _guarded(view, lambda user: bool(user.platform_admin))


def user_has_permissions(
    *permissions: str, restrict_admin_usage: bool = False, allow_org_user: bool = False
) -> Callable[[V], V]:
    """Let members of the service in who have any of the permissions.

    Without permissions every member may; platform admins may unless ``restrict_admin_usage``;
    members of the service's organisation may with ``allow_org_user``.
    """
    for permission in permissions:
        if permission not in SHOWN_PERMISSIONS:
            raise ValueError(f"There is no permission called {permission!r}.")

    def decorate(view: V) -> V:
        @functools.wraps(view)
        def guarded(
            request: Any, service_id: uuid.UUID, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            service = service_of(request, service_id)
            if not may_use(
                request.user,
                service,
                permissions,
                restrict_admin_usage=restrict_admin_usage,
                allow_org_user=allow_org_user,
            ):
                raise PermissionDenied(_("You do not have permission to do this."))
            request.service = service
            return view(request, service_id, *args, **kwargs)

        return cast("V", guarded)

    return decorate


def service_has_permission(name: str) -> Callable[[V], V]:
    """Let people in only where the API grants the service something; inside of ``user_has_permissions``."""

    def decorate(view: V) -> V:
        @functools.wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.service.has_permission(name):
                raise PermissionDenied(_("This service cannot do this."))
            return view(request, *args, **kwargs)

        return cast("V", guarded)

    return decorate


def may_use(
    user: User,
    service: Service,
    permissions: tuple[str, ...] = (),
    *,
    restrict_admin_usage: bool = False,
    allow_org_user: bool = False,
) -> bool:
    """Tell whether the person may see a page of the service that asks for the permissions."""
    if user.platform_admin and not restrict_admin_usage:
        return True
    if not service.active:
        return False
    organisation = service.organisation_id
    if allow_org_user and organisation and user.belongs_to_organisation(organisation):
        return True
    if not permissions:
        return user.belongs_to_service(service.pk)
    return any(
        user.has_permission_for_service(service.pk, name) for name in permissions
    )


def service_of(request: Any, service_id: uuid.UUID) -> Service:
    """Return the service of a page; it was read side by side with the user if it could be."""
    service = cast("Service | None", getattr(request, "service_of_path", None))
    if service is None or str(service.pk) != str(service_id):
        service = Service.objects.filter(pk=service_id).first()
    if service is None:
        raise Http404
    return service


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send someone to sign in who then comes back; a part of a page only says 401."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401)
    target = request.get_full_path() if request.method == "GET" else ""
    query = f"?{urlencode({'next': target})}" if target else ""
    return HttpResponseRedirect(f"{settings.LOGIN_URL}{query}")


def _guarded(view: V, admits: Callable[[User], bool]) -> V:
    @functools.wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not admits(request.user):
            raise PermissionDenied(_("You do not have permission to do this."))
        return view(request, *args, **kwargs)

    return cast("V", guarded)
