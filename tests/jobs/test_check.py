"""Checking an uploaded spreadsheet: what is wrong, row by row, or how it will look."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone

from portal.common import storage
from portal.common.kept import keep
from portal.messages.check import RecipientTable
from portal.services.months import financial_year
from tests import builders
from tests.jobs.conftest import SEND, TEMPLATE_ID
from tests.messages.workbook_files import xlsx
from tests.users.personas import SERVICE_ID, staff

pytestmark = pytest.mark.django_db

GOOD = "phone number,name\n07700900001,Ann\n07700900002,Bo\n"


def text_of(page):
    """The page's words, without markup and without the white space of its source."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_the_upload_page_shows_a_file_that_fits(sender):
    page = sender().get(f"{SEND}/csv")

    assert "Your file needs to look like this example" in page.text
    assert "<td>phone number</td><td>name</td>" in page.text


def test_the_example_can_be_downloaded(sender):
    page = sender().get(f"{SEND}.csv")

    assert page.text == "phone number,name\r\n07700900001,example\r\n"


def test_what_is_no_spreadsheet_is_refused_in_a_sentence(sender):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("photo.png", b"\x89PNG")

    page = sender().post(f"{SEND}/csv", {"file": file})

    assert "photo.png: The file must be a spreadsheet" in page.text


def test_a_forgotten_file_is_asked_for(sender):
    assert "Choose a file to upload." in sender().post(f"{SEND}/csv", {}).text


def test_a_good_file_shows_its_first_message_and_its_rows(upload, client):
    page = client.get(upload(GOOD))

    assert "Hello Ann, your permit is ready." in page.text
    assert "Send 2 text messages" in page.text
    assert "Will be charged as 2 text messages." in page.text
    assert "07700900002" in page.text


def test_any_row_can_be_previewed_by_its_number(upload, client):
    address = upload(GOOD)

    assert "Hello Bo, your permit is ready." in client.get(f"{address}/row-3").text
    assert client.get(f"{address}/row-4").status_code == 404


def test_a_row_far_down_can_be_previewed(upload, client):
    rows = "\n".join(f"077009{n:05},Person {n}" for n in range(200))
    address = upload(f"phone number,name\n{rows}")

    assert "Hello Person 190," in client.get(f"{address}/row-192").text


def test_only_bad_rows_are_shown_with_their_numbers_and_reasons(upload, client):
    page = client.get(
        upload("phone number,name\n07700900001,Ann\n123,Bo\n07700900002,\n,Cy\n")
    )

    words = text_of(page)
    assert "There is a problem with people.csv" in words
    assert "fix 1 phone number" in words
    assert "enter missing data in 2 rows" in words
    assert "07700900001" not in words
    assert re.search(r"3 +Mobile number is too short +123 +Bo", words)
    assert re.search(r"4 +07700900002 +Missing", words)
    assert re.search(r"5 +Missing +Cy", words)
    assert "Upload your file again" in words
    assert "Send 2" not in words


def test_missing_columns_are_named_and_marked_in_the_template(upload, client):
    page = client.get(upload("phone number\n07700900001\n"))

    assert "add the columns that are missing: “name”" in page.text
    assert '<mark class="placeholder">((name))</mark>' in page.text


def test_a_column_of_nearly_the_right_name_is_pointed_out(upload, client):
    page = client.get(upload("phone number,nome,other\n07700900001,Ann,x\n"))

    assert "rename the column “nome” if it should be “name”" in page.text
    assert "“other”" not in page.text


def test_two_recipient_columns_are_one_too_many(upload, client):
    page = client.get(
        upload("phone number,Phone Number,name\n07700900001,07700900002,Ann\n")
    )

    assert "keep only one of the columns" in page.text


def test_a_message_that_gets_too_long_is_a_problem_of_its_row(upload, client):
    page = client.get(upload(f"phone number,name\n07700900001,{'x' * 1000}\n"))

    assert "shorten the message in 1 row" in page.text
    assert "Message is too long" in page.text


def test_a_file_without_rows_cannot_be_sent(upload, client):
    page = client.get(upload("phone number,name\n"))

    assert "add rows" in page.text


