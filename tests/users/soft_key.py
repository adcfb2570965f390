"""A security key in software, and the browser that passes its answers on."""

from __future__ import annotations

import base64
import hashlib
import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost:8000"
PRESENT = AuthenticatorData.FLAG.UP
ATTESTED = PRESENT | AuthenticatorData.FLAG.AT


class SoftKey:
    """One key pair for one site, made by ``fido2`` as its own tests make them."""

    def __init__(self, domain="localhost", origin=ORIGIN):
        self.origin = origin
        self.domain_hash = hashlib.sha256(domain.encode()).digest()
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(32)
        self.data = AttestedCredentialData.create(
            Aaguid(b"\0" * 16),
            self.credential_id,
            ES256.from_cryptography_key(self.private.public_key()),
        )

    @property
    def kept(self):
        """What the API keeps of it."""
        return base64.b64encode(cbor.encode(bytes(self.data))).decode()

    def register(self, options, *, flags=ATTESTED):
        """Answer ``navigator.credentials.create(options)``."""
        auth_data = AuthenticatorData.create(
            self.domain_hash, flags, 0, self.data if flags & 0x40 else b""
        )
        attestation = AttestationObject.create("none", auth_data, {})
        return self._answer(
            clientDataJSON=self._client_data("webauthn.create", options),
            attestationObject=attestation,
        )

    def sign(self, options, *, flags=PRESENT):
        """Answer ``navigator.credentials.get(options)``."""
        client_data = self._client_data("webauthn.get", options)
        auth_data = AuthenticatorData.create(self.domain_hash, flags, 1)
        signed = bytes(auth_data) + hashlib.sha256(client_data).digest()
        return self._answer(
            clientDataJSON=client_data,
            authenticatorData=auth_data,
            signature=self.private.sign(signed, ec.ECDSA(hashes.SHA256())),
        )

    def _client_data(self, kind, options):
        challenge = options["publicKey"]["challenge"]
        made = CollectedClientData.create(kind, _decoded(challenge), self.origin)
        return bytes(made)

    def _answer(self, **response):
        name = text(self.credential_id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {key: text(value) for key, value in response.items()},
            }
        )


def text(value):
    return base64.urlsafe_b64encode(bytes(value)).decode().rstrip("=")


def _decoded(value):
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
