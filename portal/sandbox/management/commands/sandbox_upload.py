"""Put a file where the sandbox looks for it, as the portal's file storage would."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.sandbox import files


class Command(BaseCommand):
    """``manage.py sandbox_upload``."""

    help = "Read a JSON description of a file from standard input and store it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--files", type=Path, help="folder shared with the sandbox")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["files"]:
            settings.FILES_DIR = options["files"].resolve()
        try:
            files.take(json.load(sys.stdin))
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(
                f"That is no description of a file: {error!r}"
            ) from error
