"""What is made, changed and ended through the API is so in its database."""

from __future__ import annotations

import uuid

import pytest
from django.db import NotSupportedError
from django.db.models import Sum
from django.utils import timezone

from portal.api_keys.models import ApiKeyHistory
from portal.billing.models import AnnualBilling, FactBilling, LetterRate, Rate
from portal.branding.models import (
    EmailBranding,
    LetterBranding,
    LetterBrandingToOrganisation,
    OrganisationEmailBranding,
    ServiceEmailBranding,
)
from portal.inbound.models import InboundNumber
from portal.invites.models import (
    InvitedOrganisationUser,
    InvitedUser,
    ServiceJoinRequest,
)
from portal.letters.models import LetterAttachment
from portal.message_templates.models import Template, TemplateEmailFile
from portal.notifications.models import Notification, UnsubscribeRequest
from portal.organisations.models import Domain, Organisation, OrganisationPermission
from portal.platform.models import Event, ProtectedSenderId
from portal.remote.errors import Rejected
from portal.remote.plan import ScopeRequired
from portal.services.models import (
    ServiceCallbackApi,
    ServiceEmailReplyTo,
    ServiceGuestList,
    ServiceHistory,
    ServiceLetterContact,
    ServicePermission,
    ServiceSmsSender,
)
from portal.users.models import (
    Permission,
    ServiceUser,
    User,
    UserToOrganisation,
    WebauthnCredential,
)
from tests.managers.conftest import SQL

pytestmark = pytest.mark.xdist_group("mirrored")


def this_year():
    today = timezone.localdate()
    return today.year if today.month >= 4 else today.year - 1


def stored(obj):
    """The row of an object in the API's database, None when it is gone."""
    return type(obj).objects.using(SQL).filter(pk=obj.pk).first()


@pytest.mark.parametrize(
    ("model", "column", "first", "second"),
    [
        (ServiceEmailReplyTo, "email_address", "one@example.gov.uk", "2@example.com"),
        (ServiceSmsSender, "sms_sender", "BINS", "BINS2"),
        (ServiceLetterContact, "contact_block", "1 Street\nTown", "2 Street\nTown"),
    ],
)
def test_senders(signed_in, service, model, column, first, second):
    made = model.objects.create(service=service, is_default=False, **{column: first})
    assert getattr(stored(made), column) == first
    assert made in model.objects.for_service(service)

    setattr(made, column, second)
    made.save()
    assert getattr(stored(made), column) == second
    assert getattr(model.objects.get(pk=made.pk), column) == second

    made.delete()
    assert stored(made).archived
    assert not model.objects.filter(pk=made.pk).exists()


def test_senders_that_are_archived_are_not_listed(service):
    with pytest.raises(NotSupportedError, match="not list .* that are archived"):
        list(ServiceSmsSender.objects.filter(service=service, archived=True))


def test_a_sender_can_be_archived_by_its_column(signed_in, service):
    made = service.sms_senders.create(sms_sender="GONE", is_default=False)
    made.archived = True

    made.save()

    assert stored(made).archived


def test_callbacks(signed_in, service):
    made = service.callback_apis.create(
        url="https://example.gov.uk/a", bearer_token="x" * 12, callback_type="complaint"
    )
    assert stored(made).url == "https://example.gov.uk/a"
    assert list(service.callback_apis.filter(callback_type="complaint")) == [made]
    assert ServiceCallbackApi.objects.get(pk=made.pk).callback_type == "complaint"

    made.url = "https://example.gov.uk/b"
    made.save()
    assert stored(made).url == "https://example.gov.uk/b"
    assert stored(made).updated_by_id == signed_in.pk

    made.delete()
    assert stored(made) is None
    assert not service.callback_apis.filter(callback_type="complaint").exists()


def test_a_callbacks_token_is_never_read(signed_in, service):
    made = service.callback_apis.create(
        url="https://example.gov.uk/a",
        bearer_token="x" * 12,
        callback_type="returned_letter",
    )
    read = ServiceCallbackApi.objects.get(service=service, pk=made.pk)
    made.delete()

    assert "bearer_token" in read.get_deferred_fields()


