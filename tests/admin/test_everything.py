"""Every page of every admin, against an API with something of everything."""

from __future__ import annotations

import re
import uuid
from collections import Counter

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.core.cache import caches

from portal.common.admin_links import list_address
from portal.common.models import AuditEvent
from portal.common.scoped_admin import OwnedAdmin
from portal.remote.rows import shape_of
from tests.sandbox.conftest import SECRET, running
from tests.users.personas import sign_in

ADMINS = {
    model._meta.label: model_admin
    for model, model_admin in admin.site._registry.items()
    if model is not AuditEvent
}
OWNERS = {"service": "Riverside bin collections", "organisation": "Riverside Council"}
# What the demo has none of, or not of that service.
EMPTY = {
    "notifications.Complaint",
    "platform.ProtectedSenderId",
    "users.WebauthnCredential",
}
# What the API gives by the day only.
BY_DAY = {"GET /service/<id>/returned-letters"}
EVERYBODY = {
    f"{what}_{end}": None
    for what in ("created", "logged_in")
    for end in ("start", "end")
} | {"take_part_in_research": None}
# By what a thing is found, and what the portal knows the person by who looks at it.
NEEDED = {
    "billing.AnnualBilling": {"financial_year_start"},
    "users.User": {"state", "platform_admin", "password_changed_at"},
}
UNKNOWN = re.compile(r'–|<img src="[^"]*/icon-unknown.svg" alt="None">')
CHANGE_CALLS_AT_MOST = 3
WARM_CALLS_AT_MOST = 1


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with running(tmp_path_factory.mktemp("admin"), SANDBOX_SPEED="1") as started:
        fill(started)
        yield started


def fill(demo):
    """Make what the demo has none of."""
    service = owner_ids(demo)["service"]
    chief = platform_admin(demo)
    demo.post(
        f"/service/{service}/callback-api",
        {
            "url": "https://example.com/told",
            "bearer_token": "a-long-enough-token",
            "updated_by_id": chief,
            "callback_type": "delivery_status",
        },
    )
    guests = {"email_addresses": ["ann@example.com"], "phone_numbers": ["07700900123"]}
    assert demo.call("PUT", f"/service/{service}/guest-list", guests).ok
    days = {"notification_type": "sms", "days_of_retention": 3}
    demo.post(f"/service/{service}/data-retention", days)
    upload = str(uuid.uuid4())
    demo.post(
        f"/service/{service}/contact-list",
        {
            "id": upload,
            "row_count": 1,
            "original_file_name": "people.csv",
            "template_type": "sms",
            "created_by": chief,
        },
    )


def platform_admin(demo):
    people = demo.post("/platform-admin/users-list", EVERYBODY)["data"]
    return next(one["id"] for one in people if one["platform_admin"])


@pytest.fixture(scope="module")
def owners(demo):
    return owner_ids(demo)


def owner_ids(demo):
    """The ids of the owners by the names of the relations to them."""
    services = {one["name"]: one for one in demo.get("/service")["data"]}
    councils = {one["name"]: one for one in demo.get("/organisations")}
    return {
        "service": services[OWNERS["service"]]["id"],
        "organisation": councils[OWNERS["organisation"]]["id"],
        "user": platform_admin(demo),
    }


@pytest.fixture
def pat(client, demo, settings, db, api_calls):
    settings.API_HOST_NAME = demo.base_url
    settings.ADMIN_CLIENT_SECRET = SECRET
    sign_in(client, demo.get(f"/user/{platform_admin(demo)}")["data"])
    client.get("/admin/")
    return client


@pytest.fixture
def visit(pat, api_calls):
    """Read a page; gives it with the calls that it made, cold and then warm."""

    def come(path):
        for alias in ("default", "remote"):
            caches[alias].clear()
        pat.get("/admin/")
        calls = []
        for _turn in range(2):
            api_calls.clear()
            page = pat.get(path)
            assert page.status_code == 200, (path, page.status_code)
            calls.append(counted(f"{call.method} {call.route}" for call in api_calls))
        return page, *calls

    return come


def counted(calls):
    """The calls; what the API gives by the day only counts once."""
    calls = list(calls)
    return [call for call in calls if call not in BY_DAY] + sorted({*calls} & BY_DAY)


def list_of(model_admin, owners):
    query = ""
    if isinstance(model_admin, OwnedAdmin):
        query = f"?{model_admin.scope}={owners[model_admin.owner]}"
    return list_address(model_admin.opts) + query


