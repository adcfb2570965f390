"""Organisations and the people in them."""

from __future__ import annotations

import datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from portal.organisations.models import Domain, Organisation, OrganisationPermission
from portal.sandbox.models import DemoPerson
from portal.sandbox.reference.ids import PLATFORM_ADMIN
from portal.sandbox.reference.notify import PASSWORD
from portal.sandbox.seed import words
from portal.sandbox.seed.demo import Demo
from portal.users.models import (
    OrganisationUserPermissions,
    User,
    UserToOrganisation,
)

HOME = words.ORGANISATIONS[0]
AGREEMENT_VERSION = 3.2


def make_organisations(demo: Demo) -> None:
    """Make the organisations with their domains and permissions."""
    for words_of in demo.wanted:
        demo.organisations[words_of.name] = _organisation(demo, words_of)
    rows = demo.organisations.values()
    Organisation.objects.bulk_create(rows)
    Domain.objects.bulk_create(
        Domain(domain=item.domain, organisation=demo.organisations[item.name])
        for item in demo.wanted
    )
    OrganisationPermission.objects.bulk_create(
        OrganisationPermission(
            id=demo.id(), organisation=row, permission="can_ask_to_join_a_service"
        )
        for row in rows
    )


def _organisation(demo: Demo, item: words.Organisation) -> Organisation:
    signed = demo.ago(300, 900) if item.agreement else None
    row = Organisation(
        id=demo.id(),
        name=item.name,
        organisation_type=item.kind,
        crown=item.crown,
        created_at=demo.ago(900, 1200),
        agreement_signed=item.agreement,
        can_approve_own_go_live_requests=item is HOME,
        billing_reference=f"REF-{demo.dice.randrange(1000, 9999)}",
    )
    if signed:
        row.agreement_signed_at = signed
        row.agreement_signed_by_id = PLATFORM_ADMIN
        row.agreement_signed_version = AGREEMENT_VERSION
        row.billing_contact_names = full_name(demo)
        row.billing_contact_email_addresses = f"finance@{item.domain}"
        row.purchase_order_number = f"PO{demo.dice.randrange(10000, 99999)}"
    return row


def full_name(demo: Demo) -> str:
    """Somebody's name."""
    return f"{demo.dice.choice(words.FIRST_NAMES)} {demo.dice.choice(words.LAST_NAMES)}"


def make_personas(demo: Demo) -> None:
    """Make the people whom a newcomer may sign in as."""
    for position, persona in enumerate(words.PERSONAS, 1):
        user = make_user(demo, persona.name, HOME.domain, f"07700900{position:03}")
        user.state = persona.state
        user.auth_type = persona.auth_type
        user.failed_login_count = persona.failures
        user.save(force_insert=True)
        demo.people[persona.name] = user
        DemoPerson.objects.create(
            user_id=user.pk, position=position, password=PASSWORD, role=persona.role
        )
        if persona.in_organisation:
            join_organisation(demo, user, demo.organisations[HOME.name])


def make_user(demo: Demo, name: str, domain: str, mobile: str | None = None) -> User:
    """Make an active user, not saved yet."""
    registered = demo.ago(200, 800)
    return User(
        id=demo.id(),
        name=name,
        email_address=demo.address(name, domain),
        mobile_number=mobile or demo.mobile(),
        password=_password(),
        state="active",
        created_at=registered,
        password_changed_at=registered,
        logged_in_at=demo.ago(0.1, 40),
        email_access_validated_at=demo.now - datetime.timedelta(days=1),
        take_part_in_research=demo.chance(0.7),
    )


@cache
def _password() -> str:
    return make_password(PASSWORD)


def join_organisation(demo: Demo, user: User, organisation: Organisation) -> None:
    """Make somebody a member of an organisation who may make its services live."""
    UserToOrganisation.objects.create(user=user, organisation=organisation)
    OrganisationUserPermissions.objects.create(
        id=demo.id(),
        user=user,
        organisation=organisation,
        permission="can_make_services_live",
        created_at=user.created_at,
    )
