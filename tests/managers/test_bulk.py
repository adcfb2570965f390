"""Many rows at once: side by side with a bound, page by page, never a call for each row."""

from __future__ import annotations

import json
import threading
import time
import weakref
from collections import Counter

import pytest
from django.conf import settings
from django.db import NotSupportedError

from portal.api_keys.models import ApiKey
from portal.inbound.models import InboundNumber, InboundSms
from portal.message_templates.models import Template
from portal.notifications.models import Notification
from portal.services.models import Service, ServiceSmsSender
from tests.builders import api_key, new_id, notification, service, template, user

SERVICE = new_id()


def made(api_calls):
    return Counter(f"{call.method} {call.route}" for call in api_calls)


class Busy:
    """Answers slowly, and notes how many calls were under way at once."""

    def __init__(self, answer):
        self.answer, self.now, self.most = answer, 0, 0
        self.lock = threading.Lock()

    def __call__(self, request):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        with self.lock:
            self.now -= 1
        return 200, {}, json.dumps(self.answer(request))


def detail(request):
    pk = request.url.rpartition("/")[2]
    return {"data": template(id=pk, service=SERVICE)}


def test_many_keys_are_read_side_by_side_with_a_bound(api):
    busy = Busy(detail)
    path = api.url(f"/service/{SERVICE}/template/<id>")
    api.add_callback("GET", path, callback=busy)
    keys = [new_id() for _ in range(60)]

    found = Template.objects.for_service(SERVICE).in_bulk(keys)

    assert {str(key) for key in found} == set(keys)
    assert 2 <= busy.most <= settings.NOTIFY_POOL_SIZE // 2 + 1


def test_the_lists_of_many_services_are_read_side_by_side(api):
    busy = Busy(lambda request: [])
    api.add_callback("GET", api.url("/service/<id>/sms-sender"), callback=busy)
    services = [new_id() for _ in range(20)]

    assert list(ServiceSmsSender.objects.filter(service__in=services)) == []
    assert 2 <= busy.most <= settings.NOTIFY_POOL_SIZE // 2 + 1


@pytest.mark.parametrize(
    "queryset",
    [
        ServiceSmsSender.objects.filter(service__in=[new_id() for _ in range(101)]),
        ServiceSmsSender.objects.filter(pk__in=[new_id() for _ in range(101)]),
        InboundSms.objects.filter(pk__in=[new_id() for _ in range(101)]),
    ],
)
def test_more_calls_than_a_query_may_make_are_refused(queryset):
    with pytest.raises(NotSupportedError, match="101 calls are too many"):
        list(queryset)


def test_keys_without_their_service_are_found_first(api, api_calls):
    keys = [new_id(), new_id()]
    found = {"type": "service_sms_sender", "context": {"service_id": SERVICE}}
    api.post("/platform-admin/find-by-uuid", json=found)
    for key in keys:
        api.get(
            f"/service/{SERVICE}/sms-sender/{key}",
            json={"id": key, "service_id": SERVICE, "sms_sender": "BINS"},
        )

    assert len(ServiceSmsSender.objects.in_bulk(keys)) == 2
    assert made(api_calls) == {
        "POST /platform-admin/find-by-uuid": 2,
        "GET /service/<id>/sms-sender/<id>": 2,
    }


def test_a_foreign_key_of_many_rows_is_one_call_for_each_thing(api, api_calls):
    ann = user()
    keys = [api_key(created_by=ann["id"]) for _ in range(50)]
    api.get(f"/service/{SERVICE}/api-keys", json={"apiKeys": keys})
    api.get(f"/user/{ann['id']}", json={"data": ann})

    found = list(ApiKey.objects.for_service(SERVICE).select_related("created_by"))

    assert {key.created_by.name for key in found} == {"Ann Example"}
    assert made(api_calls) == {
        "GET /service/<id>/api-keys": 1,
        "GET /user/<id>": 1,
    }


def test_things_of_many_services_are_prefetched_from_one_list(api, api_calls):
    services = [service() for _ in range(40)]
    numbers = [
        {
            "id": new_id(),
            "number": f"077009{place:05}",
            "active": True,
            "service": {"id": one["id"], "name": one["name"]},
        }
        for place, one in enumerate(services)
    ]
    api.get("/service", json={"data": services})
    api.get("/inbound-number", json={"data": numbers})

    found = list(Service.objects.prefetch_related("inbound_number"))

    assert len({one.inbound_number.number for one in found}) == 40
    assert made(api_calls) == {"GET /service": 1, "GET /inbound-number": 1}


def test_nested_things_cost_no_call(api, api_calls):
    number = {
        "id": new_id(),
        "number": "07700900001",
        "service": {"id": SERVICE, "name": "Parking permits"},
    }
    api.get("/inbound-number", json={"data": [number]})

    found = InboundNumber.objects.select_related("service").get(number="07700900001")

    assert found.service.name == "Parking permits"
    assert made(api_calls) == {"GET /inbound-number": 1}


def test_what_a_list_leaves_out_is_read_once_for_each_row_that_is_asked(api, api_calls):
    brief = {"id": new_id(), "name": "Permit", "template_type": "sms"}
    api.get(f"/service/{SERVICE}/template", json={"data": [brief] * 1})
    whole = template(id=brief["id"], service=SERVICE)
    api.get(f"/service/{SERVICE}/template/{brief['id']}", json={"data": whole})
    (found,) = Template.objects.for_service(SERVICE)

    assert (found.content, found.subject, found.version) == (whole["content"], None, 1)
    assert made(api_calls)["GET /service/<id>/template/<id>"] == 1


def test_an_iterator_holds_few_rows_at_a_time(api, api_calls):
    pages, size = 24, 50

    def page(request):
        number = int(request.params["page"])
        rows = [notification(service=SERVICE) for _ in range(size)]
        links = {"next": "…"} if number < pages else {}
        return 200, {}, json.dumps({"notifications": rows, "links": links})

    path = api.url(f"/service/{SERVICE}/notifications")
    api.add_callback("GET", path, callback=page)
    alive, most, seen = weakref.WeakSet(), 0, 0

    for row in Notification.objects.for_service(SERVICE).iterator(chunk_size=100):
        alive.add(row)
        seen += 1
        most = max(most, len(alive))
        assert len(api_calls) * size <= seen + 2 * size + 100
        del row

    assert seen == pages * size
    assert most <= 201


def test_reading_again_asks_the_api_again(api, api_calls):
    one = service()
    api.get(f"/service/{one['id']}", json={"data": one})
    found = Service.objects.get(pk=one["id"])
    Service.objects.get(pk=one["id"])
    assert made(api_calls) == {"GET /service/<id>": 1}

    found.refresh_from_db()
    assert made(api_calls) == {"GET /service/<id>": 2}

    Service.objects.get(pk=one["id"])
    assert made(api_calls) == {"GET /service/<id>": 2}
