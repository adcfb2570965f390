"""Passwords and codes of made-up people: hashed, but cheaply."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class LightPasswordHasher(PBKDF2PasswordHasher):
    """Few rounds, for nothing here is secret and every sign-in should be quick."""

    iterations = 1000
