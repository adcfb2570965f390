"""What organisations hand on to their services."""

from __future__ import annotations

from portal.invites.models import InvitedOrganisationUser
from portal.organisations.models import Domain, Organisation, OrganisationTypes
from portal.sandbox.rules import brands
from portal.sandbox.rules.allowances import set_default_allowance
from portal.sandbox.rules.names import archived_name
from portal.sandbox.versions import save_version
from portal.services.models import Service, ServiceHistory
from portal.users.models import User, UserToOrganisation

NHS_DOMAINS = ("nhs.uk", "nhs.net")


def by_email_address(address: str) -> Organisation | None:
    """The organisation of an e-mail address or domain, by the longest that matches."""
    wanted = address.lower().rsplit("@", 1)[-1]
    domains = Domain.objects.select_related("organisation")
    for row in sorted(domains, key=lambda row: len(row.domain), reverse=True):
        if _is_within(wanted, row.domain):
            found: Organisation = row.organisation
            return found
    return None


def is_crown(organisation_type: str | None) -> bool | None:
    """Whether organisations of a type belong to the Crown, where the type tells."""
    found = OrganisationTypes.objects.filter(name=organisation_type).first()
    return found.is_crown if found else None


def place_new_service(service: Service, creator: User) -> None:
    """Give a service that is about to be saved what its creator's organisation has."""
    organisation = by_email_address(creator.email_address)
    if organisation is None:
        service.crown = is_crown(service.organisation_type)
    else:
        _take_over(service, organisation)


def brand_new_service(service: Service, creator: User) -> None:
    """Give a new service its organisation's brands, or those of the NHS."""
    if service.organisation:
        brands.hand_on(service.organisation, [service])
    elif service.organisation_type in brands.NHS_TYPES or _is_nhs(
        creator.email_address
    ):
        for kind in brands.KINDS:
            brands.set_service_brand(service, kind, kind.nhs_brand)


def adopt(organisation: Organisation, service: Service) -> None:
    """Make a service the organisation's own."""
    _take_over(service, organisation)
    save_version(service, ServiceHistory)
    brands.hand_on(organisation, [service])
    set_default_allowance(service)


def hand_on_type(organisation: Organisation) -> None:
    """Give all services of an organisation its type, whether it is Crown, and allowance."""
    for service in Service.objects.filter(organisation_id=organisation.pk):
        _take_over(service, organisation)
        save_version(service, ServiceHistory)
        set_default_allowance(service)


def has_people(organisation: Organisation) -> bool:
    """Whether somebody belongs to an organisation or is invited to."""
    links = UserToOrganisation.objects.filter(organisation_id=organisation.pk)
    invited = InvitedOrganisationUser.objects.filter(
        organisation_id=organisation.pk, status="pending"
    )
    return bool(links.exists() or invited.exists())


def archive(organisation: Organisation) -> None:
    """Free the name, the domains and the brands of an organisation."""
    Domain.objects.filter(organisation_id=organisation.pk).delete()
    organisation.active = False
    organisation.email_branding = organisation.letter_branding = None
    organisation.name = archived_name(organisation.name)
    organisation.save()


def _take_over(service: Service, organisation: Organisation) -> None:
    service.organisation_id = organisation.pk
    service.organisation_type = organisation.organisation_type
    service.crown = organisation.crown


def _is_nhs(address: str) -> bool:
    domain = address.lower().rsplit("@", 1)[-1]
    return any(_is_within(domain, nhs) for nhs in NHS_DOMAINS)


def _is_within(domain: str, parent: str) -> bool:
    return domain == parent or domain.endswith(f".{parent}")