def test_windows_files_are_read_and_people_are_told(upload, client):
    page = client.get(upload("phone number,name\n07700900001,Siân\n".encode("cp1252")))

    assert "Hello Siân" in page.text
    assert "The file was read as Windows-1252." in page.text


def test_a_service_in_trial_mode_sends_to_its_team_only(upload, client, api):
    team = [builders.user(mobile_number="07700900001")]
    api.get(f"/service/{SERVICE_ID}/users", json={"data": team})

    page = client.get(upload(GOOD, service={"restricted": True}))

    assert "only send to members of your team" in page.text


def test_recipients_that_are_there_twice_are_counted(upload, client):
    page = client.get(upload(GOOD + "+447700900001,Again\n"))

    assert "1 row has a recipient that is in the file already." in page.text
    assert "Send 3 text messages" in page.text


def test_a_file_that_was_sent_today_gets_a_warning(upload, client):
    job = builders.job(template=TEMPLATE_ID, template_version=1)

    page = client.get(upload(GOOD, jobs=[job]))

    assert "have been sent with this template today already" in page.text


def test_values_of_a_file_are_never_markup(upload, client):
    page = client.get(upload("phone number,name\n07700900001,<script>x</script>\n"))

    assert "<script>x" not in page.text
    assert "Hello &lt;script&gt;x&lt;/script&gt;" in page.text


def test_emails_are_previewed_with_their_subject(upload, client):
    page = client.get(
        upload(
            "email address,name\nann@example.gov.uk,Ann\n",
            template_type="email",
            subject="About ((name))",
        )
    )

    assert "About Ann" in page.text
    assert "Send 1 email" in page.text


def test_a_second_look_checks_nothing_again(upload, client, monkeypatch):
    address = upload(GOOD)
    client.get(address)
    monkeypatch.setattr(RecipientTable, "check", None)

    assert "Send 2 text messages" in client.get(address).text


def count_reads(monkeypatch):
    """Let reads of stored files be counted: of contents, not of what lies beside them."""
    reads = []
    read = storage.read_object

    def counted(alias, key):
        reads.append(key)
        return read(alias, key)

    monkeypatch.setattr(storage, "read_object", counted)
    return reads


def test_a_file_is_read_once_whatever_is_looked_at(upload, client, monkeypatch):
    rows = "\n".join(f"077009{n:05},Person {n}" for n in range(200))
    address = upload(f"phone number,name\n{rows}\n07700900001,Again\n")
    reads = count_reads(monkeypatch)

    for page in ("", "", "/row-2", "/row-51", "?show=duplicates", "/row-202"):
        assert client.get(f"{address}{page}").status_code == 200

    assert len(reads) == 1


def test_rows_near_one_that_was_looked_at_are_kept_with_it(upload, client, monkeypatch):
    rows = "\n".join(f"077009{n:05},Person {n}" for n in range(200))
    address = upload(f"phone number,name\n{rows}\n")
    client.get(address)
    reads = count_reads(monkeypatch)

    for number in (192, 191, 193, 192):
        assert client.get(f"{address}/row-{number}").status_code == 200

    assert len(reads) == 1


def test_the_same_file_is_not_checked_twice(upload, client, monkeypatch):
    first, second = upload(GOOD), upload(GOOD, client=client, name="copy.csv")
    client.get(first)
    reads = count_reads(monkeypatch)

    assert "Preview of copy.csv" in client.get(second).text
    assert not reads


def test_errors_can_be_looked_at_by_their_kind(upload, client):
    address = upload("phone number,name\n123,Ann\n07700900002,\n07700900003,Cy\n")

    every, missing = client.get(address), client.get(f"{address}?show=missing")

    assert 'id="show-errors" aria-current="page"' in every.text
    assert re.search(r"2 +with errors", text_of(every))
    assert "123 Ann" in re.sub(" +", " ", text_of(every))
    assert 'id="show-missing" aria-current="page"' in missing.text
    assert re.search(r"07700900002 +Missing", text_of(missing))
    assert "too short" not in text_of(missing).partition("Upload your file again")[2]


