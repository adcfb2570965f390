"""What a service has, made, changed and ended through the API, is so in its database."""

from __future__ import annotations

import pytest
from django.db import NotSupportedError

from portal.inbound.models import InboundNumber
from portal.invites.models import (
    InvitedOrganisationUser,
    InvitedUser,
    ServiceJoinRequest,
)
from portal.platform.models import ProtectedSenderId
from portal.remote.errors import Rejected
from portal.services.models import (
    ServiceCallbackApi,
    ServiceEmailReplyTo,
    ServiceGuestList,
    ServiceLetterContact,
    ServicePermission,
    ServiceSmsSender,
)
from portal.users.models import (
    User,
)
from tests.managers.sql import SQL, stored

pytestmark = pytest.mark.xdist_group("mirrored")


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


def test_a_number_of_another_service_is_refused(signed_in, service):
    taken = InboundNumber.objects.exclude(service=None).exclude(service=service).first()
    taken.service = service

    with pytest.raises(Rejected, match="Another service has this number"):
        taken.save()


def test_protected_senders_are_asked_for_by_name(mirrored):
    ProtectedSenderId.objects.using(SQL).get_or_create(sender_id="NHSTEST")
    asked = ProtectedSenderId.objects.filter(sender_id__in=["NHSTEST", "BINS"])

    assert [one.pk for one in asked] == ["NHSTEST"]
    assert ProtectedSenderId.objects.filter(sender_id="NHSTEST").exists()
    with pytest.raises(NotSupportedError, match="does not list protected senders"):
        list(ProtectedSenderId.objects.all())
