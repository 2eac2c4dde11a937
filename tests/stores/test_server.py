"""A server that several people use: what an address says of it, and what is said when it is not to be had."""

import shutil
from pathlib import Path

import psycopg
import pytest

from terms.stores.addresses import read_address
from terms.stores.chain import sealed
from terms.stores.errors import BadAddress, Unreachable
from terms.stores.postgres import PostgresStore
from terms.stores.postgres_server import reason
from tests.golden import told
from tests.stores.places import DECLARED, fresh_database, lines

RECORD = Path(__file__).parent.parent / "cli" / "valley.record.yaml"
ACCEPT = b'{"date": "2031-03-20", "kind": "accept", "by": "south", "of": "n-25", "source": "M1 p.12"}'


def test_a_password_in_an_address_is_shown_nowhere_and_still_opens_the_store(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(RECORD, tmp_path)
    address = fresh_database(server).replace("postgres:@", "postgres:hunter2@")
    assert "hunter2" in address
    told(["store", "import", "valley.record.yaml", address])
    for asked in (["show", address], ["check", address], ["refs", "n-25", address], ["add", address]):
        out = told(asked, stdin=ACCEPT)
        assert "postgres@" in out or asked[0] in ("show", "refs")
        assert "hunter2" not in out
        assert "[exit 2]" not in out


@pytest.mark.parametrize(("change", "said"), [
    (("?host=", "no-such-base?host="), "does not exist"),
    (("postgres:@", "nobody:hunter2@"), 'role "nobody" does not exist'),
    (("?host=", "?sslmod=require&host="), "sslmod"),
])  # fmt: skip
def test_why_a_server_cannot_be_had_is_said_at_once(server, change, said):
    with pytest.raises(Unreachable, match=said) as refused:
        PostgresStore(fresh_database(server).replace(*change))
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("address", [
    "postgresql://me:hunter2#x@127.0.0.1:1/base", "postgresql://me:1234#hunter2@127.0.0.1:1/base",
    "postgresql://me:hunter2/x@127.0.0.1:1/base", "postgresql://me:hunter2@home@127.0.0.1:1/base",
])  # fmt: skip
def test_a_password_that_would_end_the_address_is_refused_unread_and_unshown(address):
    with pytest.raises(BadAddress, match=r"%23.*PGPASSWORD") as refused:
        read_address(address)
    assert "me@127.0.0.1:1/base" in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert "1234" not in str(refused.value)


@pytest.mark.parametrize(("address", "shown"), [
    ("postgresql://127.0.0.1:1/base?user=me&password=hunter2", "127.0.0.1:1/base?user=me&password=...:"),
    ("postgresql://me:hun%ter2@127.0.0.1:1/base", "me@127.0.0.1:1/base: "),
    ("postgresql://me:hunter2", "postgresql://me: "),
])  # fmt: skip
def test_a_password_anywhere_in_an_address_or_in_what_the_driver_says_is_shown_nowhere(address, shown):
    with pytest.raises(Unreachable) as refused:
        PostgresStore(address)
    assert shown in str(refused.value)
    assert "ter2" not in str(refused.value)


@pytest.mark.parametrize(("said", "way"), [
    ('FATAL:  password authentication failed for user "me"', "PGPASSWORD or ~/.pgpass"),
    ("fe_sendauth: no password supplied", "PGPASSWORD or ~/.pgpass"),
    ("failed to resolve host 'velm'", "look at the name of the host"),
    ('port 1 failed: Connection refused', "no server listens there"),
    ("terminating connection due to administrator command", "give the command again"),
    ("permission denied for schema public", "its owner has to grant that"),
])  # fmt: skip
def test_what_the_driver_says_comes_with_a_way_out(said, way):
    assert way in reason(psycopg.OperationalError(f"{said}\n"))


def test_a_server_that_is_nowhere_is_told_by_what_the_network_says():
    with pytest.raises(Unreachable, match="refused"):
        PostgresStore("postgresql://127.0.0.1:1/base")


def test_what_else_stands_in_an_address_goes_to_the_driver(server):
    store = PostgresStore(fresh_database(server).replace("?host=", "?application_name=velm&host="))
    store.append("velm", DECLARED, expected=0)
    with psycopg.connect(server.get_uri()) as connection:
        found = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'velm'")
        assert found.fetchone()[0] > 0
    store.close()


def test_a_user_without_the_right_is_told_what_a_party_reads(server):
    address = fresh_database(server)
    store = PostgresStore(address)
    store.append("velm", DECLARED, expected=0)
    store.close()
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS onlooker")
        connection.execute("CREATE ROLE onlooker LOGIN")

    def looked():
        return [*PostgresStore(address.replace("postgres:@", "onlooker@"), create=False).read("velm")]

    with pytest.raises(Unreachable, match="a party reads the view"):
        looked()


def test_a_line_changed_and_sealed_anew_is_named_by_the_index_of_ids(server):
    address = fresh_database(server)
    store = PostgresStore(address)
    store.append("velm", (*DECLARED, *lines(1, 3)), expected=0)
    assert store.faults() == ()
    before, old, _ = [*store.read("velm")][1:]
    forged = sealed(old.content.replace(b"words 2", b"words 9"), before.sealed.link).packed()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("UPDATE stored_events SET state = %s WHERE originator_version = 3", (forged,))
    assert store.faults() == ("line 3 of 'velm' is not what the index of ids says",)
    store.close()
