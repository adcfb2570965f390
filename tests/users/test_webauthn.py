"""Security keys: which answers are taken, and which are not."""

from __future__ import annotations

import base64
import contextlib
import json

import pytest
from fido2 import cbor
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from portal.users import webauthn
from tests.users.soft_key import ATTESTED, ORIGIN, PRESENT, SoftKey, text

WHO = {"user_id": "1234", "name": "Sandy Sender", "address": "sandy@example.gov.uk"}


@pytest.fixture(autouse=True)
def _own_address(settings):
    settings.ADMIN_BASE_URL = ORIGIN


def registering(known=()):
    return webauthn.ask_to_register(**WHO, known=known)


def signing_in(key):
    return webauthn.ask_to_sign_in(known=[key.kept])


def test_a_browser_is_asked_for_a_key_of_the_portals_own_domain(settings):
    settings.PORTAL_BRAND_NAME = "Riverside Messaging"

    options, _state = registering()

    asked = options["publicKey"]
    assert asked["rp"] == {"id": "localhost", "name": "Riverside Messaging"}
    assert asked["user"]["name"] == "sandy@example.gov.uk"
    assert asked["authenticatorSelection"]["userVerification"] == "discouraged"
    json.dumps(options)


def test_a_key_is_not_registered_twice():
    key = SoftKey()

    options, _state = registering([key.kept])

    assert len(options["publicKey"]["excludeCredentials"]) == 1


def test_a_new_key_is_kept_as_other_front_ends_keep_it():
    key = SoftKey()
    options, state = registering()

    new = webauthn.register(answer=key.register(options), state=state, origin=ORIGIN)

    assert new.credential_data == key.kept
    raw = cbor.decode(base64.b64decode(new.registration_response))
    assert set(raw) == {"attestationObject", "clientDataJSON"}


def test_a_key_signs_in_once_it_is_registered():
    key = SoftKey()
    options, state = signing_in(key)

    used = webauthn.signed_by(
        answer=key.sign(options), state=state, origin=ORIGIN, known=[key.kept]
    )

    assert used == key.kept


def test_the_key_that_answered_is_told_among_several():
    keys = [SoftKey(), SoftKey()]
    known = ["Zmlyc3Q=", *(key.kept for key in keys)]
    options, state = webauthn.ask_to_sign_in(known=known)

    used = webauthn.signed_by(
        answer=keys[1].sign(options), state=state, origin=ORIGIN, known=known
    )

    assert used == keys[1].kept
    assert len(options["publicKey"]["allowCredentials"]) == 2


def other_challenge():
    return webauthn.ask_to_sign_in(known=[])[0]


@pytest.mark.parametrize(
    ("key", "flags"),
    [
        (SoftKey(origin="https://evil.example"), PRESENT),
        (SoftKey(domain="evil.example"), PRESENT),
        (SoftKey(), 0),
    ],
    ids=["another origin", "another domain", "nobody touched it"],
)
def test_an_answer_made_elsewhere_does_not_sign_in(key, flags):
    options, state = signing_in(key)

    with pytest.raises(webauthn.KeyRefused):
        webauthn.signed_by(
            answer=key.sign(options, flags=flags),
            state=state,
            origin=ORIGIN,
            known=[key.kept],
        )


def test_an_answer_to_another_question_does_not_sign_in():
    key = SoftKey()
    _options, state = signing_in(key)

    with pytest.raises(webauthn.KeyRefused):
        webauthn.signed_by(
            answer=key.sign(other_challenge()),
            state=state,
            origin=ORIGIN,
            known=[key.kept],
        )


def test_somebody_elses_key_does_not_sign_in():
    key, other = SoftKey(), SoftKey()
    other.credential_id = key.credential_id
    options, state = signing_in(key)

    for known in ([key.kept], []):
        with pytest.raises(webauthn.KeyRefused):
            webauthn.signed_by(
                answer=other.sign(options), state=state, origin=ORIGIN, known=known
            )


