"""Correcting a few cells of an uploaded file where their errors are told."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

from portal.common import storage
from portal.common.models import SavedDraft
from portal.jobs.actions import correcting
from portal.jobs.corrections import MOST_CELLS, MOST_CHARACTERS
from portal.messages.check import RecipientTable
from tests import builders
from tests.jobs.conftest import stored
from tests.jobs.test_check import count_reads, text_of
from tests.users.personas import SERVICE_ID, sign_in, staff

pytestmark = pytest.mark.django_db

BAD = (
    "phone number,name,ward\r\n"
    "07700900001,Ann,North\r\n"
    '123,"Bo, jr",South\r\n'
    "07700900003,,East\r\n"
    "07700900004,Di,West\r\n"
)
FORM_ID = re.compile(r'name="form_id" value="([^"]+)"')


def id_of(check):
    return check.rsplit("/", 1)[1]


def rows_of(check):
    """The rows of the file that a check page is about."""
    content, _metadata = stored(id_of(check))
    return list(csv.reader(io.StringIO(content.decode())))


def stored_files(files):
    """The stored files, without what lies beside them."""
    return list(files.rglob("*.csv"))


def beside(page, name):
    """What is said beside a field."""
    found = re.search(rf'id="id_{name}_error"[^>]*>(.*?)</p>', page.text, re.S)
    return (
        found
        and html.unescape(re.sub(r"<span.*?</span>|<[^>]+>", "", found[1])).strip()
    )


def value_of(page, name):
    """What a field of one line holds."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)
    value = re.search(r'value="([^"]*)"', found[0])
    return html.unescape(value[1]) if value else ""


@pytest.fixture
def correct(upload, sender, client):
    """Upload a file; gives its check page and a function that sends corrections."""

    def begin(content=BAD, name="people.csv", words=None, **options):
        if words:
            options["content"] = words
        check = upload(content, name, client=sender(**options))
        client.get(check)

        def send(form_id="", **cells):
            typed = {key.replace("_", "-"): value for key, value in cells.items()}
            return client.post(f"{check}/correct", {"form_id": form_id, **typed})

        return check, send

    return begin


def test_the_errors_offer_to_correct_their_rows(correct, client):
    check, _send = correct()

    page = client.get(check)

    assert "Correct 2 rows here" in text_of(page)
    assert f'href="{check}/correct"' in page.text


def test_only_wrong_cells_can_be_typed_into_with_their_errors_beside_them(
    correct, client
):
    check, _send = correct()

    page = client.get(f"{check}/correct")

    assert page.status_code == 200
    assert re.findall(r'name="(cell-[^"]+)"', page.text) == ["cell-3-0", "cell-4-1"]
    assert value_of(page, "cell-3-0") == "123"
    assert beside(page, "cell-3-0") == "Row 3: Mobile number is too short"
    assert beside(page, "cell-4-1") == "Fill in “name” in row 4."
    assert "<title>Error: " in re.sub(r">\s+", ">", page.text)
    assert 'class="govuk-error-summary"' not in page.text


def test_fields_are_named_by_row_and_column_and_the_rest_of_the_row_is_shown(
    correct, client
):
    check, _send = correct()

    words = text_of(client.get(f"{check}/correct"))

    assert re.search(r"Row 3 name: Bo, jr ward: South Row 3: phone number", words)
    assert re.search(r"Row 4 phone number: 07700900003 ward: East Row 4: name", words)
    assert words.count("Do not send to this row") == 2
    assert "07700900001" not in words


def test_corrections_make_a_copy_that_leads_to_its_check(correct, client):
    check, send = correct()

    page = send(cell_3_0="07700 900002", cell_4_1="Cy, sr")

    assert page.status_code == 302
    assert page.url != check
    assert rows_of(page.url) == [
        ["phone number", "name", "ward"],
        ["07700900001", "Ann", "North"],
        ["07700 900002", "Bo, jr", "South"],
        ["07700900003", "Cy, sr", "East"],
        ["07700900004", "Di", "West"],
    ]
    words = text_of(client.get(page.url))
    assert "Your corrections are saved in a copy of the file." in words
    assert "Send 4 text messages" in words


def test_the_file_that_was_uploaded_stays_as_it_is(correct, client):
    check, send = correct()
    before = stored(id_of(check))

    send(cell_3_0="07700900002", cell_4_1="Cy")

    assert stored(id_of(check)) == before
    assert before[0].decode() == BAD


