"""In PostgreSQL a party's role reads its own stream, and plain SQL gives it nothing else. Real roles, a real server."""

import uuid

import psycopg
import pytest

from terms.stores.chain import START, digest_of, link_after
from terms.stores.lines import header_line, line_of
from terms.stores.postgres import PostgresStore
from terms.stores.store import Snapshot
from tests.stores.places import HEADER, event, fresh_database
from tests.stores.test_projecting import private

SECRET = private("north-secret", "north", "east", note="a quiet word")


@pytest.fixture
def told(server):
    """A database with one open event, one that south does not know, and another open one; connected as south's role."""
    address = fresh_database(server)
    role = f"south_{uuid.uuid4().hex}"  # roles belong to the whole server
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(f'CREATE ROLE "{role}" LOGIN')
    store = PostgresStore(address)
    store.append("velm", (header_line(HEADER), line_of(event(1))), expected=0)
    store.grant("velm", "south", role)
    store.append("velm", (line_of(SECRET),), expected=2)
    store.append("velm", (line_of(event(2)),), expected=3)
    store.keep_snapshots("velm", [Snapshot("", 1, b"{}")], make="any")
    store.close()
    with psycopg.connect(address, user=role, autocommit=True) as connection:
        yield connection


def seen(connection):
    return connection.execute(
        'SELECT number, content, digest, link FROM seen."velm/south" ORDER BY number'
    ).fetchall()


def test_a_party_reads_its_events_numbered_without_gaps(told):
    assert [row[0] for row in seen(told)] == [1, 2, 3]
    assert bytes(seen(told)[2][1]) == line_of(event(2)).content


def test_the_stream_of_a_party_has_a_chain_of_its_own(told):
    link = START
    for _, content, digest, noted in seen(told):
        link = link_after(link, digest)
        assert (digest_of(bytes(content)), noted) == (digest, link)


def test_nothing_of_a_hidden_event_is_in_it(told):
    whole = repr(seen(told))
    assert "secret" not in whole
    assert "quiet" not in whole
    assert "east" not in whole


ABSENT = (psycopg.errors.UndefinedColumn,)  # a view has no xmin at all


@pytest.mark.parametrize("question", [
    "SELECT * FROM stored_events", "SELECT count(*) FROM stored_events", "SELECT * FROM stream_heads",
    "SELECT * FROM event_ids", "SELECT * FROM state_parts", "SELECT append_lines('velm', 1, '', '', '{}', '{}', '{}', '{}', '', '', '1')", "SELECT * FROM party_lines", "SELECT * FROM party_grants",
    "SELECT max(notification_id) FROM stored_events", "SELECT last_value FROM stored_events_notification_id_seq",
    "SELECT xmin FROM seen.\"velm/south\"", "SELECT reltuples FROM pg_class", "SELECT n_tup_ins FROM pg_stat_user_tables",
    "SELECT xact_commit FROM pg_stat_database", "SELECT * FROM pg_stat_activity", "SELECT * FROM pg_locks",
    "SELECT pg_current_wal_lsn()", "SELECT pg_current_wal_insert_lsn()", "SELECT txid_current()",
    "SELECT pg_current_xact_id()", "SELECT pg_current_snapshot()", "SELECT pg_database_size(current_database())",
    "SELECT pg_relation_size('stored_events')", "SELECT pg_total_relation_size('stored_events')",
    "SELECT pg_stat_get_tuples_inserted('stored_events'::regclass)", "SELECT pg_stat_get_db_xact_commit(1::oid)",
    "SELECT * FROM pg_control_checkpoint()", "INSERT INTO stored_events VALUES ('velm', 9, 'x', '')",
    "INSERT INTO seen.\"velm/south\" VALUES (9, 'x', '', '', '')", "DELETE FROM seen.\"velm/south\"",
    "SELECT es_insert_events_text('{}'::stored_event_text[])", "CREATE TABLE public.mine ()", "SET ROLE postgres",
    "SELECT datname FROM pg_database WHERE pg_database_size(datname) > 0", "SELECT rolname FROM pg_roles", "SELECT * FROM pg_user", "CREATE TEMPORARY TABLE mine ()", "SELECT lo_create(0)", "SELECT * FROM pg_stat_wal",
    "SELECT pg_read_file('PG_VERSION')", "SELECT * FROM pg_get_viewdef('seen.\"velm/south\"'::regclass)",
    "SELECT age('1'::xid)", "SELECT relfrozenxid FROM pg_class", "SELECT datfrozenxid FROM pg_database",
])  # fmt: skip
def test_plain_sql_gives_a_party_nothing_else(told, question):
    with pytest.raises((psycopg.errors.InsufficientPrivilege, *ABSENT)):
        told.execute(question)
