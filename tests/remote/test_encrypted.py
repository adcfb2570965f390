"""Columns that the API encrypts, in what it answers."""

from __future__ import annotations

import pytest

from portal.remote.fields import OPAQUE
from portal.services.models import ServiceCallbackApi

ID, SERVICE = (
    "5e7bd1cb-0000-4000-8000-000000000001",
    "5e7bd1cb-0000-4000-8000-000000000002",
)


def test_the_token_that_the_api_tells_is_opaque(api):
    kept = {"callback_id": ID, "callback_type": "delivery_status"}
    callback = {"id": ID, "url": "https://bins.example", "bearer_token": "hush"}
    api.get(f"/service/{SERVICE}", json={"data": {"service_callback_api": [kept]}})
    api.get(
        f"/service/{SERVICE}/callback-api/{ID}?callback_type=delivery_status",
        json={"data": {**callback, "callback_type": "delivery_status"}},
    )

    found = ServiceCallbackApi.objects.get(service_id=SERVICE)

    assert found.bearer_token is OPAQUE
    assert "hush" not in repr(vars(found))


@pytest.mark.django_db
def test_a_change_of_something_else_does_not_send_what_is_opaque(api):
    found = ServiceCallbackApi(pk=ID, service_id=SERVICE, bearer_token=OPAQUE)
    found.url, found.callback_type = "https://old.example", "delivery_status"
    found._state.adding = False
    found._remember()
    told = {"id": ID, "url": "https://new.example", "bearer_token": "hush"}
    api.post(f"/service/{SERVICE}/callback-api/{ID}", json={"data": told})

    found.url = "https://new.example"
    found.save()

    assert b"bearer_token" not in api.calls[0].request.body
    assert found.bearer_token is OPAQUE
