"""What every sandbox holds, empty or not: the API's own reference data."""

from __future__ import annotations

from portal.branding.models import EmailBranding, LetterBranding
from portal.inbound.models import InboundNumber
from portal.platform.models import ProtectedSenderId
from portal.providers.models import ProviderDetails, ProviderDetailsHistory
from portal.sandbox import clock
from portal.sandbox.reference import lookups, notify, rates
from portal.sandbox.reference.ids import fixed
from portal.sandbox.versions import save_version

# Identifier, name shown, channel, priority, sends abroad.
PROVIDERS = (
    ("mmg", "MMG", "sms", 50, True),
    ("firetext", "Firetext", "sms", 50, False),
    ("ses", "AWS SES", "email", 10, False),
    ("dvla", "DVLA", "letter", 50, False),
)
INBOUND_NUMBERS = tuple(f"077009008{number:02}" for number in range(40))
PROTECTED_SENDER_IDS = ("HMRC", "GOVUK", "NHS", "DVLA", "Royal Mail")


def fill() -> None:
    """Write the reference data into an empty database."""
    lookups.fill()
    rates.fill()
    notify.fill()
    for identifier, name, channel, priority, abroad in PROVIDERS:
        save_version(
            ProviderDetails(
                id=fixed(f"provider {identifier}"),
                identifier=identifier,
                display_name=name,
                notification_type=channel,
                priority=priority,
                supports_international=abroad,
                active=True,
            ),
            ProviderDetailsHistory,
        )
    InboundNumber.objects.bulk_create(
        InboundNumber(id=fixed(f"inbound {number}"), number=number, provider="mmg")
        for number in INBOUND_NUMBERS
    )
    ProtectedSenderId.objects.bulk_create(
        ProtectedSenderId(sender_id=name) for name in PROTECTED_SENDER_IDS
    )
    make_brands()


def make_brands() -> None:
    """Make the brands that are there from the start."""
    EmailBranding.objects.create(
        id=fixed("email brand NHS"),
        name="NHS",
        alt_text="NHS",
        colour="#005eb8",
        brand_type="org",
        created_at=clock.now(),
    )
    LetterBranding.objects.create(
        id=fixed("letter brand NHS"), name="NHS", filename="nhs", created_at=clock.now()
    )
