"""``manage.py check_mirror`` against databases that the sandbox built on PostgreSQL."""

from __future__ import annotations

import io

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from environ import Env

from portal.remote.catalogue import differences, read_mirror, read_postgres
from portal.remote.catalogue.tables import condition
from portal.remote.schema import mirror_models
from tests.remote.conftest import sandbox_database

MIRROR = [
    model
    for model in mirror_models()
    if model._meta.app_label not in {"sandbox", "staffing"}
]


def check(**options):
    """Run the command; return its exit code and what it wrote."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_mirror", stdout=out, stderr=err, **options)
    except SystemExit as end:
        return end.code, out.getvalue() + err.getvalue()
    return 0, out.getvalue() + err.getvalue()


@pytest.fixture
def mirrored(monkeypatch):
    """Leave the tests' invented domain out of the mirror."""
    monkeypatch.setattr(
        "portal.remote.management.commands.check_mirror.mirror_models", lambda: MIRROR
    )


@pytest.fixture
def changing(api_database, django_db_blocker):
    """Run SQL, and give the differences that it makes, in a transaction that is rolled back."""

    def run(*statements):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            found = differences(read_mirror(MIRROR), read_postgres(alias))
            transaction.set_rollback(True, using=alias)
        return found

    alias = "changing"
    config = dict(Env.db_url_config(api_database))
    config["ENGINE"] = "portal.remote.backends.notify_postgresql"
    chosen = connections.configure_settings({"default": config})
    connections.databases[alias] = chosen["default"]
    with django_db_blocker.unblock():
        yield run
        connections[alias].close()
    del connections[alias], connections.databases[alias]


@pytest.mark.postgres
def test_what_the_sandbox_built_has_no_difference(
    api_database, mirrored, django_db_blocker
):
    with django_db_blocker.unblock():
        code, said = check(database=api_database)

    assert (code, said) == (0, "No difference in 77 tables and views.\n")


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("ALTER TABLE rates RENAME TO sandbox_rates", "rates: no such table"),
        ("CREATE TABLE news (id integer)", "news: not in the mirror"),
        (
            "DROP VIEW notifications_all_time_view",
            "notifications_all_time_view: no such",
        ),
        (
            "ALTER TABLE jobs DROP original_file_name",
            "jobs: no column original_file_name",
        ),
        ("ALTER TABLE jobs ADD news text", "jobs: column news is not in the mirror"),
        (
            "ALTER TABLE jobs ALTER original_file_name TYPE text",
            "jobs: column original_file_name is text, not character varying",
        ),
        (
            "ALTER TABLE jobs ALTER created_at TYPE timestamptz",
            "jobs: column created_at is timestamp with time zone, not timestamp without",
        ),
        (
            "ALTER TABLE jobs ALTER created_at DROP NOT NULL",
            "jobs: column created_at is nullable, not not null",
        ),
        (
            "ALTER TABLE jobs ALTER archived SET DEFAULT false",
            "jobs: column archived has default false, not none",
        ),
        (
            "ALTER TYPE recipient_type ADD VALUE 'post'",
            "service_whitelist: column recipient_type takes email, mobile, post, not",
        ),
        (
            "ALTER TABLE api_keys_history DROP CONSTRAINT api_keys_history_pkey",
            "api_keys_history: primary key (nothing), not (id, version)",
        ),
        (
            "ALTER TABLE jobs DROP CONSTRAINT jobs_template_id_fkey",
            "jobs: no foreign key (template_id) to templates(id)",
        ),
        (
            "ALTER TABLE jobs ADD FOREIGN KEY (id) REFERENCES users (id)",
            "jobs: foreign key (id) to users(id) is not in the mirror",
        ),
        (
            "ALTER TABLE notifications DROP CONSTRAINT uq_notifications_job_row_number",
            "notifications: no unique constraint (job_id, job_row_number)",
        ),
        (
            "ALTER TABLE users DROP CONSTRAINT ck_user_has_mobile_or_other_auth",
            "users: no check constraint (auth_type in 'email_auth','webauthn_auth' or "
            "mobile_number is not null)",
        ),
        ("DROP INDEX ix_jobs_service_id", "jobs: no index ix_jobs_service_id btree"),
        (
            "CREATE INDEX ix_news ON jobs (created_at, id)",
            "jobs: index ix_news btree (created_at, id) is not in the mirror",
        ),
        (
            "DROP INDEX ix_jobs_service_id; CREATE INDEX ix_jobs_service_id ON jobs (id)",
            "jobs: index ix_jobs_service_id is btree (id), not btree (service_id)",
        ),
        (
            "DROP INDEX uix_service_to_key_name; CREATE UNIQUE INDEX"
            " uix_service_to_key_name ON api_keys (service_id, name)",
            "api_keys: index uix_service_to_key_name is unique btree (service_id, name), "
            "not unique btree (service_id, name) where expiry_date is null",
        ),
        (
            "DROP INDEX ix_notifications_normalised_to_trgm",
            "notifications: no index ix_notifications_normalised_to_trgm gin "
            "(normalised_to) gin_trgm_ops",
        ),
        (
            "DROP STATISTICS st_dep_jobs_service_id_template_id",
            "jobs: no statistics st_dep_jobs_service_id_template_id (service_id, "
            "template_id) dependencies",
        ),
    ],
)
def test_each_difference_is_a_sentence(changing, sql, sentence):
    found = changing(*sql.split("; "))

    assert len(found) == 1
    assert found[0].startswith(sentence)


