"""Brandings, letters and files, made, changed and ended through the API, are so in its database."""

from __future__ import annotations

import uuid

import pytest
from django.db import NotSupportedError
from django.utils import timezone

from portal.api_keys.models import ApiKeyHistory
from portal.branding.models import (
    EmailBranding,
    LetterBranding,
    LetterBrandingToOrganisation,
    OrganisationEmailBranding,
    ServiceEmailBranding,
)
from portal.letters.models import LetterAttachment
from portal.message_templates.models import Template, TemplateEmailFile
from portal.services.models import (
    ServiceHistory,
)
from tests.managers.sql import SQL, stored

pytestmark = pytest.mark.xdist_group("mirrored")


def test_brandings_of_emails(signed_in):
    made = EmailBranding.objects.create(
        name="Round trip", text="Round trip", colour="#112233", brand_type="org"
    )
    assert stored(made).colour == "#112233"
    assert stored(made).created_by_id == signed_in.pk

    made.colour = "#445566"
    made.save()
    assert stored(made).colour == "#445566"
    assert EmailBranding.objects.get(pk=made.pk).colour == "#445566"

    made.delete()
    assert not stored(made).active
    assert not EmailBranding.objects.filter(name="Round trip").exists()
    assert EmailBranding.objects.get(pk=made.pk).active is False
    with pytest.raises(NotSupportedError, match="brandings that are archived"):
        list(EmailBranding.objects.filter(active=False))


def test_logos_of_letters(signed_in):
    made = LetterBranding.objects.create(name="Round trip", filename="round-trip")
    made.name = "Round trips"
    made.save()

    assert stored(made).name == "Round trips"
    assert made in LetterBranding.objects.all()
    with pytest.raises(NotSupportedError, match="no endpoint by which"):
        made.delete()


@pytest.mark.parametrize(
    ("pool", "kind", "name"),
    [
        (OrganisationEmailBranding, EmailBranding, "email_branding"),
        (LetterBrandingToOrganisation, LetterBranding, "letter_branding"),
    ],
)
def test_pools(signed_in, service, pool, kind, name):
    organisation = service.organisation
    used = pool.objects.using(SQL).filter(organisation=organisation)
    free = kind.objects.using(SQL).exclude(pk__in=used.values(name)).first()
    made = pool.objects.create(organisation=organisation, **{f"{name}_id": free.pk})

    assert used.filter(**{name: free.pk}).exists()
    assert made in pool.objects.filter(organisation=organisation)
    assert free in kind.objects.in_pool_of(organisation)
    assert free in kind.objects.using(SQL).in_pool_of(organisation)

    pool.objects.get(organisation=organisation, **{name: free.pk}).delete()
    assert not used.filter(**{name: free.pk}).exists()


def test_the_branding_of_a_service(signed_in, service):
    ServiceEmailBranding.objects.using(SQL).filter(service=service).delete()
    one, two = EmailBranding.objects.all()[:2]
    made = ServiceEmailBranding.objects.create(service=service, email_branding=one)
    assert stored(made).email_branding_id == one.pk

    made.email_branding = two
    made.save()
    assert ServiceEmailBranding.objects.get(pk=service.pk).email_branding == two
    assert made in ServiceEmailBranding.objects.filter(email_branding=two)

    made.delete()
    assert stored(made) is None


def test_files_of_email_templates(signed_in, service):
    template = service.templates.filter(template_type="email").first()
    made = TemplateEmailFile.objects.create(
        template=template, filename="map.pdf", retention_period=4
    )
    assert stored(made).created_by_id == signed_in.pk
    assert made in template.template_email_files.all()
    assert made in TemplateEmailFile.objects.for_template(template)
    assert TemplateEmailFile.objects.get(template=template.pk, pk=made.pk) == made

    made.link_text = "A map"
    made.pending = False
    made.save()
    assert stored(made).link_text == "A map"

    made.delete()
    assert stored(made).archived_at


def test_attachments_of_letters(signed_in, service):
    letters = service.templates.filter(template_type="letter")
    template = Template.objects.get(pk=letters.first().pk)
    made = LetterAttachment.objects.attach(
        template,
        upload_id=str(uuid.uuid4()),
        original_filename="map.pdf",
        page_count=1,
    )
    assert stored(made).original_filename == "map.pdf"
    assert LetterAttachment.objects.get(pk=made.pk) == made
    template.refresh_from_db()
    assert template.letter_attachment == made

    LetterAttachment.objects.detach(template)
    assert stored(made).archived_by_id == signed_in.pk
    with pytest.raises(NotSupportedError, match="does not list attachments"):
        list(LetterAttachment.objects.all())
    for refused in (LetterAttachment.objects.create, made.delete):
        with pytest.raises(NotSupportedError, match="use .(attach|detach)"):
            refused()


def test_versions_of_services_and_keys(signed_in, service):
    key = service.api_keys.create(name="Round trip", key_type="normal")
    key.delete()
    service.notes = "Changed for a version"
    service.save()

    versions = ServiceHistory.objects.filter(id=service.pk).order_by("version")
    by_sql = ServiceHistory.objects.using(SQL).filter(id=service.pk)
    assert [one.version for one in versions] == [
        one.version for one in by_sql.order_by("version")
    ]
    keys = ApiKeyHistory.objects.filter(service=service, id=key.pk)
    assert [(one.version, one.expiry_date is None) for one in keys] == [
        (1, True),
        (2, False),
    ]


def test_what_changed_between_versions(signed_in, service):
    template = service.templates.create(
        name="Before", template_type="sms", content="Hello", created_by=signed_in
    )
    template.content = "Goodbye"
    template.save()

    first, second = template.versions
    assert (first.number, second.number) == (1, 2)
    assert second.changes_since(first) == {"content": ("Hello", "Goodbye")}
    assert stored(template).versions[1].row.content == "Goodbye"


def test_versions_that_the_api_does_not_tell_are_in_the_replica_only(
    signed_in, service
):
    made = service.callback_apis.create(
        url="https://example.gov.uk/a", bearer_token="x" * 12, callback_type="complaint"
    )
    made.bearer_token = "y" * 12
    made.save()

    with pytest.raises(NotSupportedError, match="no endpoint for service callback"):
        str(made.versions)
    first, second = stored(made).versions
    changed = second.changes_since(first)
    assert changed["bearer_token"] == ("•••", "•••")
    made.delete()


def test_uploads_are_jobs_and_days_of_letters(service):
    found = service.jobs.all().uploads().within_days(90)

    kinds = {one.extra["upload_type"] for one in found}
    assert kinds <= {"job", "letter_day"}
    assert found.count() == len(found)
    with pytest.raises(NotSupportedError, match="cannot filter uploads by job_status"):
        list(found.filter(job_status="finished"))
    day = timezone.localdate()
    assert list(service.notifications.all().printed_on(day)) == []
