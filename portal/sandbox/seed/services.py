"""Services with their people, senders, permissions and API keys."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from portal.api_keys.models import ApiKey, ApiKeyHistory
from portal.billing.models import AnnualBilling
from portal.sandbox import secrets
from portal.sandbox.rules.allowances import default_allowance, financial_year
from portal.sandbox.rules.names import email_local_part, normalised_service_name
from portal.sandbox.rules.services import DEFAULT_PERMISSIONS
from portal.sandbox.seed import words
from portal.sandbox.seed.demo import Demo, Office
from portal.sandbox.seed.people import HOME, full_name, make_user
from portal.sandbox.versions import history_row
from portal.services.models import (
    Service,
    ServiceEmailReplyTo,
    ServiceHistory,
    ServiceLetterContact,
    ServicePermission,
    ServiceSmsSender,
)
from portal.users.models import Permission, ServiceUser, User

LIVE_LIMIT = 250_000
LIVE_LETTER_LIMIT = 20_000
TRIAL_LIMIT = 50
PEOPLE = 3
# The share of days on which a service of the crowd sends anything.
QUIET = 0.05
KEYS = (("Website", "normal"), ("Staging", "team"), ("Automated tests", "test"))


def make_services(demo: Demo) -> None:
    """Make every organisation's services."""
    for item in demo.wanted:
        for state in ("live", "trial", "archived"):
            for name in getattr(item, state):
                demo.offices.append(make_office(demo, item, name, state))
    offices = demo.offices
    people = {user.pk: user for office in offices for user in office.people}
    known = {user.pk for user in demo.people.values()}
    User.objects.bulk_create(user for key, user in people.items() if key not in known)
    # First, as a service that went live has a second version.
    history = [row for office in offices for row in versions(office)]
    Service.objects.bulk_create(office.service for office in offices)
    ServiceHistory.objects.bulk_create(history)
    for model, rows in (
        (ServicePermission, permissions_of),
        (ServiceSmsSender, text_senders),
        (ServiceEmailReplyTo, reply_addresses),
        (ServiceLetterContact, letter_contacts),
        (AnnualBilling, allowances),
        (ServiceUser, memberships),
        (Permission, people_permissions),
    ):
        create_all(model, (row for office in offices for row in rows(demo, office)))
    make_keys(demo)


def create_all(model: Any, rows: Iterable[Any]) -> None:
    """Write many rows at once."""
    model.objects.bulk_create(rows, batch_size=1000)


def make_office(demo: Demo, item: words.Organisation, name: str, state: str) -> Office:
    """Make a service and choose its people; nothing is saved yet."""
    people = choose_people(demo, item)
    service = make_service(demo, item, name, state)
    service.created_by = people[0]
    if state == "live":
        wait = datetime.timedelta(days=demo.dice.randrange(7, 60))
        service.go_live_at = service.created_at + wait
        service.go_live_user = people[0]
        service.confirmed_unique = True
        service.contact_link = f"https://www.{item.domain}/contact"
    share = 1.0 if item in words.ORGANISATIONS else QUIET
    return Office(service, state, people, share)


def choose_people(demo: Demo, item: words.Organisation) -> list[User]:
    """The people of a service; those to sign in as work for the first organisation."""
    if item is HOME:
        return [demo.people[row.name] for row in words.PERSONAS if row.permissions]
    return [make_user(demo, full_name(demo), item.domain) for _ in range(PEOPLE)]


def make_service(
    demo: Demo, item: words.Organisation, name: str, state: str
) -> Service:
    """Make a service, not saved yet."""
    live, archived = state == "live", state == "archived"
    shown = f"_archived_2026-01-31_12:00:00_{name}" if archived else name
    limit = LIVE_LIMIT if live else TRIAL_LIMIT
    return Service(
        id=demo.id(),
        name=shown,
        normalised_service_name=normalised_service_name(shown),
        email_sender_local_part=email_local_part(name),
        active=not archived,
        restricted=not live,
        created_at=demo.ago(400, 800) if live else demo.ago(5, 200),
        prefix_sms=demo.chance(0.7),
        organisation=demo.organisations[item.name],
        organisation_type=item.kind,
        crown=item.crown,
        email_message_limit=limit,
        sms_message_limit=limit,
        letter_message_limit=LIVE_LETTER_LIMIT if live else TRIAL_LIMIT,
        volume_email=demo.dice.randrange(1, 50) * 1000,
        volume_sms=demo.dice.randrange(1, 40) * 1000,
        volume_letter=demo.dice.randrange(0, 5) * 100,
        consent_to_research=demo.chance(0.6),
    )


