"""From an address to a store: `sqlite:terms.db#istanbul`, `postgresql://...#istanbul`, a file, a folder.

What stands behind `#` names one stream; without it the address means all of them. The engines are
imported only when an address asks for one, because their drivers are large and one of them is optional.
"""

from importlib.util import find_spec

from msgspec import Struct

from terms.ground.addresses import SCHEMES, is_elsewhere
from terms.stores.errors import BadAddress, NoStream
from terms.stores.json_lines import SUFFIX as JSON_LINES
from terms.stores.json_lines import JsonLinesStore
from terms.stores.store import Store
from terms.stores.text import TextStore

DISTRIBUTED = {
    "kurrentdb://": ("eventsourcing_kurrentdb", "KURRENTDB_URI"),
    "esdb://": ("eventsourcing_kurrentdb", "KURRENTDB_URI"),
    "umadb://": ("eventsourcing_umadb", "UMADB_URI"),
}
"""Adapters of other back ends by scheme: the module, and the setting that takes the address."""


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
        BadAddress: there is nothing before or behind the `#`.
    """
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
    for scheme, (module, setting) in DISTRIBUTED.items():
        if words.startswith(scheme):
            return _recorded(module, {setting: _uri(words)}, words, by_number=True)
    if words.startswith("eventsourcing:"):
        return _recorded(words.removeprefix("eventsourcing:"), {}, words)
    if words.endswith(JSON_LINES):
        return JsonLinesStore(words, create=create)
    if ":" in words.partition("/")[0] and not words.endswith(".yaml"):
        raise BadAddress(words, f"a store begins with {', '.join(SCHEMES[:3])}, or is a file or folder")
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


def _uri(words: str) -> str:
    """The address as the adapter takes it: UmaDB speaks gRPC, whose addresses begin with http."""
    return f"http://{words.removeprefix('umadb://')}" if words.startswith("umadb://") else words


def _recorded(module: str, settings: dict[str, str], words: str, *, by_number: bool = False) -> Store:
    from terms.stores.recorded import recorded_store

    return recorded_store(module, settings, words, by_number=by_number)
