"""Which lines may name something, told by their bytes: most need not be read for that."""

from collections.abc import Collection, Iterable, Iterator

from terms.records.renewing import RENEWALS
from terms.stores.store import Kept

SPELLED_OTHERWISE = (
    b"\\u",
    b":true",
    b":false",
    b":null",
    b"[true",
    b"[false",
    b"[null",
    b",true",
    b",false",
    b",null",
)
"""What a line holds that may spell a name otherwise than it reads: a letter by its number, a yes or no of JSON."""


def naming(lines: Iterable[Kept], names: Collection[str]) -> Iterator[Kept]:
    """The lines in which any of these names may stand. Names may be taken away while the lines come."""
    count, wanted = -1, list(SPELLED_OTHERWISE)
    for one in lines:
        if len(names) != count:
            count = len(names)
            wanted = [*SPELLED_OTHERWISE, *(name.encode() for name in names)]
        content = one.content
        if RENEWALS or _stands(wanted, content):
            yield one


def _stands(wanted: Iterable[bytes], content: bytes) -> bool:
    for words in wanted:  # noqa: SIM110 - a generator costs more than what it asks
        if words in content:
            return True
    return False
