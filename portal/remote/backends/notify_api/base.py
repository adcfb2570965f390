"""A database alias that the Notify API answers: SQL is refused, transactions are empty."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import Error, NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.base.features import BaseDatabaseFeatures
from django.db.backends.base.introspection import BaseDatabaseIntrospection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.dummy.base import DatabaseClient

LOOKUPS = (
    *("exact", "iexact", "contains", "icontains", "regex", "iregex"),
    *("gt", "gte", "lt", "lte"),
    *("startswith", "endswith", "istartswith", "iendswith"),
)


def refuse(*args: Any, **kwargs: Any) -> NoReturn:
    """Refuse SQL with the ways out."""
    raise NotSupportedError(
        "The Notify API has no endpoint for this query and takes no SQL. "
        'Use an endpoint\'s filters, or .using("notify_replica") where a replica is configured.'
    )


def nothing(*args: Any, **kwargs: Any) -> None:
    """Do what an API without connections, transactions and tables needs: nothing."""


class DatabaseFeatures(BaseDatabaseFeatures):
    """What Django's tests and transactions ask of a database."""

    # A class attribute, as the inherited property creates a table to find out.
    supports_transactions = True
    uses_savepoints = False
    has_bulk_insert = True
    can_return_columns_from_insert = True
    supports_foreign_keys = False
    can_introspect_foreign_keys = False
    test_db_allows_multiple_connections = True


class DatabaseOperations(BaseDatabaseOperations):
    """Enough to compile a query as far as the cursor that refuses it."""

    compiler_module = "django.db.models.sql.compiler"
    execute_sql_flush = nothing

    def quote_name(self, name: str) -> str:
        return name if name.startswith('"') else f'"{name}"'

    def sql_flush(self, *args: Any, **kwargs: Any) -> list[str]:
        return []


class DatabaseCreation(BaseDatabaseCreation):
    """Test runs have no database to make."""

    create_test_db = destroy_test_db = clone_test_db = nothing  # type: ignore[assignment]
    setup_worker_connection = nothing

    def serialize_db_to_string(self) -> str:
        return "[]"

    def test_db_signature(self) -> tuple[str, str, str, str]:
        return ("notify_api", self.connection.alias, "", "")


class DatabaseIntrospection(BaseDatabaseIntrospection):
    """An API has no tables."""

    def get_table_list(self, cursor: Any) -> list[Any]:
        return []

    def table_names(self, cursor: Any = None, include_views: bool = False) -> list[str]:
        return []

    def sequence_list(self) -> list[dict[str, str]]:
        return []


class Database:
    """The exception classes of a driver, which Django looks up."""

    Error = DatabaseError = DataError = OperationalError = IntegrityError = Error
    InterfaceError = InternalError = ProgrammingError = NotSupportedError = Error


class DatabaseWrapper(BaseDatabaseWrapper):
    """The alias ``notify_api``."""

    vendor = "notify"
    display_name = "Notify API"
    Database = Database
    SchemaEditorClass = BaseDatabaseSchemaEditor
    data_types: dict[str, str] = {}
    operators = {lookup: f"{lookup} %s" for lookup in LOOKUPS}
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    creation_class = DatabaseCreation
    introspection_class = DatabaseIntrospection
    client_class = DatabaseClient

    # Django keeps its own books of nested blocks and on_commit; nothing goes anywhere.
    ensure_connection = connect = nothing
    _commit = _rollback = _close = _set_autocommit = nothing
    _savepoint = _savepoint_commit = _savepoint_rollback = nothing
    init_connection_state = check_constraints = nothing
    close = close_if_unusable_or_obsolete = close_if_health_check_failed = nothing
    cursor = chunked_cursor = create_cursor = schema_editor = refuse

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.autocommit = True

    def get_autocommit(self) -> bool:
        return self.autocommit

    def set_autocommit(
        self,
        autocommit: bool,
        force_begin_transaction_with_broken_autocommit: bool = False,
    ) -> None:
        self.autocommit = autocommit
        if autocommit and self.run_commit_hooks_on_set_autocommit_on:
            self.run_and_clear_commit_hooks()
            self.run_commit_hooks_on_set_autocommit_on = False

    def is_usable(self) -> bool:
        return True
