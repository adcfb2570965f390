"""The API's lookup tables."""

from __future__ import annotations

from typing import Any

from portal.api_keys.models import KeyTypes
from portal.branding.models import BrandingTypes
from portal.invites.models import InviteStatusType
from portal.jobs.models import JobStatus
from portal.notifications.models import NotificationStatusType
from portal.organisations.models import OrganisationTypes
from portal.remote import choices
from portal.services.models import ServiceCallbackType, ServicePermissionTypes
from portal.users.models import AuthType

# The table of organisation types also knows an old one that nobody may choose.
CROWN = {
    "central": None,
    "emergency_service": False,
    "local": False,
    "nhs": None,
    "nhs_central": True,
    "nhs_gp": False,
    "nhs_local": False,
    "nhs_notify": False,
    "other": None,
    "school_or_college": False,
}
NAMES: tuple[tuple[Any, choices.Choices], ...] = (
    (AuthType, choices.AUTH_TYPE),
    (BrandingTypes, choices.BRANDING_TYPE),
    (InviteStatusType, choices.INVITE_STATUS_TYPE),
    (JobStatus, choices.JOB_STATUS),
    (KeyTypes, choices.KEY_TYPES),
    (NotificationStatusType, choices.NOTIFICATION_STATUS_TYPES),
    (ServiceCallbackType, choices.SERVICE_CALLBACK_TYPE),
    (ServicePermissionTypes, choices.SERVICE_PERMISSION_TYPES),
)


def fill() -> None:
    """Write the lookup tables."""
    for model, names in NAMES:
        model.objects.bulk_create(model(name=name) for name, _ in names)
    OrganisationTypes.objects.bulk_create(
        OrganisationTypes(name=name, is_crown=crown) for name, crown in CROWN.items()
    )
