"""Tags of the admin pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_modify import submit_row
from django.contrib.admin.views.main import PAGE_VAR
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("admin/portal/submit_line.html", takes_context=True)
def portal_submit_row(context: template.RequestContext) -> dict[str, Any]:
    """Show the buttons of a form, the removing one under its own word."""
    words: Any = submit_row(context).flatten()
    return dict(words)


@register.simple_tag
def export_address(cl: Any, kind: str) -> str:
    """Give the address of what a list shows as a file."""
    name = f"admin:{cl.opts.app_label}_{cl.opts.model_name}_export"
    query: str = cl.get_query_string({"format": kind}, [PAGE_VAR])
    return reverse(name) + query
