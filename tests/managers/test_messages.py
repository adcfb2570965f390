"""Queries about templates, keys, jobs and notifications, and the calls that answer them."""

from __future__ import annotations

import json

import pytest
from django.db import NotSupportedError

from portal.api_keys.models import ApiKey
from portal.jobs.models import Job
from portal.message_templates.models import Template, TemplateFolder, TemplateHistory
from portal.notifications.models import Notification
from portal.remote.errors import Rejected
from portal.remote.plan import ScopeRequired
from tests.builders import (
    api_key,
    folder,
    job,
    new_id,
    notification,
    template,
)

pytestmark = pytest.mark.django_db
SERVICE = new_id()
READY = template(service=SERVICE)
SENT = notification(service=SERVICE, template=READY)


def made(api_calls):
    return [f"{call.method} {call.route}" for call in api_calls]


def page_of(items, **more):
    return {"notifications": items, "links": {}, "page_size": 50, **more}


@pytest.mark.parametrize("model", [Template, TemplateFolder, ApiKey, Job, Notification])
def test_without_a_service_there_is_no_address(model):
    with pytest.raises(ScopeRequired, match="of one service only: add"):
        list(model.objects.all())


def test_a_services_templates_are_briefly_listed(api):
    brief = ("id", "name", "template_type", "folder", "is_precompiled_letter")
    line = {name: READY[name] for name in brief}
    api.get(f"/service/{SERVICE}/template", json={"data": [line]})

    found = Template.objects.for_service(SERVICE).get()

    assert str(found.service_id) == SERVICE
    assert found.folder_id is None
    assert found.archived is False
    assert "content" in found.get_deferred_fields()


def test_the_words_of_a_listed_template_are_one_call_away(api, api_calls):
    brief = ("id", "name", "template_type", "folder", "is_precompiled_letter")
    line = {name: READY[name] for name in brief}
    api.get(f"/service/{SERVICE}/template", json={"data": [line]})
    api.get(f"/service/{SERVICE}/template/{READY['id']}", json={"data": READY})
    found = Template.objects.for_service(SERVICE).get()
    api_calls.clear()

    assert found.content.startswith("Hello")
    assert found.version == 1
    assert made(api_calls) == ["GET /service/<id>/template/<id>"]


def test_archived_templates_are_not_listed_and_that_is_said():
    with pytest.raises(NotSupportedError, match="not list templates that are archived"):
        list(Template.objects.filter(service=SERVICE, archived=True))


def test_one_template_is_asked_for_by_its_address(api, api_calls):
    api.get(f"/service/{SERVICE}/template/{READY['id']}", json={"data": READY})

    assert Template.objects.get(service=SERVICE, pk=READY["id"]).version == 1
    assert made(api_calls) == ["GET /service/<id>/template/<id>"]


def test_the_versions_of_a_template_name_their_makers(api, api_calls):
    ann = {"id": new_id(), "name": "Ann", "email_address": "a@example.gov.uk"}
    versions = [{**READY, "version": n, "created_by": ann} for n in (2, 1)]
    api.get(
        f"/service/{SERVICE}/template/{READY['id']}/versions", json={"data": versions}
    )

    found = TemplateHistory.objects.filter(service=SERVICE, id=READY["id"])

    assert [(v.version, v.created_by.name) for v in found] == [(2, "Ann"), (1, "Ann")]
    assert found[0].pk[1] == 2
    assert len(api_calls) == 1


def test_a_folder_is_renamed_and_moved(api):
    one = folder(service_id=SERVICE)
    api.get(f"/service/{SERVICE}/template-folder", json={"template_folders": [one]})
    api.post(f"/service/{SERVICE}/template-folder/contents", status=204)
    api.post(f"/service/{SERVICE}/template-folder/{one['id']}", json={"data": one})
    found = TemplateFolder.objects.get(service=SERVICE, pk=one["id"])
    found.name = "New"
    found.parent_id = None
    found._loaded["parent_id"] = new_id()

    found.save()

    assert json.loads(api.calls[-1].request.body) == {"name": "New"}


