"""Staff pages of spreadsheets and jobs."""

from __future__ import annotations
