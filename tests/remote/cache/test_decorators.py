from __future__ import annotations

from uuid import UUID

import pytest

from portal.remote.cache_keys import stored_name
from portal.remote.errors import CacheDown

ONE = "0fcdbd7b-6d4b-4ba2-a0c3-0b4a5c1f7d11"


@pytest.fixture
def client(cache):
    class Client:
        def __init__(self):
            self.asked = []

        @cache.set("service-{service_id}", tags=("services",), ttl=60)
        def get_service(self, service_id):
            self.asked.append(str(service_id))
            return {"id": str(service_id)}

        @cache.set("service-{service_id}-template-{template_id}-version-{version}")
        def get_template(self, service_id, template_id, version=None):
            self.asked.append(version)
            return {"version": version}

        @cache.delete("service-{service_id}", strict=True)
        def update_service(self, service_id, **attributes):
            self.asked.append(attributes)
            return attributes

    return Client()


def test_positional_and_named_arguments_are_one_key(client):
    client.get_service(ONE)
    client.get_service(service_id=ONE)

    assert client.asked == [ONE]


def test_an_id_has_one_key_however_it_is_spelt(client):
    client.get_service(UUID(ONE))
    client.get_service(ONE.upper())

    assert client.asked == [ONE]


def test_a_default_is_a_part_of_the_key(client):
    client.get_template(1, 2)
    client.get_template(1, 2, None)
    client.get_template(1, 2, version=3)

    assert client.asked == [None, 3]


def test_a_write_ends_the_key_it_names(client):
    client.get_service(ONE)
    client.update_service(ONE, name="x")
    client.get_service(ONE)

    assert client.asked == [ONE, {"name": "x"}, ONE]


def test_a_write_of_the_group_ends_the_key(client, cache):
    client.get_service(ONE)
    cache.invalidate("services")
    client.get_service(ONE)

    assert client.asked == [ONE, ONE]


def test_a_strict_write_is_not_sent_when_nobody_can_be_told(client, outage):
    outage.begins()

    with pytest.raises(CacheDown):
        client.update_service(ONE, name="x")

    assert client.asked == []


def test_a_missing_argument_is_the_usual_type_error(client):
    with pytest.raises(TypeError, match="missing a required argument: 'service_id'"):
        client.get_service()


@pytest.mark.parametrize("decorator", ["set", "delete"])
def test_a_key_of_an_unknown_argument_is_refused_at_once(cache, decorator):
    def get_service(service_id): ...

    with pytest.raises(TypeError, match="get_service.* has no argument 'service'"):
        getattr(cache, decorator)("service-{service}")(get_service)


def test_the_key_formats_of_reads_and_writes_are_known(client, cache):
    reads = {name.rpartition(".")[2]: keys for name, keys in cache.reads.items()}

    assert reads["get_service"] == ("service-{service_id}", "services")
    assert list(cache.writes.values()) == [("service-{service_id}",)]


@pytest.mark.parametrize("text", ["x" * 500, "naïve", "tab\there", "two words"])
def test_a_stored_name_suits_every_store(text):
    name = stored_name(text)

    assert len(name) < 200
    assert name.isascii()
    assert not any(letter.isspace() for letter in name)
