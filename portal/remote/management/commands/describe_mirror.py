"""Write down which endpoint answers which query."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.remote.described import README, with_table


class Command(BaseCommand):
    """``manage.py describe_mirror``."""

    help = "Ask every manager, with nothing sent, and write the table of portal/remote/README.md."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        text = README.read_text(encoding="utf-8")
        README.write_text(with_table(text), encoding="utf-8")
        self.stdout.write(f"Written: {README}")
