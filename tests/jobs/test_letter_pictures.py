"""Letters of a spreadsheet, drawn row by row before they are sent."""

from __future__ import annotations

import json

import pytest

from tests.jobs.conftest import TEMPLATE_ID
from tests.users.personas import SERVICE_ID

pytestmark = pytest.mark.django_db

PREVIEW = "http://preview.example"
FILE = (
    "address line 1,address line 2,postcode,name\n"
    "Ann Example,1 Street,SW1A 1AA,Ann\n"
    "Bo Example,2 Street,SW1A 2AA,Bo\n"
)
LETTER = {
    "template_type": "letter",
    "subject": "Your bill",
    "content": "Dear ((name)),",
    "postage": "second",
    "letter_languages": "english",
}


@pytest.fixture
def checked(upload, sender, api, settings):
    """Upload letters of so many pages; gives the address of the check page."""
    settings.TEMPLATE_PREVIEW_API_HOST = PREVIEW
    api.assert_all_requests_are_fired = False

    def put(pages):
        counted = {"count": pages, "welsh_page_count": 0, "attachment_page_count": 0}
        api.add("POST", f"{PREVIEW}/get-page-count", json=counted)
        api.add("POST", f"{PREVIEW}/preview.png", body=b"\x89PNG")
        return upload(FILE, client=sender(**LETTER))

    return put


def test_the_letter_of_a_row_is_shown(checked, client):
    address = checked(pages=2)

    first, second = client.get(address).text, client.get(f"{address}/row-3").text

    assert f'src="{address}/row-2.png?page=2" alt="Page 2 of 2"' in first
    assert f'src="{address}/row-3.png?page=1" alt="Page 1 of 2"' in second
    assert "Send 2 letters" in first


@pytest.mark.parametrize(
    ("row", "name"), [("", "Ann"), ("/row-2", "Ann"), ("/row-3", "Bo")]
)
def test_a_row_is_drawn_with_its_values(checked, client, api, row, name):
    address = checked(pages=1)

    answer = client.get(f"{address}{row}.png")

    assert answer.content == b"\x89PNG"
    assert json.loads(api.calls[-1].request.body)["values"]["name"] == name


@pytest.mark.parametrize("row", ["/row-1", "/row-4", "/row-999999"])
def test_a_row_that_is_not_there_is_not_found(checked, client, row):
    assert client.get(f"{checked(pages=1)}{row}.png").status_code == 404


def test_letters_that_are_too_long_are_refused_before_they_are_sent(
    checked, client, api
):
    address = checked(pages=11)
    upload_id = address.rpartition("/")[2]

    shown = client.get(address).text
    posted = client.post(f"/services/{SERVICE_ID}/start-job/{upload_id}").text

    for page in (shown, posted):
        assert "The letter is 11 pages long." in page
        assert "Send 2 letters" not in page
    assert not [
        call
        for call in api.calls
        if call.request.method == "POST"
        and call.request.url.endswith(f"/service/{SERVICE_ID}/job")
    ]


def test_a_file_of_another_template_is_not_drawn(checked, client):
    address = checked(pages=1).replace(TEMPLATE_ID, SERVICE_ID)

    assert client.get(f"{address}.png").status_code == 404
