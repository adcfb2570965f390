"""The Django admin site of the portal: one sign-in, its own audit."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.common.live import is_partial
from portal.common.replica_tables import TABLES, has_replica


class PortalAdminSite(AdminSite):
    """The superusers' side of the portal, for platform admins only."""

    # Tables need the room.
    enable_nav_sidebar = False
    site_url = "/your-services"
    index_title = gettext_lazy("What you can look after")
    _empty_value_display = "–"
    # Django's own shows a sidebar from its log, which the portal does not keep.
    index_template = "admin/portal/index.html"

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        """Take only admins that keep the portal's audit.

        django.contrib.auth registers groups with an admin that writes Django's log.
        """
        if getattr(admin_class, "keeps_audit", False):
            super().register(model_or_iterable, admin_class, **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        title = _("%(brand)s administration") % {"brand": settings.PORTAL_BRAND_NAME}
        return {
            **super().each_context(request),
            "site_title": title,
            "site_header": title,
        }

    def get_urls(self) -> list[Any]:
        # The models are not there when the site is made.
        from portal.common import replica_admin

        part = self.admin_view(self.attention_view)
        own = [path("attention/", part, name="attention"), *replica_admin.urls(self)]
        return [*own, *super().get_urls()]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the models and, where there is a replica, its tables."""
        tables = {"replica_tables": TABLES.values() if has_replica() else ()}
        return super().index(request, {**tables, **(extra_context or {})})

    def attention_view(self, request: HttpRequest) -> HttpResponse:
        """Show what needs attention, as a part of the first page or as a page."""
        from portal.platform.attention import load_attention

        attention = load_attention()
        found = {"attention": attention, "title": _("What needs attention")}
        if is_partial(request):
            return render(request, "admin/portal/attention.html", found)
        page = {**self.each_context(request), **found}
        status = 200 if attention.answers else 503
        return render(request, "admin/portal/attention_page.html", page, status=status)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the one sign-in of the portal, with its second factor."""
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get("next", reverse("admin:index"))
        query = urlencode({"next": wanted}, safe="/")
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{query}")

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Send to the one sign-out of the portal, which tells the API."""
        return HttpResponseRedirect("/sign-out")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Passwords are changed on the person's own page."""
        raise Http404

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Passwords are changed on the person's own page."""
        raise Http404


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's site."""

    default_site = "portal.common.site.PortalAdminSite"
