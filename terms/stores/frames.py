"""The states of a long stream as the store keeps them: every few events the parts of the state that changed.

A part is a map of the state with few entries, or one entry of a large one; each is kept under the number of the
line at which it last changed. So the state after any keyframe is the latest of each part by then, no snapshot
grows with the stream, and going anywhere costs the same in a thousand events as in a million. Maps with few
entries are read whole, in one piece, the others are looked into (see `layered`). Each row says by a digest of its
own that it is as it was written, and each keyframe by a sum that all rows before it are there. What makes them is
in `framing`.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain

import msgspec
from msgspec import Struct

from terms.core.entries import Session
from terms.core.header import Header
from terms.core.talks import Talks, restored, unopened
from terms.ground.dates import Edtf
from terms.ground.maps import Map
from terms.stores.errors import StoreError
from terms.stores.layered import GONE, Layered
from terms.stores.state_words import NoWords, fields_of, read
from terms.stores.store import Snapshot, Store
from terms.values import Stance

EVERY = 64
"""Events from one keyframe to the next: what a jump folds at most."""

FEW = 400
"""Entries up to which a map is read whole with a keyframe; a larger one is looked into."""

LARGEST = 64 * 2**20
"""Bytes that a map read whole has at most: a row that unpacks to more was not written here."""

LATEST = 2**53
ROOT, OPTIONS, STANCE, ANEW = "", "?", "=/", "!"
"""Names of parts: what a keyframe is, the versions that offer options, a stance, the headers (see `redeclared`)."""

END = "\t"
"""Ends the names of parts of which all rows are read, so that none begins with another."""

PLACE, NAMED, KIND, OPENED, TOLD = "@/", ">/", "kind/", "+", "~"
"""Names of parts that lead to lines: of an event, of those that name one, of a kind, of what opened or hid one, of
those that are not folded as they are written (see `retelling`)."""

RIVAL = "rival/"
"""Begins the names of the parts that say what a rival account changes (see `rivals`)."""

MAPS = tuple(name for name, default in fields_of(Talks) if isinstance(default, Map))
_STANCES = re.compile(rb'"=":"([0-9a-f]{24})"')
_SEAL = 16


class BadSnapshot(StoreError):
    """A snapshot that is not as it was written. It is thrown away and made again, for it is only a cache."""

    def __init__(self, stream: str, part: str) -> None:
        super().__init__(f"the snapshot of '{stream}' is damaged at '{part}'")
        self.stream, self.part = stream, part


class Root(Struct, frozen=True):
    """One keyframe: the link of its line, which maps are few and which many, the rest of the state, and the sum."""

    link: str
    few: tuple[str, ...]
    many: tuple[str, ...]
    rest: bytes
    sum: str


@lru_cache(maxsize=1)
def make() -> str:
    """What names the reducer and the schema: the digest of everything that says what a state is."""
    told = hashlib.sha256()
    for room in ("ground", "values", "core", "events"):
        sources = sorted(files(f"terms.{room}").iterdir(), key=lambda one: one.name)
        for source in sources:
            if source.name.endswith(".py"):
                told.update(source.read_bytes())
    for name in ("state_words.py", "frames.py", "framing.py", "looking.py", "retelling.py", "going_back.py",
                 "redeclared.py", "noting.py", "rivals.py", "rereading.py", "beside.py"):  # fmt: skip
        told.update(files("terms.stores").joinpath(name).read_bytes())
    return told.hexdigest()[:24]


def digest_of(part: str, number: int, content: bytes) -> bytes:
    """What seals a row."""
    return hashlib.sha256(b"%b\0%d\0%b" % (part.encode(), number, content)).digest()


def row(part: str, number: int, content: bytes) -> Snapshot:
    """A part as it is kept, its seal in front."""
    return Snapshot(part, number, digest_of(part, number, content)[: _SEAL // 2].hex().encode() + content)


def packed(entries: Mapping[str, bytes]) -> bytes:
    """A map that is read whole, its entries spelled, as it is kept."""
    told = msgspec.json.encode({key: msgspec.Raw(one) for key, one in sorted(entries.items())})
    return zlib.compress(told, 1)


def key_words(key: object) -> str:
    """The key of an entry as the name of a part ends with it."""
    return "\t".join(key) if isinstance(key, tuple) else str(key)


def key_of(words: str) -> object:
    """The key that `key_words` spelled."""
    return tuple(words.split("\t")) if "\t" in words else words


class Frames:
    """Reads what is kept of one stream."""

    def __init__(self, store: Store, stream: str) -> None:
        self.store = store
        self.stream = stream
        self._stances: dict[str, Stance] = {}
        self._values: dict[bytes, object] = {}

    def root(self, number: int) -> tuple[int, Root] | None:
        """The last keyframe after at most that many lines, with its number; None: there is none.

        Raises:
            BadSnapshot: it is damaged.
        """
        for one in self.store.snapshots(self.stream, (ROOT,), at_most=number, make=make()):
            try:
                return one.number, msgspec.json.decode(self.opened(one), type=Root)
            except msgspec.DecodeError as fault:
                raise BadSnapshot(self.stream, ROOT) from fault
        return None

    def talks(self, header: Header, number: int) -> Talks:
        """The state after the keyframe at that line; the first line is one too.

        Raises:
            BadSnapshot: a part of it is damaged or missing.
        """
        if number == 1:
            return unopened(header)
        found = self.root(number)
        if found is None or found[0] != number:
            raise BadSnapshot(self.stream, ROOT)
        root = found[1]
        rest = self.value(root.rest)
        if not isinstance(rest, tuple) or len(rest) != 3:
            raise BadSnapshot(self.stream, ROOT)
        parts: dict[str, object] = dict(zip(("session", "judgements", "troubled"), rest, strict=True))
        parts |= self._whole(root.few, number)
        parts |= {field: Layered(Entries(self, field, number)) for field in root.many}
        return restored(header, parts)

    def _whole(self, few: Sequence[str], number: int) -> dict[str, object]:
        spelled = {field: self.spelled(field, content) for field, _, content in self._latest(few, number)}
        if len(spelled) < len(few):
            raise BadSnapshot(self.stream, ROOT)
        self._fetch(one for entries in spelled.values() for one in entries.values())
        return {
            field: Map({key_of(key): self.kept(one) for key, one in entries.items()})
            for field, entries in spelled.items()
        }

    def spelled(self, field: str, content: bytes) -> dict[str, bytes]:
        """The entries of a map that is read whole, each as it is spelled, by the words of its key.

        Raises:
            BadSnapshot: it is damaged.
        """
        unpacking = zlib.decompressobj()
        try:
            told = unpacking.decompress(content, LARGEST)
            found = msgspec.json.decode(told, type=dict[str, msgspec.Raw])
        except (zlib.error, msgspec.DecodeError) as fault:
            raise BadSnapshot(self.stream, field) from fault
        return {key: bytes(one) for key, one in found.items()}

    def spelled_at(self, field: str, number: int) -> dict[str, bytes]:
        """As `spelled`, of the map after the keyframe at `number`."""
        return next((self.spelled(field, content) for _, _, content in self._latest((field,), number)), {})

    def kept(self, content: bytes) -> object:
        """What an entry spells, held for the next time; `GONE` where nothing is spelled."""
        if not content:
            return GONE
        known = self._values.get(content)
        if known is None:
            if len(self._values) > 8192:
                self._values.clear()
            known = self._values[content] = self.value(content)
        return known

    def keys(self, content: bytes) -> list[str] | None:
        """The keys that a list of them spells; None: they are too many to be listed."""
        found: list[str] | None = msgspec.json.decode(content)
        return found

    def value(self, content: bytes) -> object:
        """What the content of a part spells.

        Raises:
            BadSnapshot: nothing.
        """
        try:
            return read(content, self.stance)
        except NoWords as fault:
            raise BadSnapshot(self.stream, content[:40].decode("utf-8", "replace")) from fault

    def entry(self, field: str, key: object, number: int) -> object:
        """One entry of one map after the keyframe at `number`; `GONE`: there was none."""
        return self.kept(self.entries_at(field, (key,), number)[key])

    def entries_at(self, field: str, keys: Sequence[object], number: int) -> dict[object, bytes]:
        """How some entries of one map are spelled after the keyframe at `number`; empty where there was none.

        What they spell is worked out by `kept`, for those that are looked at; the stances that they name are read.
        """
        parts = [f"{field}/{key_words(key)}" for key in keys]
        found = {part: content for part, _, content in self._latest(parts, number)}
        self._fetch(found.values())
        return {key: found.get(part, b"") for key, part in zip(keys, parts, strict=True)}

    def entries(self, field: str, number: int) -> Iterator[tuple[object, object]]:
        """Every entry of one map after the keyframe at `number`."""
        last: Snapshot | None = None
        for one in self.store.every_snapshot(self.stream, f"{field}/", make=make()):
            if last is not None and one.part != last.part:
                yield from self._told(field, last)
                last = None
            last = one if one.number <= number else last
        if last is not None:
            yield from self._told(field, last)

    def _told(self, field: str, one: Snapshot) -> Iterator[tuple[object, object]]:
        if content := self.opened(one):
            yield key_of(one.part.removeprefix(f"{field}/")), self.value(content)

    def optioned(self, number: int) -> list[str] | None:
        """The versions that offered options by then; None: too many to be listed."""
        return next((self.keys(content) for _, _, content in self._latest((OPTIONS,), number)), [])

    def lines_of(self, part: str) -> list[tuple[int, str]]:
        """The lines that a part leads to, in order, each with what is said there."""
        found = self.store.every_snapshot(self.stream, part, make=make())
        return [(one.number, self.opened(one).decode()) for one in found if one.part == part]

    def line_of(self, name: str) -> int | None:
        """The line of the event of this name; None: no keyframe knows it."""
        return self.lines_named((name,)).get(name, (None, ""))[0]

    def lines_named(self, names: Iterable[str]) -> dict[str, tuple[int, str]]:
        """The line of each event of these names that a keyframe knows, with its date as it was written."""
        found = self._latest([f"{PLACE}{name}" for name in names], LATEST)
        return {part.removeprefix(PLACE): (at, content.decode()) for part, at, content in found}

    def stance(self, digest: str) -> Stance:
        """The stance with this digest."""
        if digest not in self._stances:
            self._fetch((b'"=":"%b"' % digest.encode(),))
        if digest not in self._stances:
            raise BadSnapshot(self.stream, f"{STANCE}{digest}")
        return self._stances[digest]

    def _fetch(self, contents: Iterable[bytes]) -> None:
        """Read the stances that these contents name and that are not there yet, all at once."""
        wanted = {found.decode() for content in contents for found in _STANCES.findall(content)}
        missing = sorted(wanted - self._stances.keys())
        kept = self.store.snapshots(
            self.stream, [f"{STANCE}{one}" for one in missing], at_most=0, make=make()
        ) if missing else ()  # fmt: skip
        for one in kept:
            found = self.value_of_stance(one)
            self._stances[one.part.removeprefix(STANCE)] = found

    def value_of_stance(self, one: Snapshot) -> Stance:
        """The stance in a row, which is named after its digest."""
        if hashlib.sha256(one.content).hexdigest()[:24] != one.part.removeprefix(STANCE):
            raise BadSnapshot(self.stream, one.part)
        self._fetch((one.content,))
        found = self.value(one.content)
        if not isinstance(found, Stance):
            raise BadSnapshot(self.stream, one.part)
        return found

    def _latest(self, parts: Sequence[str], number: int) -> Iterator[tuple[str, int, bytes]]:
        if parts:
            for one in self.store.snapshots(self.stream, parts, at_most=number, make=make()):
                yield one.part, one.number, self.opened(one)

    def opened(self, one: Snapshot) -> bytes:
        """The content of a row without its seal.

        Raises:
            BadSnapshot: the seal does not fit.
        """
        content = one.content[_SEAL:]
        if digest_of(one.part, one.number, content)[: _SEAL // 2].hex().encode() != one.content[:_SEAL]:
            raise BadSnapshot(self.stream, one.part)
        return content


class Entries:
    """The entries of one map at a keyframe, each read when it is asked for and then held."""

    def __init__(self, frames: Frames, field: str, number: int) -> None:
        self._frames, self._field, self.number = frames, field, number
        self.held: dict[object, object] = {}
        self._spelled: dict[object, bytes] = {}

    def entry(self, key: object) -> object:
        """See `Below`."""
        found = self.held.get(key)
        if found is None:
            spelled = self._spelled.pop(key, None)
            if spelled is None:
                found = self._frames.entry(self._field, key, self.number)
            else:
                found = self._frames.kept(spelled)
            self.held[key] = found
        return found

    def look_up(self, keys: Iterable[object], *, missing: Iterable[object]) -> None:
        """Read these entries at once, before they are asked for; those known to be `missing` are not read."""
        wanted = [key for key in keys if key not in self.held and key not in self._spelled]
        self._spelled.update(self._frames.entries_at(self._field, wanted, self.number))
        for key in missing:
            self.held.setdefault(key, GONE)

    def forget(self) -> None:
        """Hold nothing any more."""
        self.held.clear()
        self._spelled.clear()

    def entries(self) -> Iterator[tuple[object, object]]:
        """See `Below`. What is held counts before what the store has, and is told first."""
        held = self.held.copy()
        kept = self._frames.entries(self._field, self.number)
        told = chain(held.items(), (one for one in kept if one[0] not in held))
        return ((key, value) for key, value in told if value is not GONE)

    def optioned(self) -> Iterator[object] | None:
        """See `Below`."""
        found = self._frames.optioned(self.number)
        return None if found is None else iter(found)


def rest_of(talks: Talks) -> tuple[Session, tuple[tuple[str, str, str, str], ...], Edtf | None]:
    """What of a state is no map, but for the header."""
    return talks.session, talks.judgements, talks.troubled


assert {*MAPS, "header", "session", "judgements", "troubled"} == {*Talks.__struct_fields__}
