#!/usr/bin/env python
"""Run a management command of the portal, or of the sandbox in its own settings."""

from __future__ import annotations

import os
import sys

SANDBOX_COMMANDS = {"sandbox", "sandbox_upload"}


def main() -> None:
    """Hand the command line to Django."""
    if SANDBOX_COMMANDS & set(sys.argv[1:2]):
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.sandbox.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notify_admin.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
