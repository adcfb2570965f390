"""Fields that the API leaves out of an answer: shown as unknown, and never sent back."""

from __future__ import annotations

import pytest

from tests.admin.forms import form_of, sent
from tests.builders import MOMENT, new_id, organisation, service

BRANDING = {
    "id": new_id(),
    "name": "Council",
    "alt_text": "Council",
    "text": None,
    "colour": "#00703c",
    "logo": None,
    "brand_type": "org",
    "created_at": MOMENT,
    "updated_at": None,
}
PATH = f"/email-branding/{BRANDING['id']}"
CHANGE = f"/admin/branding/emailbranding/{BRANDING['id']}/change/"


@pytest.fixture
def branding(api):
    """Have the API tell of a branding without some of its fields."""

    def without(*names):
        told = {name: value for name, value in BRANDING.items() if name not in names}
        api.get("/email-branding", json={"email_branding": [told]})

    return without


def shown(page, name):
    """What stands for a field that cannot be changed."""
    fields = (
        field
        for fieldset in page.context["adminform"]
        for line in fieldset
        for field in line
        if field.is_readonly and field.field["field"] == name
    )
    return next(fields).contents()


@pytest.mark.parametrize("name", ["created_at", "colour", "alt_text", "brand_type"])
def test_a_field_that_is_left_out_is_unknown(pat, branding, name):
    branding(name)

    page = pat.get(CHANGE)

    assert page.status_code == 200
    assert shown(page, name) == "–"


def test_it_takes_no_more_calls(pat, branding, asked):
    branding("created_at", "updated_at", "colour")

    pat.get(CHANGE)

    assert asked() == ["GET /email-branding"]


def test_an_endpoint_that_wants_the_whole_is_not_sent_what_is_unknown(
    pat, branding, api
):
    branding("colour")
    data = form_of(pat.get(CHANGE))

    page = pat.post(CHANGE, data | {"alt_text": "The council", "colour": "#000000"})

    assert page.context["adminform"].form.errors == {
        "__all__": ["The Notify API does not show colour of email brandings."]
    }
    assert 'value="The council"' in page.content.decode()
    assert sent(api, PATH) is None


def test_what_is_unknown_stays_as_it_is_when_the_rest_is_changed(pat, api):
    told = organisation(name="Council")
    path = f"/organisations/{told['id']}"
    left_out = {name: value for name, value in told.items() if name != "crown"}
    api.get(path, json=left_out)
    api.post(path, status=204)
    address = f"/admin/organisations/organisation/{told['id']}/change/"
    data = form_of(pat.get(address))

    response = pat.post(address, data | {"notes": "New", "crown": "true"})

    assert response.status_code == 302
    assert sent(api, path).keys() == {"notes"}


def test_a_row_of_which_less_is_told_is_shown_all_the_same(pat, api):
    callback = new_id()
    told = {"callback_id": callback, "callback_type": "delivery_status"}
    parking = service(service_callback_api=[told])
    api.get(f"/service/{parking['id']}", json={"data": parking})
    row = {"id": callback, "service_id": parking["id"], **told}
    api.get(f"/service/{parking['id']}/callback-api/{callback}", json={"data": row})

    page = pat.get(f"/admin/services/service/{parking['id']}/change/?part=callbacks")

    assert page.status_code == 200
    form = page.context["inline_admin_formsets"][0].formset.forms[0]
    assert form.fields["url"].disabled
