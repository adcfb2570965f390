"""Forms with the markup of the GOV.UK Design System."""

from __future__ import annotations

import datetime

import pytest
from django import forms

from portal.common.forms import (
    Checkboxes,
    DateField,
    EmailInput,
    FileInput,
    PasswordInput,
    PortalForm,
    Radios,
    Select,
    Textarea,
    TextInput,
)
from portal.remote.errors import Rejected


class Example(PortalForm):
    reveals = {"when": {"later": ("date",)}}
    name = forms.CharField(label="Name", help_text="A hint", widget=TextInput())
    content = forms.CharField(widget=Textarea(highlight=True))
    notes = forms.CharField(widget=Textarea(counter=True), max_length=20)
    when = forms.ChoiceField(
        widget=Radios(hints={"now": "At once"}),
        choices=[("now", "Now"), ("later", "Later")],
    )
    date = DateField(required=False)
    kind = forms.ChoiceField(widget=Select(), choices=[("a", "A")])
    channels = forms.MultipleChoiceField(
        widget=Checkboxes(), choices=[("sms", "Text"), ("email", "Email")]
    )
    upload = forms.FileField(widget=FileInput(accept=".csv"))
    password = forms.CharField(widget=PasswordInput())


VALID = {
    "name": "n",
    "content": "c",
    "notes": "n",
    "when": "now",
    "kind": "a",
    "channels": ["sms"],
    "password": "p",
}


def test_a_portal_form_has_govuk_markup_and_a_plain_one_has_not():
    class Plain(forms.Form):
        name = forms.CharField()

    assert "govuk-input" in str(Example())
    assert "govuk" not in str(Plain())


def test_no_input_is_marked_as_required_for_the_browser():
    assert " required" not in str(Example())


def test_hint_and_error_are_named_by_the_input_and_exist():
    page = str(Example({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert "govuk-input--error" in page


def test_errors_are_listed_in_the_order_of_the_fields():
    anchors = [anchor for anchor, _ in Example({"name": "x"}, {}).error_list()]

    assert anchors == [
        "id_content",
        "id_notes",
        "id_when_0",
        "id_kind",
        "id_channels_0",
        "id_upload",
        "id_password",
    ]


def test_every_anchor_of_an_error_is_on_the_page():
    form = Example({"date_day": "31", "date_month": "2", "date_year": "2026"}, {})
    page = str(form)

    assert [a for a, _ in form.error_list() if f'id="{a}"' not in page] == []


def test_an_error_of_the_whole_form_leads_to_its_first_field():
    form = Example(VALID)
    form.add_error(None, "Something is wrong.")

    assert form.error_list()[0] == ("id_name", "Something is wrong.")


def test_a_refusal_of_the_api_stands_at_the_field_it_is_about():
    form = Example(VALID)
    refusal = Rejected("", errors={"name": ["Duplicate name"], "unknown": ["No"]})

    form.add_refusal(refusal)

    assert form.errors["name"] == ["Duplicate name"]
    assert form.non_field_errors() == ["No"]


def test_a_refusal_can_be_about_a_field_of_another_name():
    form = Example(VALID)

    form.add_refusal(Rejected("", errors={"body": ["Too long"]}), {"body": "content"})

    assert form.errors["content"] == ["Too long"]


def test_a_refusal_without_fields_is_about_the_whole_form():
    form = Example(VALID)

    form.add_refusal(Rejected("Not now"))

    assert form.non_field_errors() == ["Not now"]


def test_a_revealed_field_stands_inside_the_choice_that_opens_it():
    page = str(Example())

    assert page.count('id="id_date"') == 1
    assert page.index('id="id_when_1-more"') < page.index('id="id_date"')
    assert 'data-aria-controls="id_when_1-more"' in page


def test_a_choice_can_have_a_hint():
    assert 'id="id_when_0-hint"' in str(Example())


def test_a_counter_needs_its_class_and_its_limit():
    page = str(Example())

    assert "govuk-js-character-count" in page
    assert 'data-maxlength="20"' in page
    assert 'id="id_notes-info"' in page


def test_a_field_can_be_the_heading_of_the_page():
    class Question(PortalForm):
        heading = "name"
        name = forms.CharField(label="What is the name?", widget=TextInput())

    assert '<h1 class="govuk-label-wrapper">' in str(Question())


def test_what_was_typed_is_escaped():
    page = str(Example({"name": '"><script>', "content": "</textarea><script>"}))

    assert "<script>" not in page


@pytest.mark.parametrize("value", [None, "", 0, "plain", "\"><b>&'"])
def test_an_input_is_written_as_django_writes_it(value):
    attrs = {"id": "a", "title": "\"<b>&'", "size": 3, "hidden": True, "list": False}

    ours = TextInput(attrs={"spellcheck": "false"}).render("a&b", value, attrs)
    djangos = forms.TextInput(attrs={"spellcheck": "false"}).render("a&b", value, attrs)

    assert ours == djangos.strip()


@pytest.mark.parametrize("value", [None, "", "a", 2, "<"])
def test_a_list_to_choose_from_is_written_as_django_writes_it(value):
    choices = [("", "Any"), ("More", [("a", "A & B"), (2, "<b>")]), ("<", "Less")]
    attrs = {"id": "a", "title": "\"<b>&'", "disabled": True}

    ours = Select(choices=choices).render("a&b", value, attrs)
    djangos = forms.Select(choices=choices).render("a&b", value, attrs)

    assert ours.split("\n") == [line.strip() for line in djangos.split("\n") if line]


def test_a_password_is_not_sent_back():
    assert "s3cret" not in str(Example({"password": "s3cret"}))


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        (("31", "2", "2026"), "The date must be a real date."),
        (("x", "2", "2026"), "The date must be a real date."),
        (("1", "", "2026"), "The date must include a day, a month and a year."),
        (("1", "1", "99999999"), "The date must be a real date."),
    ],
)
def test_a_date_must_be_whole_and_real(parts, error):
    data = dict(zip(("date_day", "date_month", "date_year"), parts, strict=True))

    assert Example(VALID | data).errors["date"] == [error]


def test_a_date_is_read_from_three_numbers():
    data = {"date_day": "1", "date_month": "12", "date_year": "2026"}
    form = Example(VALID | data)
    form.is_valid()

    assert form.cleaned_data["date"] == datetime.date(2026, 12, 1)


def test_a_field_without_a_hint_or_error_is_described_by_nothing():
    class Bare(PortalForm):
        email = forms.CharField(widget=EmailInput())

    assert "aria-describedby" not in str(Bare())