def test_guests(service):
    guests = service.guest_list
    ServiceGuestList.objects.replace(service, [])

    ann = guests.create(recipient_type="email", recipient="ann@example.gov.uk")
    bob = guests.create(recipient_type="mobile", recipient="07700900001")
    assert list(guests.order_by("recipient_type")) == [ann, bob]
    assert guests.get(pk=ann.pk).recipient == "ann@example.gov.uk"

    ann.recipient = "anna@example.gov.uk"
    ann.save()
    bob.delete()
    found = ServiceGuestList.objects.using(SQL).filter(service=service)
    assert [guest.recipient for guest in found] == ["anna@example.gov.uk"]


def test_data_retention(service):
    service.data_retention.filter(notification_type="letter").using(SQL).delete()
    made = service.data_retention.create(
        notification_type="letter", days_of_retention=9
    )
    made.days_of_retention = 12
    made.save()

    assert stored(made).days_of_retention == 12
    assert made in service.data_retention.all()
    with pytest.raises(NotSupportedError, match="no endpoint by which"):
        made.delete()
    made.notification_type = "sms"
    with pytest.raises(NotSupportedError, match="days of a data retention"):
        made.save()


def test_permissions_of_a_service(signed_in, service):
    found = ServicePermission.objects.using(SQL).filter(service=service)
    found.filter(permission="international_letters").delete()

    made = service.service_permissions.create(permission="international_letters")
    assert found.filter(permission="international_letters").exists()
    assert made in set(service.service_permissions.all())

    made.delete()
    assert not found.filter(permission="international_letters").exists()
    assert made not in set(service.service_permissions.all())


def test_invitations_to_a_service(signed_in, service):
    made = InvitedUser.objects.create(
        service=service,
        email_address="new@example.gov.uk",
        permissions="send_texts,view_activity",
        folder_permissions=[],
    )
    assert made.user_id == signed_in.pk
    assert stored(made).permissions == "send_texts,view_activity"
    assert made in service.invited_users.filter(status="pending")
    assert InvitedUser.objects.get(pk=made.pk).email_address == "new@example.gov.uk"

    made.auth_type = "email_auth"
    made.save()
    assert stored(made).auth_type == "email_auth"

    made.delete()
    assert stored(made).status == "cancelled"
    made.refresh_from_db()
    made.status = "pending"
    with pytest.raises(NotSupportedError, match="an ended one stays so"):
        made.save()


def test_invitations_to_an_organisation(signed_in, service):
    made = InvitedOrganisationUser.objects.create(
        organisation_id=service.organisation_id,
        email_address="new@example.gov.uk",
        permissions="can_make_services_live",
    )
    assert stored(made).permissions == "can_make_services_live"
    assert made in service.organisation.invited_organisation_users.all()
    assert InvitedOrganisationUser.objects.get(pk=made.pk).invited_by == signed_in

    made.status = "cancelled"
    made.save()
    assert stored(made).status == "cancelled"


def test_requests_to_join(signed_in, service):
    team = {one.pk for one in User.objects.using(SQL).for_service(service)}
    others = User.objects.using(SQL).filter(state="active").exclude(pk__in=team)
    requester = others.order_by("pk").first()
    requests = ServiceJoinRequest.objects
    key = requests.ask(
        service=service, requester=requester, managers=[signed_in.pk], reason="Work"
    )
    found = requests.get(service=service, pk=key)

    assert found.requester.name == requester.name
    assert found.extra["contacted_service_users"] == [str(signed_in.pk)]
    with pytest.raises(NotSupportedError, match="does not list requests"):
        list(service.join_requests.all())

    found.status = "rejected"
    found.save()
    assert stored(found).status == "rejected"
    assert stored(found).status_changed_by_id == signed_in.pk


def test_a_number_is_given_and_taken_away(signed_in, service):
    InboundNumber.objects.using(SQL).create(number="07700900999", provider="mmg")
    new = InboundNumber.objects.available().get(number="07700900999")
    had = InboundNumber.objects.filter(service=service).first()
    if had:
        new.service = service
        had.service = None
        had.save()
        assert stored(had).service_id is None
        assert stored(had).active

    new.service = service
    new.save()
    assert stored(new).service_id == service.pk
    assert InboundNumber.objects.for_service(service).get() == new

    new.refresh_from_db()
    new.delete()
    assert stored(new).service_id is None
    assert not stored(new).active
    if had:
        had.service = service
        had.save()


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


