"""What brandings look like."""

from __future__ import annotations

import re
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.branding.models import EmailBranding
from portal.messages.email import EmailMessage

HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@require_safe
def example_email(request: HttpRequest) -> HttpResponse:
    """Show an example in the branding whose id is ``branding_style``, else in the platform's."""
    branding = _branding(request.GET.get("branding_style", ""))
    colour = str((branding and branding.colour) or settings.PORTAL_BRAND_COLOUR)
    context = {
        "name": _name(branding),
        "colour": colour if HEX_COLOUR.fullmatch(colour) else "",
        "content": EmailMessage("", _example()).html(),
    }
    return render(request, "branding/example_email.html", context)


def _branding(asked: str) -> EmailBranding | None:
    if not asked:
        return None
    try:
        pk = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(EmailBranding, pk=pk)


def _name(branding: EmailBranding | None) -> str:
    """The words beside the logo, or those that stand in for it where pictures are off."""
    if branding is None:
        return str(settings.PORTAL_BRAND_NAME)
    return str(branding.text or branding.alt_text or branding.name)


def _example() -> str:
    return "\n\n".join(
        (
            _("# Your permit is ready"),
            _("Dear Sam Example,"),
            _("You can park from Monday. Please:"),
            _("* print this email\n* put it behind your windscreen"),
            _("## If your car changes"),
            _("1. Sign in to your account.\n2. Choose ‘Change vehicle’."),
            _("^ A permit is for one car only."),
            _("Read more: https://www.example.com/permits"),
        )
    )