def first_change_page(page):
    html = page.content.decode()
    found = re.search(r'<th class="field-[^>]*>(?:<[^a][^>]*>)*<a href="([^"]*)"', html)
    return found[1].replace("&amp;", "&") if found else None


@pytest.mark.parametrize("label", ADMINS)
def test_a_list_asks_each_endpoint_once(visit, owners, label):
    page, cold, _warm = visit(list_of(ADMINS[label], owners))

    assert page.context["cl"].refusal == ""
    assert page.context["cl"].result_count > 0 or label in EMPTY
    assert {route: n for route, n in Counter(cold).items() if n > 1} == {}


@pytest.mark.parametrize("label", sorted(ADMINS.keys() - EMPTY))
def test_a_page_of_one_thing_and_its_history_take_few_calls(visit, pat, owners, label):
    path = first_change_page(pat.get(list_of(ADMINS[label], owners)))

    page, cold, warm = visit(path)
    _history, to_history, _again = visit(path.replace("/change/", "/history/"))

    assert len(cold) <= CHANGE_CALLS_AT_MOST, cold
    assert len(warm) <= WARM_CALLS_AT_MOST, warm
    assert len(to_history) <= CHANGE_CALLS_AT_MOST, to_history
    assert " object (" not in page.content.decode()


@pytest.fixture
def forget(monkeypatch):
    """Have the API tell a model's fields no more: `forget(model, names)`."""

    def do(model, names):
        columns = shape_of(model).columns
        for name in names:
            monkeypatch.delitem(columns, model._meta.get_field(name).column)
        for alias in ("default", "remote"):
            caches[alias].clear()

    return do


def fields_of(model_admin, names):
    """The model's own fields among those of a page that it can do without."""
    needed = {model_admin.opts.pk.name, getattr(model_admin, "owner", ""), "name"}
    own = {field.name for field in model_admin.opts.concrete_fields}
    return (set(names) & own) - needed - NEEDED.get(model_admin.opts.label, set())


@pytest.mark.parametrize("label", sorted(ADMINS.keys() - EMPTY))
def test_what_the_api_does_not_tell_of_a_thing_is_unknown_on_its_page(
    pat, owners, forget, label
):
    model_admin = ADMINS[label]
    path = first_change_page(pat.get(list_of(model_admin, owners)))
    page = pat.get(path)
    fieldsets = [fieldset.fields for fieldset in page.context["adminform"]]
    names = fields_of(model_admin, flatten(fieldsets))

    forget(model_admin.model, names)
    page = pat.get(path)

    assert page.status_code == 200
    shown = {
        field.field["name"]: field.contents()
        for fieldset in page.context["adminform"]
        for line in fieldset
        for field in line
        if field.is_readonly
    }
    # A related thing can be told of as a whole beside its key.
    links = {name for name in names if shown[name].startswith("<a ")}
    assert {
        name for name in names - links if not UNKNOWN.fullmatch(shown[name])
    } == set()


@pytest.mark.parametrize("label", sorted(ADMINS.keys() - EMPTY))
def test_what_the_api_does_not_tell_in_a_list_is_not_asked_for_thing_by_thing(
    visit, pat, owners, forget, label
):
    model_admin, opts = ADMINS[label], ADMINS[label].opts
    address = list_of(model_admin, owners)
    listed = pat.get(address).context["cl"]
    columns = [getattr(one, "name", one) for one in listed.list_display]
    names = fields_of(model_admin, columns)
    # By these the list is ordered, or read together with other things.
    ordering = {str(name).strip("-") for name in listed.queryset.query.order_by}
    related = {field.name for field in opts.concrete_fields if field.is_relation}

    forget(model_admin.model, names - ordering - related)
    page, cold, _warm = visit(address)

    assert page.context["cl"].refusal == ""
    assert page.context["cl"].result_count > 0
    assert max(Counter(cold).values()) == 1


@pytest.mark.parametrize("label", ADMINS)
def test_a_list_is_a_file(pat, owners, label):
    address = list_of(ADMINS[label], owners)
    path, _, query = address.partition("?")

    listed = pat.get(address).context["cl"].result_count
    response = pat.get(f"{path}export/?{query}&format=csv")

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) > min(listed, 1)
    assert AuditEvent.objects.get().action == "exported"


@pytest.mark.parametrize("label", ADMINS)
def test_a_form_to_add_is_there_or_refused(pat, owners, label):
    model_admin = ADMINS[label]
    request = pat.get(list_of(model_admin, owners)).wsgi_request

    page = pat.get(f"{list_address(model_admin.opts)}add/")

    allowed = model_admin.has_add_permission(request)
    assert page.status_code == (200 if allowed else 403)
