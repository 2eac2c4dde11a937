"""The way to a PostgreSQL server: a few connections held open, and made anew once a server that was lost is back.

The driver's pool goes on trying for minutes, ever more rarely, to replace connections that ended, and whoever asks
something meanwhile waits for it. So once a connection was lost the next question is preceded by one attempt to
connect, which fails at once and says why; where it does not, all connections are new.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

import psycopg
from eventsourcing.persistence import PersistenceError
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from terms.stores.errors import Lost, Unreachable, without_password, without_secrets

CONNECT_SECONDS = 5.0
TAKEN = ("dbname", "host", "port", "user", "password")
"""What the recorder takes of an address; what else stands in it, such as `sslmode`, goes to the driver as it is."""

KEEPING = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""How soon a network that went silent counts as gone (seconds, the last in milliseconds), unless the address says."""

Answer = TypeVar("Answer")


class Server:
    """The database that a `postgresql://` address names. `datastore` and `recorder` are those of the library."""

    datastore: PostgresDatastore
    recorder: PostgresApplicationRecorder

    def __init__(self, address: str) -> None:
        self.address = without_password(address)
        self._words = address
        self._lock = Lock()
        self._is_lost = False
        try:
            self._connect()
        except psycopg.Error as fault:
            raise Unreachable(self.address, self._reason(fault)) from fault

    def asked(self, question: Callable[[], Answer]) -> Answer:
        """The answer to a question that changes nothing; asked again where the connection had ended since the last.

        Raises:
            Lost: the server is gone.
            Unreachable: it refuses.
        """
        try:
            with self.told():
                return question()
        except Lost:
            with self.told():
                return question()

    @contextmanager
    def told(self) -> Iterator[None]:
        """What PostgreSQL objects to, in words of ours. Before that it is looked for, if it was lost.

        Raises:
            Lost: the server is gone.
            Unreachable: it refuses.
        """
        self._come_back()
        try:
            yield
        except (PersistenceError, psycopg.Error) as fault:
            if _is_of_connection(fault):
                self._is_lost = True
                raise Lost(self.address, reason(fault)) from fault
            raise Unreachable(self.address, reason(fault)) from fault

    def close(self) -> None:
        """End all connections."""
        self.datastore.close()

    def _come_back(self) -> None:
        with self._lock:
            if not self._is_lost:
                return
            old = self.datastore
            try:
                self._connect()
                self.datastore.register_type_adapters()
            except (PersistenceError, psycopg.Error) as fault:
                raise Lost(self.address, self._reason(fault)) from fault
            self._is_lost = False
        old.close()

    def _connect(self) -> None:
        named = conninfo_to_dict(self._words, connect_timeout=int(CONNECT_SECONDS))
        # The pool would not say why it gets no connection.
        psycopg.connect(self._words, connect_timeout=int(CONNECT_SECONDS)).close()
        made = PostgresDatastore(
            dbname=str(named.get("dbname", "postgres")), host=str(named.get("host", "")),
            port=str(named.get("port", "")), user=str(named.get("user", "")), password=str(named.get("password", "")),
            connect_timeout=CONNECT_SECONDS, pool_size=1, max_overflow=4, originator_id_type="text",
            enable_db_functions=True,
        )  # fmt: skip
        passed = made.pool.kwargs
        if isinstance(passed, dict):
            passed.update(KEEPING | {key: said for key, said in named.items() if key not in TAKEN})
        self.datastore, self.recorder = made, PostgresApplicationRecorder(made)

    def _reason(self, fault: Exception) -> str:
        return without_secrets(reason(fault), self._words)


def _is_of_connection(fault: Exception) -> bool:
    """Whether the connection is what failed, and not what was asked of the server."""
    cause = fault if isinstance(fault, psycopg.Error) else fault.__cause__
    if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    return cause.sqlstate is None or cause.sqlstate.startswith(("08", "57P"))


def reason(fault: Exception) -> str:
    """What the driver says, in one line: of several attempts to connect, what each came to."""
    first, *more = [line.strip().lstrip("- ") for line in str(fault).strip().splitlines()] or [""]
    said = " ".join((first, *more)) if first.endswith(":") else first
    for words, told in REASONS.items():
        if words in said:
            return told
    way = next((way for words, way in WAYS_OUT.items() if words in said), "")
    return f"{said}: {way}" if way else said


_PASSWORD = (
    "PostgreSQL takes it from PGPASSWORD or ~/.pgpass, and one in the address needs %-signs for # / ? @"
)
WAYS_OUT = {
    "password authentication failed": f"look at the user and the password; {_PASSWORD}",
    "no password supplied": _PASSWORD,
    "failed to resolve host": "look at the name of the host, and whether you are on its network",
    "Connection refused": "no server listens there; look at host and port, and whether it runs",
    "No such file or directory": "no server listens there; look at the folder, and whether it runs",
    "timeout expired": "nobody answers there; look at host and port, and whether a firewall is between",
    "does not exist": "whoever runs the server makes it (createdb, createuser), or look at the name",
    "no pg_hba.conf entry": "whoever runs the server has to let this user in from here (pg_hba.conf)",
}


REASONS = {
    "couldn't get a connection": "the connection to the server was lost, and none came again in time",
    "permission denied": "this user may not read or write the store: its owner has to grant that; a party reads the"
    " view that `terms store grant` named",
    "terminating connection": "the server ended the connection; once it runs again, give the command again",
    "server closed the connection": "the server ended the connection; once it runs again, give the command again",
}