def test_the_copy_says_of_itself_what_the_file_did(correct):
    check, send = correct(BAD.replace("Ann", "Siân").encode("cp1252"), "Siân.csv")

    page = send(cell_3_0="07700900002", cell_4_1="Cy")

    first, second = stored(id_of(check))[1], stored(id_of(page.url))[1]
    assert second["original_file_name"] == "Siân.csv"
    assert {k: v for k, v in first.items() if k != "digest"} == {
        k: v for k, v in second.items() if k != "digest"
    }
    assert first["digest"] != second["digest"]


def test_the_copy_waits_among_the_files_not_sent_yet(correct, client, api):
    check, send = correct()
    api.get(f"/service/{SERVICE_ID}/upload", json={"data": [], "links": {}, "total": 0})

    page = send(cell_3_0="07700900002", cell_4_1="Cy")

    listed = client.get(f"/services/{SERVICE_ID}/uploads").text
    assert f'href="{page.url}"' in listed
    assert f'href="{check}"' in listed


def test_what_is_still_wrong_is_told_at_its_place_and_nothing_is_made(correct, files):
    _check, send = correct()

    page = send(cell_3_0="0770", cell_4_1="Cy")

    assert page.status_code == 400
    assert beside(page, "cell-3-0") == "Row 3: Mobile number is too short"
    assert beside(page, "cell-4-1") is None
    assert value_of(page, "cell-3-0") == "0770"
    assert value_of(page, "cell-4-1") == "Cy"
    summary = re.findall(r'<a href="#([^"]+)">(Row[^<]+|Fill[^<]+)</a>', page.text)
    assert summary == [("id_cell-3-0", "Row 3: Mobile number is too short")]
    assert 'class="govuk-error-summary" data-module' in page.text
    assert len(stored_files(files)) == 1


def test_a_row_can_be_left_out_whatever_else_is_typed_in_it(correct, client):
    _check, send = correct()

    page = send(cell_3_0="\x00", leave_3="yes", cell_4_1="Cy")

    assert page.status_code == 302
    assert [row[0] for row in rows_of(page.url)[1:]] == [
        "07700900001",
        "07700900003",
        "07700900004",
    ]
    assert "Send 3 text messages" in client.get(page.url).text


def test_a_file_must_keep_a_row(correct, files):
    _check, send = correct("phone number,name\n1,Ann\n2,Bo\n")

    page = send(leave_2="yes", leave_3="yes")

    assert page.status_code == 400
    told = "Keep at least one row: there is nothing to send without any."
    assert f'<a href="#id_leave-2_0">{told}</a>' in page.text
    assert 'id="id_leave-2_0"' in page.text
    assert len(stored_files(files)) == 1


def test_two_clicks_make_one_file(correct, client, files):
    check, send = correct()
    form_id = FORM_ID.search(client.get(f"{check}/correct").text)[1]
    typed = {"cell_3_0": "07700900002", "cell_4_1": "Cy"}

    first, second = send(form_id, **typed), send(form_id, **typed)

    assert first.url == second.url
    assert len(stored_files(files)) == 2
    assert SavedDraft.objects.count() == 2


def test_a_second_click_waits_for_the_first(correct, client, monkeypatch):
    check, send = correct()
    first = send(cell_3_0="07700900002", cell_4_1="Cy")
    answers = iter(["", "", id_of(first.url)])
    monkeypatch.setattr(correcting, "make_once", lambda *_args, **_more: next(answers))
    monkeypatch.setattr(correcting, "_WAIT_SECONDS", 0)

    second = send(cell_3_0="07700900002", cell_4_1="Cy")

    assert second.url == first.url


def test_a_second_click_does_not_wait_for_ever(correct, monkeypatch):
    _check, send = correct()
    monkeypatch.setattr(correcting, "make_once", lambda *_args, **_more: "")
    monkeypatch.setattr(correcting, "_WAIT_SECONDS", 0)

    page = send(cell_3_0="07700900002", cell_4_1="Cy")

    assert page.url == f"/services/{SERVICE_ID}/uploads"


