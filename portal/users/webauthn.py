"""Security keys: what a browser is asked, and whether its answer is right (WebAuthn Level 3)."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2 import cbor
from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

MILLISECONDS = 60_000
# The password came first: a PIN for the key besides would be a third step.
NO_PIN = UserVerificationRequirement.DISCOURAGED

# What reading an answer raises that no browser would give.
_MALFORMED = (
    *(ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError),
    *(NotImplementedError, OverflowError, RecursionError, struct.error),
)


class KeyRefused(Exception):
    """The answer is not one of a key to what was asked."""


@dataclass(frozen=True)
class RegisteredKey:
    """A new key as the API keeps it: base64 of CBOR, as all front-ends of the platform do."""

    credential_data: str
    registration_response: str


def domain_of_keys() -> str:
    """Return the host name that keys are made for, by which browsers tell sites apart."""
    host = urlsplit(settings.ADMIN_BASE_URL).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    # No browser makes keys for an address of numbers, and those are of this machine.
    return "localhost"


def place_of_keys() -> str:
    """Return the address of the portal at which keys work."""
    base = urlsplit(settings.ADMIN_BASE_URL)
    port = f":{base.port}" if base.port else ""
    return f"{base.scheme}://{domain_of_keys()}{port}"


def works_at(host: str) -> bool:
    """Tell whether keys work where a browser has come; ``host`` may name a port."""
    name, domain = host.rpartition(":")[0] or host, domain_of_keys()
    return name == domain or name.endswith(f".{domain}")


def ask_to_register(
    *, user_id: str, name: str, address: str, known: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options for ``navigator.credentials.create``, and a state to keep.

    ``known`` is the credential data of keys that cannot be registered once more.
    """
    options, state = _server("").register_begin(
        PublicKeyCredentialUserEntity(
            id=user_id.encode(), name=address, display_name=name
        ),
        credentials=_read_all(known),
        user_verification=NO_PIN,
    )
    return dict(options), state


def register(*, answer: str, state: dict[str, Any], origin: str) -> RegisteredKey:
    """Return the key of a browser's answer, JSON text; raises KeyRefused."""
    try:
        given = RegistrationResponse.from_dict(json.loads(answer))
        data = _server(origin).register_complete(state, given).credential_data
        if data is None or isinstance(data.public_key, UnsupportedKey):
            raise KeyRefused("The key signs in a way that is not known here.")
        raw = {
            "attestationObject": bytes(given.response.attestation_object),
            "clientDataJSON": bytes(given.response.client_data),
        }
    except _MALFORMED as error:
        raise KeyRefused(str(error)) from error
    return RegisteredKey(_packed(bytes(data)), _packed(raw))


def ask_to_sign_in(*, known: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the options for ``navigator.credentials.get``, and a state to keep."""
    options, state = _server("").authenticate_begin(
        credentials=_read_all(known), user_verification=NO_PIN
    )
    return dict(options), state


def signed_by(
    *, answer: str, state: dict[str, Any], origin: str, known: Iterable[str]
) -> str:
    """Return the credential data, of those known, that signed the answer; raises KeyRefused."""
    keys = {key.credential_id: text for text in known if (key := _read(text))}
    try:
        given = AuthenticationResponse.from_dict(json.loads(answer))
        used = _server(origin).authenticate_complete(
            state, _read_all(keys.values()), given
        )
    except _MALFORMED as error:
        raise KeyRefused(str(error)) from error
    return keys[used.credential_id]


def _server(origin: str) -> Fido2Server:
    server = Fido2Server(
        PublicKeyCredentialRpEntity(
            id=domain_of_keys(), name=settings.PORTAL_BRAND_NAME
        ),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda given: given == origin,
    )
    server.timeout = MILLISECONDS  # type: ignore[assignment]  # typed as always None
    return server


def _packed(value: Any) -> str:
    return base64.b64encode(cbor.encode(value)).decode()


def _read_all(texts: Iterable[str]) -> list[AttestedCredentialData]:
    return [key for text in texts if (key := _read(text))]


def _read(text: str) -> AttestedCredentialData | None:
    """Read what the API keeps of a key; None for what is none that can be used here."""
    try:
        raw = cbor.decode(base64.b64decode(text))
        key = AttestedCredentialData(raw if isinstance(raw, bytes) else b"")
    except (*_MALFORMED, binascii.Error):
        return None
    return None if isinstance(key.public_key, UnsupportedKey) else key