def test_a_number_of_another_service_is_refused(signed_in, service):
    taken = InboundNumber.objects.exclude(service=None).exclude(service=service).first()
    taken.service = service

    with pytest.raises(Rejected, match="Another service has this number"):
        taken.save()


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


def test_security_keys(mirrored):
    person = User.objects.using(SQL).filter(platform_admin=True).first()
    keys = WebauthnCredential.objects
    made = keys.create(
        user=person, name="Key", credential_data="x", registration_response="y"
    )
    other = keys.create(
        user=person, name="Other", credential_data="x", registration_response="y"
    )
    made.name = "My key"
    made.save()
    assert stored(made).name == "My key"
    assert {made, other} <= set(keys.for_user(person))

    other.delete()
    assert stored(other) is None


def test_the_allowance_of_this_year(service):
    limit = AnnualBilling.objects.filter(service=service)
    with pytest.raises(ScopeRequired, match="add .filter.financial_year_start=…"):
        list(limit)

    now = limit.get(financial_year_start=this_year())
    now.free_sms_fragment_limit = 4321
    now.save()
    sql = AnnualBilling.objects.using(SQL).filter(service=service)
    assert sql.get(financial_year_start=this_year()).free_sms_fragment_limit == 4321

    last = limit.get(financial_year_start=this_year() - 1)
    last.free_sms_fragment_limit = 1
    with pytest.raises(Rejected, match="allowance of the present year"):
        last.save()


def test_usage_is_of_a_financial_year(service):
    with pytest.raises(ScopeRequired, match="add .of_year"):
        list(service.usage.all())

    usage = service.usage.of_year(this_year())
    sent = usage.filter(notification_type="sms").aggregate(Sum("notifications_sent"))
    facts = FactBilling.objects.using(SQL).filter(
        service=service,
        notification_type="sms",
        bst_date__range=(f"{this_year()}-04-01", f"{this_year() + 1}-03-31"),
    )
    assert sent == facts.aggregate(Sum("notifications_sent"))
    with pytest.raises(NotSupportedError, match="days cannot be told apart"):
        list(usage.filter(bst_date__gte="2026-05-15"))
    with pytest.raises(NotSupportedError, match="does not show .*template_id"):
        str(usage[0].template_id)


def test_events_are_recorded_and_never_told(signed_in):
    made = Event.objects.create(event_type="sucessful_login", data={"a": 1})

    assert stored(made).data == {"a": 1}
    with pytest.raises(NotSupportedError, match="no endpoint for events"):
        list(Event.objects.all())


def test_protected_senders_are_asked_for_by_name(mirrored):
    ProtectedSenderId.objects.using(SQL).get_or_create(sender_id="NHSTEST")
    asked = ProtectedSenderId.objects.filter(sender_id__in=["NHSTEST", "BINS"])

    assert [one.pk for one in asked] == ["NHSTEST"]
    assert ProtectedSenderId.objects.filter(sender_id="NHSTEST").exists()
    with pytest.raises(NotSupportedError, match="does not list protected senders"):
        list(ProtectedSenderId.objects.all())


def test_reports_of_the_api(signed_in, service):
    made = service.report_requests.create(
        report_type="notifications_report",
        parameter={"notification_type": "sms", "notification_status": "all"},
    )

    assert stored(made).user_id == signed_in.pk
    assert service.report_requests.get(pk=made.pk).status == "pending"
    with pytest.raises(NotSupportedError, match="does not list requests for reports"):
        list(service.report_requests.all())


def test_batches_of_requests_to_unsubscribe(service):
    email = Notification.objects.using(SQL).filter(
        service=service, notification_type="email"
    )[0]
    now = timezone.now()
    UnsubscribeRequest.objects.using(SQL).create(
        notification=email,
        service=service,
        template_id=email.template_id,
        template_version=1,
        email_address="gone@example.gov.uk",
        created_at=now,
    )
    waiting = service.unsubscribe_requests.using(SQL).filter(
        unsubscribe_request_report=None
    )
    made = service.unsubscribe_request_reports.create(
        count=waiting.count(),
        earliest_timestamp=waiting.earliest("created_at").created_at,
        latest_timestamp=now,
    )
    assert stored(made).count == made.count
    assert made in service.unsubscribe_request_reports.all()

    made.processed_by_service_at = now
    made.save()
    assert stored(made).processed_by_service_at

    with pytest.raises(ScopeRequired, match="one unsubscribe_request_report only"):
        list(service.unsubscribe_requests.all())
    listed = service.unsubscribe_requests.filter(unsubscribe_request_report=made)
    gone = listed.get(email_address="gone@example.gov.uk")
    assert gone.created_at.replace(microsecond=0) == now.replace(microsecond=0)


