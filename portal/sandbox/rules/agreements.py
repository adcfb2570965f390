"""The agreement that an organisation signs, and who gets a confirmation of it."""

from __future__ import annotations

from django.conf import settings

from portal.organisations.models import Organisation
from portal.sandbox import outbox
from portal.users.models import User


def confirm(organisation: Organisation, signer: User) -> None:
    """Tell whoever signed, and whomever they signed for."""
    address = organisation.agreement_signed_on_behalf_of_email_address
    name = organisation.agreement_signed_on_behalf_of_name
    facts = {
        "mou_link": f"{settings.ADMIN_BASE_URL}/agreement/"
        f"{'crown' if organisation.crown else 'non-crown'}.pdf",
        "org_name": organisation.name,
        "signed_by_name": signer.name,
        "on_behalf_of_name": name or "",
    }
    if not address:
        outbox.notify("agreement_signed", signer.email_address, facts)
        return
    outbox.notify("agreement_signed_on_behalf_signer", signer.email_address, facts)
    outbox.notify("agreement_signed_on_behalf_receipt", address, facts)
