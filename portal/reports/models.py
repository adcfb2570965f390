"""Local tables of figures and reports; this app mirrors no table of the API."""

from __future__ import annotations
