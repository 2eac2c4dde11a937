"""Other engines behind the recorders of the `eventsourcing` library: which adapter an address asks for, and its ways.

Each is a package of its own that need not be there: nothing is imported before an address asks for it.
"""

from importlib import import_module
from importlib.util import find_spec

from eventsourcing.persistence import InfrastructureFactory, InfrastructureFactoryError, PersistenceError
from msgspec import Struct

from terms.stores.errors import BadAddress, Unreachable, without_password
from terms.stores.recorded import RecordedStore, told_by

LIBRARY = "eventsourcing:"
"""An address of the library's own kind: behind it stands the module that makes the recorder."""


class Backend(Struct, frozen=True):
    """One engine: its adapter's module, what to install, the setting that takes the address, and its ways.

    `by_number` and `first` as `RecordedStore` has them. `driver` is the module and the class of what its driver
    raises (None: nothing of its own). `uri` takes the place of the scheme where the adapter calls it otherwise.
    """

    module: str
    install: str = ""
    setting: str = ""
    by_number: bool = False
    first: int = 1
    driver: tuple[str, str] | None = None
    uri: str = ""


_KURRENT = Backend(
    "eventsourcing_kurrentdb",
    "'eventsourcing-kurrentdb<1.3'",
    "KURRENTDB_URI",
    first=0,  # a stream of KurrentDB begins at 0, and another beginning is a conflict for it
    driver=("kurrentdbclient.exceptions", "KurrentDBClientError"),
)
BACKENDS = {
    "kurrentdb://": _KURRENT,
    "esdb://": _KURRENT,
    "umadb://": Backend(
        "eventsourcing_umadb",
        "'eventsourcing-umadb<0.4'",  # the next one replaces the library under our feet by an unfinished one
        "UMADB_URI",
        by_number=True,
        uri="http://",  # it speaks gRPC, whose addresses begin so
    ),
}
"""The engines that have a scheme of their own."""


def open_backend(words: str) -> RecordedStore:
    """The store behind the recorder that an adapter makes for an address.

    Raises:
        BadAddress: the adapter is not installed, or does not take such an address.
        Unreachable: it cannot be opened.
    """
    scheme = next((one for one in BACKENDS if words.startswith(one)), LIBRARY)
    where = words.removeprefix(scheme)
    backend = BACKENDS.get(scheme) or Backend(where)
    shown = without_password(words)
    if not _is_installed(backend.module):
        way_out = f"its adapter is not installed: pip install {backend.install}"
        raise BadAddress(shown, way_out if backend.install else f"there is no module '{where}'")
    faults = _faults(backend)
    settings = {
        "PERSISTENCE_MODULE": backend.module,
        "ORIGINATOR_ID_TYPE": "uuid" if backend.by_number else "text",
        backend.setting or "NOTHING": f"{backend.uri or scheme}{where}",
    }
    try:
        recorder = InfrastructureFactory.construct(settings).application_recorder()
    except (ValueError, InfrastructureFactoryError) as fault:
        raise BadAddress(shown, told_by(fault).replace(words, shown)) from fault
    except faults as fault:
        raise Unreachable(shown, told_by(fault)) from fault
    return RecordedStore(recorder, shown, by_number=backend.by_number, first=backend.first, faults=faults)


def _is_installed(module: str) -> bool:
    """Whether there is such a module; the package that it is in is asked for first."""
    top = module.partition(".")[0]
    return bool(top) and find_spec(top) is not None and find_spec(module) is not None


def _faults(backend: Backend) -> tuple[type[Exception], ...]:
    """What the driver of an engine raises, beside what Python raises where no server is."""
    found: tuple[type[Exception], ...] = (PersistenceError, OSError, RuntimeError)
    if backend.driver is None:
        return found
    module, name = backend.driver
    return (*found, getattr(import_module(module), name))
