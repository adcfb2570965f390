"""Staff pages of sent messages."""

from __future__ import annotations