@pytest.mark.postgres
def test_the_demo_keeps_to_the_schema(tmp_path, mirrored, django_db_blocker):
    """Its keys and indexes are taken away while it is written, and are all there again."""
    with sandbox_database(tmp_path, "seed.fill(1)") as url:
        with psycopg.connect(url) as server:
            sent = server.execute("SELECT count(*) FROM notifications").fetchone()[0]
        with django_db_blocker.unblock():
            code, said = check(database=url)

    assert sent > 100
    assert (code, said) == (0, "No difference in 77 tables and views.\n")


@pytest.mark.postgres
def test_differences_are_printed_and_counted(api_database, mirrored, django_db_blocker):
    with psycopg.connect(api_database, autocommit=True) as server:
        server.execute("CREATE TABLE news (id integer)")
        server.execute("ALTER TABLE jobs ALTER created_at DROP NOT NULL")
        try:
            with django_db_blocker.unblock():
                code, said = check(database=api_database)
        finally:
            server.execute("DROP TABLE news")
            server.execute("ALTER TABLE jobs ALTER created_at SET NOT NULL")

    assert code == 1
    assert said.splitlines() == [
        "news: not in the mirror",
        "jobs: column created_at is nullable, not not null",
        "Differences: 2.",
    ]


@pytest.mark.parametrize(
    ("database", "says"),
    [
        ("no-alias", "There is no database no-alias"),
        ("default", "default is no PostgreSQL database"),
        ("postgres://127.0.0.1:9/nothing", "The database cannot be read"),
        ("sqlite:///nothing", "is no PostgreSQL database"),
        ("nothing://", "is no PostgreSQL database"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(database, says, django_db_blocker):
    with django_db_blocker.unblock(), pytest.raises(CommandError, match=says):
        check(database=database)


@pytest.mark.parametrize(
    ("written", "given_back"),
    [
        ("jobs.state != 'x'", "((state)::text <> 'x'::text)"),
        (
            "a in ('x', 'y') or b is not null",
            "(((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])"
            "::text[])) OR (b IS NOT NULL))",
        ),
        ("kind = 'a' OR c IS false", "((kind = 'a'::kinds) OR (NOT c))"),
    ],
)
def test_a_condition_is_the_same_as_postgresql_gives_it_back(written, given_back):
    assert condition(written) == condition(given_back)
