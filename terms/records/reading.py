"""From the texts of a record to the record: declarations, then every event, then what is between them."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

import terms.events  # noqa: F401 - makes the kinds known
from terms.core.event import Event
from terms.core.header import Header
from terms.ground.canonical import fingerprint
from terms.ground.diagnostics import Diagnostic, in_order
from terms.ground.nodes import MapNode
from terms.ground.pause import collector_paused
from terms.ground.places import Place
from terms.records.allowances import allowed
from terms.records.checking import Crossing, Member, hints
from terms.records.chunks import ChunkCache, Parsed, parse
from terms.records.event_reading import ReadEvent, read_placed
from terms.records.faults import error, moved, warning
from terms.records.header_reading import read_header, with_vocabulary, wrong_format
from terms.records.names import Declared
from terms.records.patches import Patches
from terms.records.record import EventPlace, Record
from terms.records.renewing import FORM, renewed_entries
from terms.records.term_reading import TermReader
from terms.records.vocabulary import Entry, default_vocabulary


class FileRead(Struct, frozen=True):
    """One file of a record: what was parsed of it, and the `include` lines by which it was reached."""

    parsed: Parsed
    trail: tuple[Place, ...] = ()


def read_text(text: str, path: str = "record.yaml", cache: ChunkCache | None = None) -> Record:
    """The record that a text holds. Files it includes are not looked for; `read_record` does that.

    Never raises, whatever the text. With a `cache` from an earlier reading, events that did not change
    are not read again.
    """
    with collector_paused():
        parsed = parse(text, path, cache)
        faults: list[Diagnostic] = []
        include = parsed.get("include")
        if include is not None:
            faults.append(error("E110", "a text without a file cannot include others", include.key.place))
        return assemble([FileRead(parsed)], vocabulary_of(parsed, faults), faults)


def vocabulary_of(head: Parsed, faults: list[Diagnostic]) -> Mapping[str, Entry] | None:
    """The vocabulary that a head file names, when it is the default one or none; None: a file of its own."""
    entry = head.get("vocabulary")
    if entry is None:
        return {}
    said = getattr(entry.value, "text", "")
    if said == "default":
        return default_vocabulary()
    if not said:
        faults.append(
            error(
                "E105",
                "'vocabulary' is one word or the path of a file",
                entry.key.place,
                "write vocabulary: default",
            )
        )
        return {}
    return None


def assemble(
    files: Sequence[FileRead], vocabulary: Mapping[str, Entry] | None, faults: Iterable[Diagnostic] = ()
) -> Record:
    """The record that these files make together, the head file first."""
    found = [*faults, *(fault for file in files for fault in file.parsed.faults)]
    files = [_up_to_date(file, found) for file in files]
    head = files[0].parsed
    lost = frozenset().union(*(file.parsed.lost for file in files))
    if _is_of_another_format(files, found):
        return Record(Header(), (), {}, {}, in_order(found), _texts(files), head.path)
    terms = TermReader(vocabulary or {})
    declared, wrong = read_header(
        [(file.parsed.entries, place == 0) for place, file in enumerate(files)], terms, lost
    )
    found += _along(wrong, files)
    context = _context(files, vocabulary)
    members = [
        Member(read_placed(placed, declared, context), placed.lines, file.trail)
        for file in files
        for placed in file.parsed.events
    ]
    crossing = Crossing(declared, members, declared.lost | _unbuilt(members))
    found += crossing.check()
    found += [
        replace(moved(fault, member.lines), trail=member.trail)
        for member in members
        for fault in member.read.faults
    ]
    sound = [
        member
        for place, member in enumerate(members)
        if member.read.event is not None and place not in crossing.doubled
    ]
    patches = Patches(declared)
    patches.check(sound)
    found += patches.faults
    found += allowed([*hints(sound)], [file.parsed for file in files])
    return _record(declared, terms, sound, patches.instead, found, files)


def _record(
    declared: Declared,
    terms: TermReader,
    sound: Sequence[Member],
    instead: Mapping[str, Event | None],
    found: list[Diagnostic],
    files: Sequence[FileRead],
) -> Record:
    events: list[Event] = []
    places: dict[str, EventPlace] = {}
    used: dict[str, None] = {}
    for member in sound:
        event = member.read.event
        if event is not None and event.id in instead:
            event = instead[event.id]
        if event is not None and isinstance(member.read.node, MapNode):
            events.append(event)
            places[event.id] = EventPlace(member.read.node, member.lines)
            used |= dict.fromkeys(sorted(member.read.used))
    header = with_vocabulary(declared.header, terms.used(used))
    texts = _texts(files)
    path = files[0].parsed.path
    return Record(header, tuple(events), places, declared.places, in_order(found), texts, path)


def _unbuilt(members: Sequence[Member]) -> frozenset[str]:
    """Ids of events that have an error of their own and could not be built."""
    return frozenset(member.read.id for member in members if member.read.event is None and member.read.id)


def _up_to_date(file: FileRead, found: list[Diagnostic]) -> FileRead:
    """The file with its declarations in their present form; that they were in another is noted."""
    parsed = file.parsed
    entries = renewed_entries(parsed.entries)
    named = parsed.get("format")
    if entries is parsed.entries or named is None:
        return file
    old = warning(
        "W404",
        f"'{getattr(named.value, 'text', '')}' is an old form of record, read as what it says in '{FORM}'",
        named.value.place,
        "the file stays as it is; `terms export RECORD --to NEW.record.yaml` writes it in the present form",
    )
    found.append(replace(old, trail=file.trail))
    return FileRead(replace(parsed, entries=entries), file.trail)


def _is_of_another_format(files: Sequence[FileRead], found: list[Diagnostic]) -> bool:
    """Note every file whose format is not ours; whether the head file names another one."""
    for file in files:
        parsed = file.parsed
        fault = wrong_format(parsed.entries, parsed.path, is_empty=not parsed.text.strip())
        if fault is not None and not ("format" in parsed.lost or (parsed.faults and not parsed.entries)):
            found.append(replace(fault, trail=file.trail))
            if file is files[0] and fault.place is not None and parsed.get("format") is not None:
                return True
    return False


def _along(faults: Iterable[Diagnostic], files: Sequence[FileRead]) -> list[Diagnostic]:
    """The faults with the way to the file in which each stands."""
    trails = {file.parsed.path: file.trail for file in files}
    return [
        replace(fault, trail=trails.get(fault.place.path, ())) if fault.place else fault for fault in faults
    ]


def _context(files: Sequence[FileRead], vocabulary: Mapping[str, Entry] | None) -> str:
    """What the reading of an event depends on beside its own text: every declaration and its place."""
    parts = [str(len(vocabulary or {}))]
    for file in files:
        parsed = file.parsed
        for key, value in parsed.entries:
            parts.append(f"{parsed.path}:{key.place.line}:{key.text}")
            parts.append(
                value.origin.text[value.start - value.origin.offset : value.end - value.origin.offset]
            )
    return fingerprint("\0".join(parts).encode("utf-8", "surrogatepass"))


def _texts(files: Sequence[FileRead]) -> Mapping[str, str]:
    return {file.parsed.path: file.parsed.text for file in files}


__all__ = ["FileRead", "ReadEvent", "assemble", "read_text", "vocabulary_of"]
