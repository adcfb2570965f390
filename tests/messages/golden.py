"""Recorded answers of the platform's own message library, case by case.

`GOLDEN_DIR` may name a folder with more cases of the same shape.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(os.environ.get("GOLDEN_DIR", Path(__file__).parents[1] / "golden"))


def cases(name: str) -> list[Any]:
    path = GOLDEN / f"{name}.json"
    if not path.exists():
        return []
    return [pytest.param(case, id=case["id"]) for case in json.loads(path.read_text())]


def compared(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in expected.items()
        if key in found and not (isinstance(value, dict) and "raises" in value)
    }