def test_memberships(signed_in, service):
    team = {one.pk for one in User.objects.using(SQL).for_service(service)}
    others = User.objects.using(SQL).filter(state="active").exclude(pk__in=team)
    new = others.order_by("pk").last()
    made = ServiceUser.objects.create(service=service, user=new)
    assert stored(made)
    assert new.pk in {one.user_id for one in service.memberships.all()}
    assert service.pk in {
        one.service_id for one in ServiceUser.objects.filter(user=new)
    }

    Permission.objects.replace(user=new, service=service, permissions=["send_texts"])
    granted = Permission.objects.filter(service=service, user=new)
    assert [one.permission for one in granted] == ["send_texts"]

    made.delete()
    assert stored(made) is None
    with pytest.raises(ScopeRequired, match="of a user or a service"):
        list(ServiceUser.objects.all())


def test_memberships_of_organisations(signed_in, service):
    organisation = service.organisation
    members = UserToOrganisation.objects.filter(organisation=organisation)
    new = (
        User.objects.using(SQL)
        .filter(state="active", platform_admin=False)
        .exclude(pk__in=[one.user_id for one in members])
        .first()
    )
    made = UserToOrganisation.objects.create(organisation=organisation, user=new)
    assert stored(made)
    assert made in set(UserToOrganisation.objects.filter(user=new))

    made.delete()
    assert stored(made) is None


def test_domains_and_permissions_of_organisations(signed_in, service):
    organisation = service.organisation
    domain = Domain.objects.create(
        domain="round-trip.gov.uk", organisation=organisation
    )
    assert stored(domain)
    assert domain in organisation.domains.all()
    domain.delete()
    assert stored(domain) is None

    found = OrganisationPermission.objects.using(SQL).filter(organisation=organisation)
    found.delete()
    made = organisation.organisation_permissions.create(
        permission="can_ask_to_join_a_service"
    )
    assert made.permission in {one.permission for one in found}
    assert made in organisation.organisation_permissions.all()
    made.delete()
    assert not found.filter(permission=made.permission).exists()


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


def test_rates(mirrored):
    rate = Rate.objects.get()
    sql = Rate.objects.using(SQL).filter(valid_from__lte=timezone.now())
    letters = LetterRate.objects.using(SQL).filter(end_date=None, crown=True)

    assert rate.rate == sql.latest("valid_from").rate
    assert LetterRate.objects.count() == letters.count()
    first = LetterRate.objects.get(post_class="first", sheet_count=1)
    assert first.rate == letters.get(post_class="first", sheet_count=1).rate
    assert LetterRate.objects.get(pk=first.pk) == first


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


def test_people_and_places_know_each_other(signed_in, service):
    person = User.objects.get(pk=signed_in.pk)
    by_sql = User.objects.using(SQL).get(pk=signed_in.pk)

    assert set(person.services) == set(by_sql.services)
    assert set(person.organisations) == set(by_sql.organisations.filter(active=True))
    assert set(service.users) == set(by_sql.services.get(pk=service.pk).users)
    organisation = service.organisation
    assert set(organisation.users) == set(
        Organisation.objects.using(SQL).get(pk=organisation.pk).users
    )


def test_uploads_are_jobs_and_days_of_letters(service):
    found = service.jobs.all().uploads().within_days(90)

    kinds = {one.extra["upload_type"] for one in found}
    assert kinds <= {"job", "letter_day"}
    assert found.count() == len(found)
    with pytest.raises(NotSupportedError, match="cannot filter uploads by job_status"):
        list(found.filter(job_status="finished"))
    day = timezone.localdate()
    assert list(service.notifications.all().printed_on(day)) == []
