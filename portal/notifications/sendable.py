"""Which templates a service can send messages with."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from portal.message_templates.models import Template
from portal.notifications.limits import permissions_of
from portal.services.models import Service


def template_to_send(service: Service, template_id: UUID) -> Template:
    """Return the service's template. Raises Http404 when it cannot be sent."""
    try:
        found = Template.objects.get(service=service.pk, pk=template_id)
    except Template.DoesNotExist as missing:
        raise Http404(_("There is no such template.")) from missing
    if found.archived or found.template_type not in permissions_of(service):
        raise Http404(_("Messages cannot be sent with this template."))
    return found