def test_a_new_key_is_told_its_secret_once(api):
    old, new = api_key(name="Old"), api_key(name="Website")
    api.get(f"/service/{SERVICE}/api-keys", json={"apiKeys": [old]})
    api.get(f"/service/{SERVICE}/api-keys", json={"apiKeys": [old, new]})
    api.post(f"/service/{SERVICE}/api-key", status=201, json={"data": "s3cret"})

    key = ApiKey.objects.create(service_id=SERVICE, name="Website", key_type="normal")

    assert str(key.pk) == new["id"]
    assert key.secret == "s3cret"


def test_a_name_in_use_is_refused_before_the_api_stumbles_over_it(api):
    keys = [api_key(name="Website"), api_key(name="Old", expiry_date="2026-01-01")]
    api.get(f"/service/{SERVICE}/api-keys", json={"apiKeys": keys})

    with pytest.raises(Rejected, match="key of this name already"):
        ApiKey.objects.create(service_id=SERVICE, name="Website", key_type="normal")


def test_a_services_notifications_come_page_by_page(api):
    later = api.get(
        f"/service/{SERVICE}/notifications",
        json=page_of([SENT] * 50, links={"next": "/2"}),
    )

    found = Notification.objects.filter(
        service=SERVICE, notification_type="sms", status__in=["delivered", "sent"]
    ).within_days(7)

    assert len(found[:10]) == 10
    assert later.calls[0].request.params == {
        "page": "1",
        "page_size": "50",
        "template_type": "sms",
        "status": ["delivered", "sent"],
        "include_jobs": "True",
        "include_from_test_key": "True",
        "limit_days": "7",
    }


def test_a_notification_has_its_template_and_values_without_a_call(api, api_calls):
    api.get(f"/service/{SERVICE}/notifications/{SENT['id']}", json=SENT)

    found = Notification.objects.get(service=SERVICE, pk=SENT["id"])

    assert found.template.name == "Permit ready"
    assert found.template_version == 1
    assert json.loads(found.personalisation) == {"name": "Ann"}
    assert found.status == "delivered"
    assert len(api_calls) == 1


def test_a_recipient_is_sought_with_a_body(api):
    api.post(f"/service/{SERVICE}/notifications", json=page_of([SENT]))

    found = Notification.objects.for_service(SERVICE).sent_to("07700")

    assert len(found) == 1
    assert json.loads(api.calls[0].request.body)["to"] == "07700"


def test_a_services_notifications_cannot_be_counted(api):
    api.get(f"/service/{SERVICE}/notifications", json=page_of([SENT]))

    with pytest.raises(NotSupportedError, match="does not tell how many notifications"):
        Notification.objects.for_service(SERVICE).count()


def test_a_jobs_notifications_can_be_counted(api):
    pk = new_id()
    api.get(f"/service/{SERVICE}/job/{pk}/notifications", json=page_of([], total=1000))

    assert Notification.objects.filter(service=SERVICE, job=pk).count() == 1000


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        ({"to": "07700900001"}, "cannot filter by to"),
        ({"status": "failed"}, "the failures themselves"),
        ({"created_at__date": "2026-01-01"}, "cannot filter by created_at__date"),
    ],
)
def test_what_the_endpoint_does_not_know_is_refused(refused, told):
    with pytest.raises(NotSupportedError, match=told):
        list(Notification.objects.filter(service=SERVICE, **refused))


def test_jobs_are_counted_and_filtered_by_the_api(api):
    pages = api.get(
        f"/service/{SERVICE}/job",
        json={"data": [job()], "links": {}, "page_size": 50, "total": 7},
    )
    jobs = Job.objects.for_service(SERVICE).filter(job_status__in=["finished"])

    assert jobs.count() == 7
    assert jobs[:1][0].extra["template_name"] == "Permit ready"
    assert pages.calls[0].request.params == {"page": "1", "statuses": "finished"}