def test_who_comes_back_and_corrects_otherwise_gets_another_file(correct, client):
    check, send = correct()
    form_id = FORM_ID.search(client.get(f"{check}/correct").text)[1]

    first = send(form_id, cell_3_0="07700900002", cell_4_1="Cy")
    second = send(form_id, cell_3_0="07700900002", cell_4_1="Cyd")

    assert rows_of(first.url)[3][1] == "Cy"
    assert rows_of(second.url)[3][1] == "Cyd"


def test_where_storage_is_away_it_is_said_and_what_was_typed_is_kept(
    correct, client, monkeypatch
):
    check, send = correct()
    form_id = FORM_ID.search(client.get(f"{check}/correct").text)[1]

    def away(*_arguments):
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(storage, "_write", away)
        page = send(form_id, cell_3_0="07700900002", cell_4_1="Cy")

    assert page.status_code == 503
    assert "The file could not be saved. What you typed is kept" in page.text
    assert value_of(page, "cell-3-0") == "07700900002"
    assert value_of(page, "form_id") == form_id
    assert send(form_id, cell_3_0="07700900002", cell_4_1="Cy").status_code == 302


def test_where_the_file_cannot_be_read_what_was_typed_is_kept_too(
    correct, client, monkeypatch
):
    check, send = correct()
    store = storage.bucket("csv_upload")

    def away(*_arguments):
        raise ConnectionError

    monkeypatch.setattr(type(store), "open", away)

    page = send(cell_3_0="07700900002", cell_4_1="Cy")

    assert page.status_code == 503
    assert value_of(page, "cell-3-0") == "07700900002"


def test_a_message_that_is_too_long_can_be_shortened_where_it_is_longest(
    correct, client
):
    check, send = correct(
        f"phone number,name,street\n07700900001,Ann,{'x' * 1000}\n",
        words="Hello ((name)) of ((street))",
    )

    page = client.get(f"{check}/correct")
    assert re.findall(r'name="(cell-[^"]+)"', page.text) == ["cell-2-1", "cell-2-2"]
    told = "Shorten the message in row 2 by 95 characters."
    assert beside(page, "cell-2-2") == told
    assert beside(page, "cell-2-1") is None

    saved = send(cell_2_1="Ann", cell_2_2="High Street")
    assert rows_of(saved.url)[1] == ["07700900001", "Ann", "High Street"]


def test_a_value_that_makes_the_message_too_long_is_refused(correct):
    _check, send = correct()

    page = send(cell_3_0="07700900002", cell_4_1="x" * 1000)

    assert page.status_code == 400
    told = "Shorten the message in row 4 by 111 characters."
    assert beside(page, "cell-4-1") == told


def test_values_longer_than_a_cell_may_be_are_refused(correct):
    _check, send = correct()

    page = send(cell_3_0="7" * (MOST_CHARACTERS + 1), cell_4_1="Cy")

    assert page.status_code == 400
    told = "“phone number” in row 3 must have 5,000 characters or fewer."
    assert beside(page, "cell-3-0") == told


def test_an_address_is_corrected_line_by_line(correct, client):
    check, send = correct(
        "address line 1,address line 2,postcode,name\nAnn,1 Street,Nowhere,Ann\n",
        template_type="letter",
        subject="Permit",
    )

    page = client.get(f"{check}/correct")
    names = re.findall(r'name="(cell-[^"]+)"', page.text)
    assert names == ["cell-2-0", "cell-2-1", "cell-2-2"]
    assert "last line of the address must be a UK postcode" in beside(page, "cell-2-2")

    saved = send(cell_2_0="Ann", cell_2_1="1 Street", cell_2_2="SW1A 1AA")
    assert rows_of(saved.url)[1] == ["Ann", "1 Street", "SW1A 1AA", "Ann"]


def test_an_email_address_is_corrected_too(correct):
    _check, send = correct(
        "email address,name\nann@,Ann\n", template_type="email", subject="Permit"
    )

    saved = send(cell_2_0="ann@example.gov.uk")

    assert rows_of(saved.url)[1] == ["ann@example.gov.uk", "Ann"]


def test_lines_and_blank_rows_of_a_file_stay_where_they_are(correct):
    _check, send = correct(
        'phone number,name\n07700900001,"Ann\nBlake"\n\n123,Bo\n07700900004,Di\n\n'
    )

    page = send(cell_3_0="07700900002", cell_3_1="Cy", cell_4_0="07700900003")

    assert rows_of(page.url) == [
        ["phone number", "name"],
        ["07700900001", "Ann\nBlake"],
        ["07700900002", "Cy"],
        ["07700900003", "Bo"],
        ["07700900004", "Di"],
        [],
    ]


