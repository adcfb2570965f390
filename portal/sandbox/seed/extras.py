"""Invitations, received messages, complaints and the like."""

from __future__ import annotations

import datetime

from portal.branding.models import (
    EmailBranding,
    OrganisationEmailBranding,
    ServiceEmailBranding,
)
from portal.inbound.models import InboundNumber, InboundSms
from portal.invites.models import (
    InvitedOrganisationUser,
    InvitedUser,
    ServiceJoinRequest,
)
from portal.sandbox.seed import words
from portal.sandbox.seed.demo import Demo, Office
from portal.sandbox.seed.people import HOME, full_name
from portal.services.models import (
    Service,
    ServiceGuestList,
    ServicePermission,
    ServiceSmsSender,
)

TEXTS = (
    "Yes, I will be there",
    "Sorry, I cannot come",
    "Which address is it please?",
    "STOP",
    "Can I move it to next week?",
    "Thank you!",
)
RECEIVED = 45
WITH_INBOUND = 3
COLOURS = ("#1d70b8", "#00703c", "#4c2c92", "#d4351c")


def make_extras(demo: Demo) -> None:
    """Make what a busy platform has besides."""
    make_invitations(demo)
    make_brands(demo)
    for office in demo.live_offices[:WITH_INBOUND]:
        make_inbox(demo, office)
    ask_to_go_live(demo)


def make_invitations(demo: Demo) -> None:
    """Invite people to the services and the organisation of those to sign in as."""
    manager = demo.people[words.PERSONAS[0].name]
    for office in demo.live_offices[:2]:
        InvitedUser.objects.create(
            id=demo.id(),
            email_address=demo.address(full_name(demo), HOME.domain),
            user=manager,
            service=office.service,
            created_at=demo.ago(0.1, 1.5),
            permissions="send_texts,send_emails,send_letters,view_activity",
        )
    InvitedOrganisationUser.objects.create(
        id=demo.id(),
        email_address=demo.address(full_name(demo), HOME.domain),
        invited_by=manager,
        organisation=demo.organisations[HOME.name],
        permissions="can_make_services_live",
        created_at=demo.ago(0.1, 1.5),
    )
    other = next(o for o in demo.live_offices if o.owner not in demo.people.values())
    ServiceJoinRequest.objects.create(
        id=demo.id(),
        requester=other.owner,
        service=demo.live_offices[0].service,
        created_at=demo.ago(0.2, 2),
        reason="We share the same customers.",
    )


def make_brands(demo: Demo) -> None:
    """Give each organisation a brand of its own; the first one uses it everywhere."""
    for number, (name, organisation) in enumerate(demo.organisations.items()):
        brand = EmailBranding.objects.create(
            id=demo.id(),
            name=name,
            text=name,
            colour=COLOURS[number % len(COLOURS)],
            brand_type="org_banner",
            created_at=organisation.created_at,
        )
        OrganisationEmailBranding.objects.create(
            organisation=organisation, email_branding=brand
        )
        if name == HOME.name:
            organisation.email_branding = brand
            organisation.save()
            ServiceEmailBranding.objects.bulk_create(
                ServiceEmailBranding(service=office.service, email_branding=brand)
                for office in demo.offices
                if office.service.organisation_id == organisation.pk
            )


def make_inbox(demo: Demo, office: Office) -> None:
    """Give a service a number to text, with what people wrote."""
    number = InboundNumber.objects.filter(service=None).earliest("number")
    number.service = office.service
    number.save()
    ServicePermission.objects.create(service=office.service, permission="inbound_sms")
    ServiceSmsSender.objects.filter(service=office.service).update(
        sms_sender=number.number, inbound_number=number
    )
    people = [
        f"447700900{demo.dice.randrange(120, 1000)}" for _ in range(RECEIVED // 2)
    ]
    InboundSms.objects.bulk_create(
        InboundSms(
            id=demo.id(),
            service=office.service,
            notify_number=number.number,
            user_number=demo.dice.choice(people),
            provider=number.provider,
            provider_reference=str(demo.id()),
            content=demo.dice.choice(TEXTS),
            created_at=demo.ago(0, 6.5),
        )
        for _ in range(RECEIVED)
    )


def ask_to_go_live(demo: Demo) -> None:
    """Let one service on trial wait for an answer, and give the trials guest lists."""
    trials = [office for office in demo.offices if office.state == "trial"]
    Service.objects.filter(pk=trials[0].service.pk).update(
        has_active_go_live_request=True
    )
    ServiceGuestList.objects.bulk_create(
        ServiceGuestList(
            id=demo.id(),
            service=office.service,
            recipient_type="mobile",
            recipient=demo.mobile(),
            created_at=office.service.created_at + datetime.timedelta(days=1),
        )
        for office in trials
    )
