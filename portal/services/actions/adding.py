"""Making a service."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _

from portal.common import audit
from portal.remote.errors import HTTPError, Rejected
from portal.services.client import service_api_client
from portal.services.client.services import TRIAL_LIMIT
from portal.users.models import User

logger = logging.getLogger(__name__)


def create_service(*, name: str, organisation_type: str, by: User) -> str:
    """Make a service in trial mode with its first member; gives its id.

    POST /service. Raises Rejected with a sentence at the name.
    """
    try:
        pk = service_api_client.create_service(
            service_name=name,
            organisation_type=organisation_type,
            email_message_limit=TRIAL_LIMIT,
            international_sms_message_limit=TRIAL_LIMIT,
            sms_message_limit=TRIAL_LIMIT,
            letter_message_limit=TRIAL_LIMIT,
            restricted=True,
            user_id=str(by.pk),
        )
    except Rejected as refusal:
        raise _told(refusal, name) from refusal
    audit.record(
        actor=by,
        action="added",
        model="services.service",
        object_id=pk,
        object_repr=name,
        after={"name": name, "organisation_type": organisation_type},
    )
    return str(pk)


def create_example(*, service_id: str) -> str:
    """Make a template to try a new service with; gives its id, empty if the API would not.

    POST /service/<id>/template.
    """
    try:
        made = service_api_client.create_service_template(
            name=_("Example text message"),
            type_="sms",
            content=_(
                "Hello ((name)), I am trying this out. Today is ((day of the week)) and "
                "my favourite colour is ((colour))."
            ),
            service_id=service_id,
        )
    except HTTPError as error:
        # The service is there; it only begins without an example.
        logger.warning("A service began without an example: %s", error.status_code)
        return ""
    return str(made["data"]["id"])


def _told(refusal: Rejected, name: str) -> Rejected:
    """Say about the name what the API says, in the words of pages."""
    said = refusal.errors.get("name", [])
    if any("Duplicate" in sentence for sentence in said):
        told = _("There is a service called “%(name)s” already. Choose another name.")
    elif said or "normalised_service_name" in refusal.errors:
        told = _("The platform does not accept the name “%(name)s”. Choose another.")
    else:
        return refusal
    sentence = told % {"name": name}
    return Rejected(sentence, errors={"name": [sentence]})