def versions(office: Office) -> list[ServiceHistory]:
    """A live service was on trial first."""
    service = office.service
    if not office.is_live:
        return [history_row(service, ServiceHistory)]
    service.version = 2
    service.updated_at = service.go_live_at
    trial = history_row(service, ServiceHistory)
    trial.version, trial.restricted, trial.go_live_at = 1, True, None
    return [trial, history_row(service, ServiceHistory)]


def permissions_of(demo: Demo, office: Office) -> list[ServicePermission]:
    """What a service may do."""
    names = [*DEFAULT_PERMISSIONS]
    if office.is_live:
        names.append("edit_folder_permissions")
    if demo.chance(0.3):
        names.append("email_auth")
    return [
        ServicePermission(service=office.service, permission=name) for name in names
    ]


def text_senders(demo: Demo, office: Office) -> list[ServiceSmsSender]:
    """What its text messages come from."""
    name = "".join(filter(str.isalpha, office.service.name.split("_")[-1]))[:11]
    return [
        ServiceSmsSender(
            id=demo.id(),
            service=office.service,
            sms_sender=name if office.is_live else "GOVUK",
            created_at=office.service.created_at,
        )
    ]


def reply_addresses(demo: Demo, office: Office) -> list[ServiceEmailReplyTo]:
    """Where answers to its e-mails go."""
    domain = office.owner.email_address.split("@")[1]
    addresses = ("contact", "no-reply") if office.is_live else ()
    return [
        ServiceEmailReplyTo(
            id=demo.id(),
            service=office.service,
            email_address=f"{box}@{domain}",
            is_default=number == 0,
            created_at=office.service.created_at,
        )
        for number, box in enumerate(addresses)
    ]


def letter_contacts(demo: Demo, office: Office) -> list[ServiceLetterContact]:
    """What stands at the top of its letters."""
    if not office.is_live:
        return []
    town, postcode = demo.dice.choice(words.TOWNS)
    return [
        ServiceLetterContact(
            id=demo.id(),
            service=office.service,
            contact_block=f"{office.service.name}\n1 Town Square\n{town}\n{postcode}",
            created_at=office.service.created_at,
        )
    ]


def allowances(demo: Demo, office: Office) -> list[AnnualBilling]:
    """Its free text messages of this and the last financial year."""
    this = financial_year(demo.today)
    kind = office.service.organisation_type
    return [
        AnnualBilling(
            id=demo.id(),
            service=office.service,
            financial_year_start=year,
            free_sms_fragment_limit=default_allowance(kind, year),
        )
        for year in (this - 1, this)
    ]


def memberships(demo: Demo, office: Office) -> list[ServiceUser]:
    """Who belongs to it."""
    return [ServiceUser(user=user, service=office.service) for user in office.people]


def people_permissions(demo: Demo, office: Office) -> list[Permission]:
    """What each of its people may do."""
    mine = {persona.name: persona.permissions for persona in words.PERSONAS}
    others = (words.EVERYTHING, words.EVERYTHING, (*words.SEND, "view_activity"))
    return [
        Permission(
            id=demo.id(),
            user=user,
            service=office.service,
            permission=name,
            created_at=office.service.created_at,
        )
        for number, user in enumerate(office.people)
        for name in (mine[user.name] if user.name in demo.people else others[number])
    ]


def make_keys(demo: Demo) -> None:
    """Give each live service its API keys, of which one no longer works."""
    keys = []
    for office in demo.live_offices:
        for name, kind in KEYS:
            keys.append(_key(demo, office, name, kind, office.service.created_at))
        old = _key(demo, office, "Old website", "normal", office.service.created_at)
        old.expiry_date = old.updated_at = demo.ago(30, 200)
        keys.append(old)
    ApiKey.objects.bulk_create(keys)
    ApiKeyHistory.objects.bulk_create(history_row(key, ApiKeyHistory) for key in keys)


def _key(
    demo: Demo, office: Office, name: str, kind: str, made: datetime.datetime
) -> ApiKey:
    return ApiKey(
        id=demo.id(),
        name=name,
        key_type=kind,
        secret=secrets.encrypt(str(demo.id())),
        service=office.service,
        created_by=office.owner,
        created_at=made,
        version=1,
    )
