"""Rates, usage, reports, events and people, written through the API, are so in its database."""

from __future__ import annotations

import pytest
from django.db import NotSupportedError
from django.db.models import Sum
from django.utils import timezone

from portal.billing.models import AnnualBilling, FactBilling, LetterRate, Rate
from portal.notifications.models import Notification, UnsubscribeRequest
from portal.organisations.models import Domain, Organisation, OrganisationPermission
from portal.platform.models import Event
from portal.remote.errors import Rejected
from portal.remote.plan import ScopeRequired
from portal.users.models import (
    Permission,
    ServiceUser,
    User,
    UserToOrganisation,
    WebauthnCredential,
)
from tests.managers.sql import SQL, stored

pytestmark = pytest.mark.xdist_group("mirrored")


def this_year():
    today = timezone.localdate()
    return today.year if today.month >= 4 else today.year - 1


def test_a_sender_can_be_archived_by_its_column(signed_in, service):
    made = service.sms_senders.create(sms_sender="GONE", is_default=False)
    made.archived = True

    made.save()

    assert stored(made).archived


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


def test_rates(mirrored):
    rate = Rate.objects.get()
    sql = Rate.objects.using(SQL).filter(valid_from__lte=timezone.now())
    letters = LetterRate.objects.using(SQL).filter(end_date=None, crown=True)

    assert rate.rate == sql.latest("valid_from").rate
    assert LetterRate.objects.count() == letters.count()
    first = LetterRate.objects.get(post_class="first", sheet_count=1)
    assert first.rate == letters.get(post_class="first", sheet_count=1).rate
    assert LetterRate.objects.get(pk=first.pk) == first


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
