"""A role of a real PostgreSQL is given what one party knows, by one word, and gets nothing else."""

import uuid

import psycopg
import pytest

from terms.stores.lines import header_line, line_of
from terms.stores.postgres import PostgresStore
from tests.golden import told
from tests.stores.places import HEADER, event, fresh_database

SECRET = event(2, channel="private", to="east", that="quiet words")


@pytest.fixture
def address(server):
    """A database with one open event, and one that south does not know."""
    made = fresh_database(server)
    store = PostgresStore(made)
    store.append("velm", (header_line(HEADER), line_of(event(1)), line_of(SECRET)), expected=0)
    store.close()
    return made


def test_a_role_reads_what_its_party_knows_and_nothing_else(address):
    role = f"south_{uuid.uuid4().hex}"
    said = told(["store", "grant", f"{address}#velm", "south", role])
    assert said == f'{role} may read what south knows: SELECT * FROM seen."velm/south"\n'
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(f'ALTER ROLE "{role}" LOGIN')
    with psycopg.connect(address, user=role, autocommit=True) as connection:
        rows = connection.execute('SELECT number, kind FROM seen."velm/south" ORDER BY number').fetchall()
        assert rows == [(1, "header"), (2, "state")]
        for table in ("stored_events", "stream_heads", "event_ids", "party_lines"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT * FROM {table}")


def test_what_is_appended_later_is_granted_as_well(address):
    role = f"south_{uuid.uuid4().hex}"
    told(["store", "grant", address, "south", role])
    store = PostgresStore(address)
    length = store.head("velm").length
    store.append("velm", (line_of(event(3)),), expected=length)
    store.close()
    with psycopg.connect(address, autocommit=True) as owner:
        assert owner.execute('SELECT count(*) FROM seen."velm/south"').fetchone() == (3,)


@pytest.mark.parametrize(("words", "why"), [
    (["south"], "terms store grant takes STORE#STREAM PARTY ROLE"), (["souht", "reader"], "did you mean 'south'?"),
], ids=["no role", "no such party"])  # fmt: skip
def test_what_cannot_be_granted_is_refused(address, words, why):
    assert why in told(["store", "grant", f"{address}#velm", *words])


def test_an_engine_without_roles_says_what_to_do_instead():
    assert "terms export RECORD --for PARTY" in told(["store", "grant", "sqlite:terms.db", "south", "reader"])