def test_a_few_wrong_rows_are_told_at_the_top_with_the_way_to_them(upload, client):
    page = client.get(upload("phone number,name\n07700900001,Di\n123,Ann\n")).text

    summary = page.partition("You need to:")[2].partition("</ul></div>")[0]
    assert '<a href="#row-3">Row 3</a> – phone number: ' in summary
    assert 'id="row-3"' in page


def test_rows_of_one_kind_are_no_choice(upload, client):
    page = client.get(upload("phone number,name\n123,Ann\n")).text

    assert "show-recipients" not in page


def test_an_unknown_kind_shows_all_errors(upload, client):
    address = upload("phone number,name\n123,Ann\n")

    assert "too short" in client.get(f"{address}?show=nonsense").text


def test_the_page_of_a_bad_file_takes_no_focus(upload, client):
    page = client.get(upload("phone number,name\n123,Ann\n"))

    assert 'data-disable-auto-focus="true"' in page.text
    assert "autofocus" not in page.text


def test_a_number_with_a_digit_too_many_is_warned_of(upload, client):
    address = upload(
        "phone number,name\n077009001234,Ann\n07700900001,Bo\n",
        service={"permissions": ["sms", "international_sms"]},
    )

    words = text_of(client.get(address))
    shown = text_of(client.get(f"{address}?show=abroad"))

    assert "1 phone number has one digit too many for a UK mobile number" in words
    assert "Send 2 text messages" in words
    assert "goes to another country" in shown


def test_what_a_workbook_hides_is_told(upload, client):
    def fill(book):
        sheet = book.add_worksheet()
        for number, row in enumerate(
            (["phone number", "name"], ["07700900001", "Ann"], ["07700900002", "Bo"])
        ):
            sheet.write_row(number, 0, row)
        sheet.set_row(1, options={"hidden": True})

    words = text_of(client.get(upload(xlsx(fill), "people.xlsx")))

    assert "1 hidden row was left out." in words
    assert "Send 1 text message" in words


def test_how_dates_of_a_workbook_are_written_is_told(upload, client):
    def fill(book):
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "d mmmm"})
        sheet.write_row(0, 0, ["phone number", "name"])
        sheet.write(1, 0, "07700900001")
        sheet.write_datetime(1, 1, datetime.datetime(2026, 12, 1), day)  # noqa: DTZ001

    words = text_of(client.get(upload(xlsx(fill), "people.xlsx")))

    assert "2026-12-01" in words
    assert "Dates and times of the workbook are written as 2026-12-31" in words


def test_messages_of_one_part_are_not_counted_twice(upload, client):
    words = text_of(client.get(upload("phone number,name\n07700900001,Ann\n")))

    assert "Will be charged as 1 text message." in words
    assert "Length" not in words


def test_lengths_countries_and_cost_are_summed_up(upload, client):
    words = text_of(
        client.get(
            upload(
                f"phone number,name\n07700900001,{'x' * 200}\n+33612345678,Bo\n",
                service={"permissions": ["sms", "international_sms"]},
            )
        )
    )

    assert "Length 1 text message of 1 part 1 text message of 2 parts" in words
    assert re.search(r"1 text message to \+33, at \d times the UK’s rate", words)
    assert "About £0.09, unless your free allowance pays for it." in words


def test_the_page_does_without_the_rate(upload, client, api):
    address = upload(GOOD)
    api.replace("GET", api.url("/sms-rate/"), status=500, json={})

    words = text_of(client.get(address))

    assert "Will be charged as 2 text messages." in words
    assert "£" not in words


def test_what_is_left_for_today_is_shown(upload, client):
    page = client.get(upload(GOOD, service={"sms_message_limit": 10}))

    assert "5 text messages after this file" in text_of(page)


def test_the_page_does_without_the_count_of_today(upload, client, api):
    address = upload(GOOD)
    statistics = api.url(f"/service/{SERVICE_ID}/statistics")
    api.replace("GET", statistics, status=500, json={})

    words = text_of(client.get(address))

    assert "Send 2 text messages" in words
    assert "Left for today" not in words


