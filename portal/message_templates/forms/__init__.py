"""Forms of templates and folders."""

from __future__ import annotations
