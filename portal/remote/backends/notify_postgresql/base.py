"""PostgreSQL as the API's database uses it: UTC in columns without zone, enums, json."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.backends.postgresql import base, operations, schema
from psycopg.types.datetime import TimestampLoader
from psycopg.types.string import TextLoader


class UTCLoader(TimestampLoader):
    """Read ``timestamp without time zone`` as an aware time."""

    def load(self, data: Any) -> dt.datetime:
        return super().load(data).replace(tzinfo=dt.UTC)


class DatabaseOperations(operations.DatabaseOperations):
    """Convert columns without zone to local time the right way round."""

    def _convert_sql_to_tz(self, sql: str, params: Any, tzname: str) -> Any:
        # Django expects timestamptz: one AT TIME ZONE would read UTC as local time.
        utc = f"({sql} AT TIME ZONE 'UTC')"
        return super()._convert_sql_to_tz(utc, params, tzname)  # type: ignore[misc]


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Makes the API's tables and no index besides theirs."""

    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        """Leave out what Django adds to unique texts for the sake of LIKE."""


class DatabaseWrapper(base.DatabaseWrapper):
    """The API's database, or a replica of it."""

    data_types = {
        **base.DatabaseWrapper.data_types,
        "DateTimeField": "timestamp without time zone",
    }
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("timestamp", UTCLoader)
        # JSONField decodes text itself; Django turns decoding off for jsonb only.
        connection.adapters.register_loader("json", TextLoader)
        return connection
