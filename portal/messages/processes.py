"""Processes that read what people upload: they have bounds, and take their memory with them."""

from __future__ import annotations

import importlib.util
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PROJECT = Path(__file__).parents[2]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """What a process wrote; ``is_whole`` is False for one that fell over or was stopped."""

    output: bytes
    errors: bytes
    is_whole: bool = True


def read_in_process(
    module: str, *arguments: str, data: bytes, library: str, seconds: int
) -> Told:
    """Run one of our modules with the data as its input, and give what it wrote.

    The module bounds its own memory and time; ``library`` is the package that it needs.
    """
    # Without the start of all that is installed it begins in half the time.
    command = [sys.executable, "-S", "-m", module, *arguments]
    try:
        done = subprocess.run(  # noqa: S603  our own module, no words of anybody's
            command,
            input=data,
            capture_output=True,
            check=True,
            timeout=seconds,
            # What it needs to start; the portal's secrets are not among it.
            env={"PYTHONPATH": os.pathsep.join((str(_PROJECT), _place(library)))},
        )
    except subprocess.SubprocessError as error:
        # What the process said may hold people's data.
        _log.warning("%s ended early: %s", module, type(error).__name__)
        return Told(getattr(error, "stdout", b"") or b"", b"", is_whole=False)
    return Told(done.stdout, done.stderr)


@cache
def _place(library: str) -> str:
    """Return the folder that a package is installed in."""
    found = importlib.util.find_spec(library)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{library} is not installed")
    return str(Path(found.origin).parents[1])
