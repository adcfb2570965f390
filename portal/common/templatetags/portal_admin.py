"""Tags of the admin pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_modify import submit_row

register = template.Library()


@register.inclusion_tag("admin/portal/submit_line.html", takes_context=True)
def portal_submit_row(context: template.RequestContext) -> dict[str, Any]:
    """Show the buttons of a form, the removing one under its own word."""
    words: Any = submit_row(context).flatten()
    return dict(words)