@pytest.mark.parametrize(
    ("key", "flags"),
    [
        (SoftKey(origin="https://evil.example"), ATTESTED),
        (SoftKey(domain="evil.example"), ATTESTED),
        (SoftKey(), PRESENT),
        (SoftKey(), ATTESTED & ~PRESENT),
    ],
    ids=["another origin", "another domain", "no key in it", "nobody touched it"],
)
def test_a_key_made_elsewhere_is_not_registered(key, flags):
    options, state = registering()

    with pytest.raises(webauthn.KeyRefused):
        webauthn.register(
            answer=key.register(options, flags=flags), state=state, origin=ORIGIN
        )


def test_a_sign_in_is_no_registration():
    key = SoftKey()
    options, state = registering()

    with pytest.raises(webauthn.KeyRefused):
        webauthn.register(answer=key.sign(options), state=state, origin=ORIGIN)


@pytest.mark.parametrize("state", [{}, {"challenge": ""}])
def test_without_a_question_there_is_no_answer(state):
    key = SoftKey()
    options, _state = signing_in(key)

    with pytest.raises(webauthn.KeyRefused):
        webauthn.signed_by(
            answer=key.sign(options), state=state, origin=ORIGIN, known=[key.kept]
        )


WORDS = st.sampled_from(["", "AA", "public-key", "id", "rawId", "response"])
VALUES = st.none() | st.integers() | st.lists(st.none()) | WORDS
NAMES = st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON"])
INNER = st.dictionaries(NAMES, VALUES)
ANSWERS = st.text() | st.dictionaries(NAMES, VALUES | INNER).map(json.dumps)


@how(derandomize=True, deadline=None, max_examples=200)
@given(ANSWERS)
def test_nonsense_is_refused_and_breaks_nothing(answer):
    _options, state = webauthn.ask_to_sign_in(known=[])

    with pytest.raises(webauthn.KeyRefused):
        webauthn.signed_by(answer=answer, state=state, origin=ORIGIN, known=[])
    with pytest.raises(webauthn.KeyRefused):
        webauthn.register(answer=answer, state=state, origin=ORIGIN)


def test_a_damaged_answer_is_refused_and_breaks_nothing():
    key = SoftKey()
    options, state = signing_in(key)
    signed = json.loads(key.sign(options))
    registered = json.loads(key.register(options))

    for answer in damaged(signed):
        with pytest.raises(webauthn.KeyRefused):
            webauthn.signed_by(
                answer=answer, state=state, origin=ORIGIN, known=[key.kept]
            )
    for answer in damaged(registered):
        with contextlib.suppress(webauthn.KeyRefused):
            webauthn.register(answer=answer, state=state, origin=ORIGIN)


def damaged(answer):
    """Yield the answer with bytes missing, at every place of every part."""
    for name, part in answer["response"].items():
        raw = base64.urlsafe_b64decode(part + "==")
        for place in range(0, len(raw), 4):
            for gone in (1, 3, 40):
                less = raw[:place] + raw[place + gone :]
                response = answer["response"] | {name: text(less)}
                yield json.dumps(answer | {"response": response})


@pytest.mark.parametrize(
    ("base", "domain", "place"),
    [
        (
            "https://notify.example.gov.uk",
            "notify.example.gov.uk",
            "https://notify.example.gov.uk",
        ),
        ("http://127.0.0.1:8000", "localhost", "http://localhost:8000"),
        ("http://[::1]:8000", "localhost", "http://localhost:8000"),
    ],
)
def test_keys_belong_to_the_portals_name(settings, base, domain, place):
    settings.ADMIN_BASE_URL = base

    assert webauthn.domain_of_keys() == domain
    assert webauthn.place_of_keys() == place


@pytest.mark.parametrize(
    ("host", "works"),
    [
        ("notify.example.gov.uk", True),
        ("notify.example.gov.uk:8443", True),
        ("www.notify.example.gov.uk", True),
        ("evilnotify.example.gov.uk", False),
        ("127.0.0.1:8000", False),
        ("localhost", False),
    ],
)
def test_keys_work_under_that_name_only(settings, host, works):
    settings.ADMIN_BASE_URL = "https://notify.example.gov.uk"

    assert webauthn.works_at(host) is works
