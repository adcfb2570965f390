"""The API's routes about a service and what belongs to it, as one client."""

from __future__ import annotations

from portal.services.client.callbacks import CallbackMethods
from portal.services.client.inbound import InboundMethods
from portal.services.client.joining import JoiningMethods
from portal.services.client.letter_contacts import LetterContactMethods
from portal.services.client.retention import RetentionMethods
from portal.services.client.senders import SenderMethods
from portal.services.client.services import ServiceMethods
from portal.services.client.templates import TemplateMethods
from portal.services.client.unsubscribing import UnsubscribingMethods


class ServiceAPIClient(
    ServiceMethods,
    TemplateMethods,
    SenderMethods,
    LetterContactMethods,
    InboundMethods,
    CallbackMethods,
    RetentionMethods,
    UnsubscribingMethods,
    JoiningMethods,
):
    """Services, their templates, senders and settings."""


service_api_client = ServiceAPIClient()

__all__ = ["ServiceAPIClient", "service_api_client"]
