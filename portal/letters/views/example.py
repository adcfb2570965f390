"""An example letter, to see a brand on."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.letters.drawing import (
    draw_example,
    etag_of,
    file_of_brand,
    require_service,
)
from portal.letters.pictures import file_response

# What forms send for "no brand".
NO_BRAND = ("", "__NONE__")


@require_http_methods(["GET"])
def letter_branding_preview_image(
    request: HttpRequest, filename: str | None = None
) -> HttpResponseBase:
    """Draw an example letter with a brand, named by its file or ``?branding_style=``."""
    style = request.GET.get("branding_style", "")
    if style not in NO_BRAND and filename not in (None, *NO_BRAND):
        raise BadRequest(_("A letter has one brand."))
    require_service()
    brand = None if filename in NO_BRAND else filename
    if style not in NO_BRAND:
        brand = file_of_brand(style)
    etag = etag_of("example", brand, timezone.localdate())
    return file_response(request, "png", etag, lambda: draw_example(brand))
