"""Every API client as a ready-made instance, under its usual name."""

from __future__ import annotations

from portal.api_keys.client import api_key_api_client
from portal.billing.client import (
    billing_api_client,
    letter_rate_api_client,
    sms_rate_api_client,
)
from portal.branding.client import email_branding_client, letter_branding_client
from portal.inbound.client import inbound_number_client
from portal.invites.client import invite_api_client, org_invite_api_client
from portal.jobs.client import contact_list_api_client, job_api_client
from portal.letters.client import (
    letter_attachment_client,
    letter_jobs_client,
    template_preview_client,
    upload_api_client,
)
from portal.message_templates.client import (
    document_download_api_client,
    template_email_file_client,
    template_folder_api_client,
    template_statistics_client,
)
from portal.notifications.client import (
    complaint_api_client,
    notification_api_client,
    unsubscribe_api_client,
)
from portal.organisations.client import organisations_client
from portal.platform.client import (
    admin_api_client,
    events_api_client,
    performance_dashboard_api_client,
    protected_sender_id_api_client,
    status_api_client,
)
from portal.providers.client import provider_client
from portal.reports.client import report_request_api_client
from portal.services.client import service_api_client
from portal.users.client import user_api_client

__all__ = [
    "admin_api_client",
    "api_key_api_client",
    "billing_api_client",
    "complaint_api_client",
    "contact_list_api_client",
    "document_download_api_client",
    "email_branding_client",
    "events_api_client",
    "inbound_number_client",
    "invite_api_client",
    "job_api_client",
    "letter_attachment_client",
    "letter_branding_client",
    "letter_jobs_client",
    "letter_rate_api_client",
    "notification_api_client",
    "org_invite_api_client",
    "organisations_client",
    "performance_dashboard_api_client",
    "protected_sender_id_api_client",
    "provider_client",
    "report_request_api_client",
    "service_api_client",
    "sms_rate_api_client",
    "status_api_client",
    "template_email_file_client",
    "template_folder_api_client",
    "template_preview_client",
    "template_statistics_client",
    "unsubscribe_api_client",
    "upload_api_client",
    "user_api_client",
]
