"""What a database holds, as the mirror declares it and as PostgreSQL's catalogue has it."""

from __future__ import annotations

from portal.remote.catalogue.differences import differences
from portal.remote.catalogue.mirror import read_mirror
from portal.remote.catalogue.postgres import read_postgres
from portal.remote.catalogue.tables import Table

__all__ = ["Table", "differences", "read_mirror", "read_postgres"]
