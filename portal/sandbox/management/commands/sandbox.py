"""Serve a Notify API of the portal's own on this machine."""

from __future__ import annotations

import signal
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

import jwt
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.sandbox import database, replica, seed, simulation
from portal.sandbox.seed.sizes import SIZES
from portal.sandbox.server import HOST, SandboxServer, make_server

PORT = 6011


class Command(BaseCommand):
    """``manage.py sandbox``."""

    help = "Serve an embedded Notify API with made-up data on this machine."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=PORT)
        parser.add_argument("--database", help="URL of the database to use")
        parser.add_argument("--files", type=Path, help="folder shared with the portal")
        parser.add_argument(
            "--empty", action="store_true", help="only reference data, no demo"
        )
        parser.add_argument("--seed", type=int, default=1, help="number of the demo")
        parser.add_argument(
            "--size", choices=SIZES, default="small", help="how big the demo is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (getattr(settings, "SANDBOX_DEBUG", False) or options["database"]):
            raise CommandError(
                "SANDBOX_DEBUG is off: name the sandbox's database with --database."
            )
        if options["files"]:
            settings.FILES_DIR = options["files"].resolve()
        # The well-known secret of a development API is short.
        warnings.simplefilter("ignore", jwt.InsecureKeyLengthWarning)
        server = self.bind(options["port"])
        try:
            self.prepare(options)
            self.serve(server)
        finally:
            server.server_close()

    def bind(self, port: int) -> SandboxServer:
        """Take the port before anything else is done."""
        try:
            return make_server(port)
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} of {HOST} cannot be used: {error}."
            ) from error

    def prepare(self, options: dict[str, Any]) -> None:
        """Make the folder and the database ready, with a demo if one is wanted."""
        try:
            settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
            replica.check()
            database.use(options["database"])
            if database.prepare() and not options["empty"]:
                self.stdout.write("Making demo data…")
                seed.fill(options["seed"], options["size"], self.tell)
        except (database.UnusableDatabase, OSError) as error:
            raise CommandError(
                f"The sandbox's database cannot be used: {error}."
            ) from error

    def tell(self, progress: str) -> None:
        """Say at once how far the demo is."""
        self.stdout.write(f"  {progress}")
        self.stdout.flush()

    def serve(self, server: SandboxServer) -> None:
        """Serve until told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        stop = threading.Event()
        simulation.start(stop)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.stdout.write(f"Sandbox API on http://{HOST}:{server.server_port}")
        self.stdout.flush()
        stop.wait()
        server.shutdown()
        sys.stdout.flush()