def test_a_file_beyond_the_daily_limit_cannot_be_sent(upload, client):
    page = client.get(upload(GOOD, service={"sms_message_limit": 4}))

    words = text_of(page)
    assert "send fewer messages: 1 text message can still be sent today" in words
    assert "Send 2" not in words


def test_a_file_beyond_the_daily_limit_abroad_cannot_be_sent(upload, client):
    page = client.get(
        upload(
            "phone number,name\n+33612345678,Ann\n+33612345679,Bo\n",
            service={
                "permissions": ["sms", "international_sms"],
                "international_sms_message_limit": 1,
            },
        )
    )

    words = text_of(page)
    assert "send fewer messages abroad: 1 text message can still be sent today" in words


def test_a_changed_template_is_checked_again(upload, client, api):
    address = upload(GOOD)
    client.get(address)
    changed = builders.template(
        id=TEMPLATE_ID, service=SERVICE_ID, content="((other))", version=2
    )
    api.replace(
        "GET",
        api.url(f"/service/{SERVICE_ID}/template/{TEMPLATE_ID}"),
        json={"data": changed},
    )
    from django.core.cache import caches

    caches["remote"].clear()

    assert "columns that are missing: “other”" in client.get(address).text


def test_the_check_page_asks_only_what_may_have_changed(upload, client, api_calls):
    address = upload(GOOD)
    client.get(address)
    del api_calls[:]

    client.get(address)

    assert {call.route for call in api_calls} == {
        "/service/<id>/job",
        "/service/<id>/statistics",
    }
    assert len(api_calls) == 2


def test_files_of_other_templates_are_not_found(upload, client):
    address = upload(GOOD).replace(TEMPLATE_ID, builders.new_id())

    assert client.get(address).status_code == 404


def test_files_that_nobody_uploaded_are_not_found(sender):
    address = f"/services/{SERVICE_ID}/{TEMPLATE_ID}/check/{builders.new_id()}"

    assert sender().get(address).status_code == 404


def test_people_who_may_not_send_may_not_upload(sender):
    client = sender(user=staff("view_activity"))

    assert client.get(f"{SEND}/csv").status_code == 403


def long_row(number, name="Ann"):
    """A row whose message takes two parts with such a letter, and one without."""
    return f"0770090000{number},{name}{'x' * 80}\n"


def test_rows_that_letters_make_longer_are_named_with_the_letters(upload, client):
    rows = long_row(1) + long_row(2, "Zo\u00eb") + long_row(3)

    page = text_of(client.get(upload(f"phone number,name\n{rows}")))

    assert "1 text message of 2 parts" in page
    assert "Row 3 is longer because of ‘ë’." in page
    assert "holds 70 characters, not 160" in page


def test_of_many_rows_that_letters_make_longer_the_first_are_named(upload, client):
    rows = "".join(long_row(n, "Zo\u00eb") for n in range(8))

    page = text_of(client.get(upload(f"phone number,name\n{rows}")))

    assert (
        "Rows 2, 3, 4, 5 and 6, and perhaps others, are longer because of ‘ë’." in page
    )


def test_short_messages_say_nothing_of_letters(upload, client):
    page = text_of(client.get(upload("phone number,name\n07700900001,Zo\u00eb\n")))

    assert "longer because of" not in page


@pytest.mark.parametrize(("free", "told"), [(10, True), (5000, False)])
def test_the_cost_says_that_nothing_is_free_any_more_where_that_is_known(
    upload, client, free, told
):
    now = timezone.now()
    line = {
        "notification_type": "sms",
        "notifications_sent": 20,
        "cost": 1.0,
        "chargeable_units": 20,
        "charged_units": 10,
        "rate": 0.05,
    }
    usage = {"annual": [line], "monthly": [], "free": free}
    year = financial_year(timezone.localdate())
    keep(f"usage-of-{SERVICE_ID}-{year}", usage, as_of=now)

    page = text_of(client.get(upload(GOOD)))

    assert ("all free text messages of this year are used." in page) is told
    assert ("unless your free allowance pays for it." in page) is not told