def test_a_cell_of_several_lines_that_nobody_touches_stays_as_it_is(correct, client):
    long = "y" * 500
    check, send = correct(
        f'phone number,name,street\n07700900001,"Ann\r\n Blake ",{long}{long}\n',
        words="Hello ((name)) of ((street))",
    )
    page = client.get(f"{check}/correct").text
    shown = re.search(r'<textarea name="cell-2-1"[^>]*>\s*(.*?)</textarea>', page, re.S)

    saved = send(cell_2_1=shown[1].replace("\n", "\r\n"), cell_2_2=long)

    content = stored(id_of(saved.url))[0].decode()
    assert f'"Ann\r\n Blake ",{long}\r\n' in content


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("phone number\n123\n", id="a column is missing"),
        pytest.param(
            "phone number,Phone Number,name\n1,2,Ann\n", id="two recipient columns"
        ),
        pytest.param(
            "phone number,name\n" + "123,Ann\n" * 21, id="more rows than on a page"
        ),
        pytest.param(
            f"phone number,name\n07700900001,{'x' * (MOST_CHARACTERS + 1)}\n",
            id="a cell that is too long to type",
        ),
        pytest.param("phone number,name\n07700900001,Ann\n", id="nothing is wrong"),
    ],
)
def test_what_cannot_be_corrected_here_is_not_offered(correct, client, content):
    check, send = correct(content)

    assert f"{check}/correct" not in client.get(check).text
    assert client.get(f"{check}/correct").url == check
    assert send(cell_2_0="07700900001").url == check


def test_a_message_that_is_too_long_by_itself_is_not_offered(correct, client):
    check, _send = correct(
        "phone number\n07700900001\n", words="A long message. " * 100
    )

    assert f"{check}/correct" not in client.get(check).text
    assert client.get(f"{check}/correct").url == check


def test_more_cells_than_fit_on_a_page_are_not_offered(correct, client):
    names = [f"name {n}" for n in range(MOST_CELLS + 1)]
    check, _send = correct(
        f"phone number,{','.join(names)}\n07700900001{',' * len(names)}\n",
        words=" ".join(f"(({name}))" for name in names),
    )

    assert client.get(f"{check}/correct").url == check


def test_what_no_correction_mends_is_told_of_the_corrected_file(correct, client, api):
    team = [builders.user(mobile_number="07700900001")]
    api.get(f"/service/{SERVICE_ID}/users", json={"data": team})
    _check, send = correct("phone number,name\n123,Ann\n", service={"restricted": True})

    page = send(cell_2_0="07700900002")

    assert "only send to members of your team" in client.get(page.url).text


def test_files_of_other_templates_and_gone_ones_are_not_found(correct, client):
    check, send = correct()
    other = check.replace(check.split("/")[3], builders.new_id())

    assert client.get(f"{other}/correct").status_code == 404
    client.post(f"{check}/delete")
    assert client.get(f"{check}/correct").status_code == 404
    assert send(cell_3_0="07700900002").status_code == 404


def test_who_may_not_send_is_not_let_in(correct, client, api):
    check, send = correct()
    client.cookies.clear()
    other = staff("view_activity", id="22222222-0000-4000-8000-000000000099")
    sign_in(client, other, api)

    assert client.get(f"{check}/correct").status_code == 403
    assert send(cell_3_0="07700900002", cell_4_1="Cy").status_code == 403


def test_values_are_never_markup(correct, client):
    check, send = correct("phone number,name\n<b>1</b>,<i>x</i>\n")

    for page in (client.get(f"{check}/correct"), send(cell_2_0="<b>2</b>")):
        assert "<b>" not in page.text
        assert "<i>" not in page.text
        assert "&lt;i&gt;x&lt;/i&gt;" in page.text


def test_the_page_checks_nothing_again_and_reads_the_file_once(
    correct, client, monkeypatch
):
    check, _send = correct()
    reads = count_reads(monkeypatch)
    monkeypatch.setattr(RecipientTable, "check", None)

    assert client.get(f"{check}/correct").status_code == 200

    assert len(reads) == 1
