"""`make faults`: kill writers and servers, take away what a store needs, and print what was lost (nothing)."""

import sys
import tempfile
import time
from pathlib import Path

from terms.stores.sqlite import SqliteStore
from tests.faults.killing import kill_writers
from tests.faults.refusals import REFUSALS, tried
from tests.faults.server import kill_server
from tests.stores.places import fresh_database, start_server


def main(kills: int, restarts: int) -> int:
    """Everything in turn; 1 when anything was lost, doubled, or acknowledged and not stored."""
    from terms.stores.postgres import PostgresStore

    clean = True
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        counts = kill_writers(lambda: SqliteStore(f"{folder}/terms.db"), kills, told=True)
        print(
            f"\rSQLite (WAL, synchronous=FULL), writers killed: {counts.told()} [{time.monotonic() - begun:.0f} s]"
        )
        clean &= counts.is_clean
    server = start_server()
    begun, address = time.monotonic(), fresh_database(server)
    counts = kill_writers(lambda: PostgresStore(address), kills, told=True)
    print(
        f"\rPostgreSQL (synchronous_commit=on), writers killed: {counts.told()} [{time.monotonic() - begun:.0f} s]"
    )
    clean &= counts.is_clean
    begun, other = time.monotonic(), fresh_database(server)
    counts = kill_server(server, lambda: PostgresStore(other), restarts, told=True)
    print(f"\rPostgreSQL, server killed under load: {counts.told()} [{time.monotonic() - begun:.0f} s]")
    clean &= counts.is_clean
    for name in REFUSALS:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o777)
            found = tried(name, Path(folder), server)
        print(found.told())
        clean &= found.is_clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in (sys.argv[1:] or ["500", "20"]))))
