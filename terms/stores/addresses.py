"""From an address to a store: `sqlite:terms.db#istanbul`, `postgresql://...#istanbul`, a file, a folder.

What stands behind `#` names one stream; without it the address means all of them. The engines are
imported only when an address asks for one, because their drivers are large and one of them is optional.
"""

from importlib.util import find_spec

from msgspec import Struct

from terms.ground.addresses import SCHEMES, is_elsewhere, meant_scheme
from terms.stores.errors import BadAddress, NoStream
from terms.stores.json_lines import SUFFIX as JSON_LINES
from terms.stores.json_lines import JsonLinesStore
from terms.stores.store import Store
from terms.stores.text import TextStore


class Address(Struct, frozen=True):
    """Where a store is, and which stream of it is meant; None: all of them."""

    store: str
    stream: str | None = None


def is_store_address(words: str) -> bool:
    """Whether words name a store rather than a record's text: a scheme, or a file of sealed lines."""
    return is_elsewhere(words)


def read_address(words: str) -> Address:
    """The address that words spell. `#` in the path of a file is written `%23`.

    Raises:
        BadAddress: there is nothing before or behind the `#`, or a password is written so that it ends elsewhere.
    """
    who = words.partition("://")[2].rpartition("@")[0]
    if ":" in who and any(mark in who for mark in "#/?@"):
        raise BadAddress(
            words, "in a password # is written %23, / %2F, ? %3F, @ %40; better give none: PostgreSQL takes it from"
            " PGPASSWORD or ~/.pgpass",
        )  # fmt: skip
    store, mark, stream = words.partition("#")
    if not store or (mark and not stream):
        raise BadAddress(words, "write STORE#STREAM, or STORE for all of its streams")
    return Address(store.replace("%23", "#"), stream or None)


def open_store(words: str, *, create: bool = False) -> Store:
    """The store at an address (without `#STREAM`). `create`: make one where there is none.

    Raises:
        BadAddress: no such kind of store, or its driver is not installed.
        Unreachable: it is not there, or cannot be opened.
    """
    if words.startswith("sqlite:"):
        from terms.stores.sqlite import SqliteStore

        return SqliteStore(_path(words), create=create)
    if words.startswith(("postgresql://", "postgres://")):
        if find_spec("psycopg") is None or find_spec("psycopg_pool") is None:
            raise BadAddress(words, "PostgreSQL needs its driver: pip install 'ceasefire-terms[postgres]'")
        from terms.stores.postgres import PostgresStore

        return PostgresStore(words, create=create)
    if words.startswith(("kurrentdb://", "esdb://", "umadb://", "eventsourcing:")):
        from terms.stores.backends import open_backend

        return open_backend(words)
    if words.endswith(JSON_LINES):
        return JsonLinesStore(words, create=create)
    if ":" in words.partition("/")[0] and not words.endswith(".yaml"):
        raise BadAddress(words, _near(words))
    return TextStore(words, create=create)


def only_stream(store: Store, stream: str | None) -> str:
    """The stream that is meant: the one named, else the only one there is.

    Raises:
        NoStream: it is not there, or none is named among several.
    """
    names = store.streams()
    if stream is None and len(names) == 1:
        return names[0]
    if stream is None or stream not in names:
        raise NoStream(stream or "", names)
    return stream


def _path(words: str) -> str:
    path = words.removeprefix("sqlite:")
    if path.startswith("//"):
        path = path.removeprefix("//")
    if not path:
        raise BadAddress(words, "write sqlite:PATH, such as sqlite:terms.db")
    return path


def _near(words: str) -> str:
    """What to write instead of a beginning that no store has."""
    near = meant_scheme(words)
    if near is not None:
        return f"did you mean {near}?"
    return f"a store begins with {', '.join(SCHEMES[:2])}, umadb:// or kurrentdb://, or is a file or folder"
