"""The one module that touches files: finding a record, reading it with what it includes, keeping caches.

Everything that can go wrong outside (no such file, a folder without a head, letters in no known encoding)
is a diagnostic like any other, so that a check of ten records says what is wrong with each.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from terms.core.header import Header
from terms.ground.addresses import is_elsewhere, meant_scheme
from terms.ground.diagnostics import Diagnostic, in_order
from terms.ground.nodes import Entry, ListNode, Node, TextNode
from terms.ground.patterns import late
from terms.ground.pause import collector_paused
from terms.ground.places import Place
from terms.ground.tree import LARGEST
from terms.records.chunks import ChunkCache, Parsed, parse
from terms.records.faults import error, listed, meant
from terms.records.reading import FileRead, assemble, vocabulary_of
from terms.records.record import Record
from terms.records.vocabulary import Entry as VocabularyEntry
from terms.records.vocabulary import read_vocabulary

SUFFIX = ".record.yaml"
STDIN = "-"
SQLITE = b"SQLite format 3\0"
"""How a SQLite file begins."""
_INCLUDE_LINE = late(r"^include:(?P<said>(?:.*)(?:\n[ \t]+-.*)*)", re.MULTILINE)


def read_record(
    path: str | os.PathLike[str],
    *,
    cache: ChunkCache | None = None,
    stdin_filename: str = "stdin.record.yaml",
) -> Record:
    """The record at `path`: a file, a folder with one head file, a store's address, or `-` for standard input.

    With `-` the text is taken to be that of `stdin_filename`, so that what it includes is found and
    messages have a path. A path where nothing is may name a shipped record, as `example` does.
    Never raises for what is wrong with files: see the record's diagnostics.
    """
    given = record_path(os.fspath(path))
    if given == STDIN:
        return _read_stdin(stdin_filename, cache)
    if is_elsewhere(given):
        return _read_kept(given)
    found = head_of(given)
    if isinstance(found, Diagnostic):
        return _unreadable(given, found)
    text = read_text_file(found)
    if isinstance(text, Diagnostic) and not found.endswith((".yaml", ".yml")) and not os.path.exists(found):
        text = replace(text, help=(*text.help, *_shipped_names(found)))
    return _read_from(found, text, cache)


def record_path(path: str, words: str | None = None) -> str:
    """A path as given or, where nothing is there, of the shipped record that it names, or the `words` of a file."""
    if os.path.exists(path) or path == STDIN:
        return path
    named: Callable[[str, str | None], str] = import_module("terms.cellar.shipped").record_path
    return named(path, words)


def _shipped_names(path: str) -> tuple[str, ...]:
    known: tuple[str, ...] = import_module("terms.cellar.shipped").shipped_records()
    shown = (f"shipped with the program: {listed(known)}",) if known else ()
    return (*meant(os.path.basename(path), known), *shown)


def _read_kept(address: str) -> Record:
    """The record in a store. Stores stand above records, so what reads it is loaded by its name, when asked."""
    read: Callable[[str], Record] = import_module("terms.stores.reading").record_at
    return read(address)


def head_of(path: str) -> str | Diagnostic:
    """The head file that a RECORD argument names: the file itself, or the one head of a folder.

    A folder has one when exactly one `*.record.yaml` in it is included by no other there.
    """
    if not os.path.isdir(path):
        return path
    names = sorted(
        entry.path for entry in os.scandir(path) if entry.name.endswith(SUFFIX) and entry.is_file()
    )
    if not names:
        return error("E112", f"the folder '{path}' holds no *{SUFFIX}", None, *_elsewhere(path))
    heads = _heads(names)
    if len(heads) == 1:
        return heads[0]
    shown = listed([os.path.basename(name) for name in heads or names])
    what = (
        f"the folder '{path}' holds {len(heads) or 'no'} head files"
        if heads
        else f"in the folder '{path}' every file is included by another"
    )
    return error(
        "E114", what, None, f"name one of them: {shown}", "a head file is one that no other includes"
    )


def _elsewhere(path: str) -> tuple[str, ...]:
    """Where the record may be instead: in a folder below, or in a file without the suffix."""
    below = sorted({os.path.dirname(found) for found in map(str, Path(path).glob(f"*/*{SUFFIX}"))})
    if below:
        return (f"did you mean '{below[0]}'?", f"records are in {listed(below)}")
    others = sorted(map(str, Path(path).glob("*.y*ml")))
    return (f"a record's name ends in {SUFFIX}: did you mean '{others[0]}'?",) if others else ()


def _heads(names: Sequence[str]) -> list[str]:
    included: set[str] = set()
    for name in names:
        text = read_text_file(name)
        if isinstance(text, str) and (match := _INCLUDE_LINE.search(text)):
            patterns = re.findall(r"[^\s\[\],\"'-][^\s\[\],\"']*", match["said"].split("#")[0])
            included |= {
                os.path.realpath(one) for pattern in patterns for one in _expanded(pattern, name)
            } - {os.path.realpath(name)}
    return [name for name in names if os.path.realpath(name) not in included]


def read_text_file(path: str) -> str | Diagnostic:
    """The text of a file as it stands, line ends included; a diagnostic when it cannot be read."""
    try:
        with open(path, "rb") as file:
            if file.read(len(SQLITE)) == SQLITE:
                what = f"'{path}' is a SQLite file and no text"
                return error("E113", what, None, f"did you mean 'sqlite:{path}'?")
        if os.path.getsize(path) > LARGEST:
            limit = f"the file is larger than {LARGEST // 1024 // 1024} MiB"
            return error(
                "E009", limit, Place(path, 1, 1, 1, 1), "split it: one file a session, joined by include"
            )
        return _decoded(Path(path).read_bytes(), path)
    except FileNotFoundError:
        return error("E113", f"there is no file '{path}'", None, *_near_files(path))
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        return error("E113", f"'{path}' cannot be read: {reason.lower()}", None)


def _decoded(content: bytes, path: str) -> str | Diagnostic:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        before = content[content.rfind(b"\n", 0, fault.start) + 1 : fault.start].decode("utf-8", "replace")
        place = Place(path, line, len(before) + 1, line, len(before) + 2)
        what = f"the byte {content[fault.start]:#04x} is not UTF-8"
        return error("E113", what, place, "save the file as UTF-8")


def _near_files(path: str) -> tuple[str, ...]:
    folder = os.path.dirname(path) or "."
    store = meant_scheme(path)
    if store is not None:
        return (f"did you mean the store '{store}{path.partition(':')[2].lstrip('/')}'?",)
    if not os.path.isdir(folder):
        return (f"there is no folder '{folder}' either",)
    return meant(os.path.basename(path), os.listdir(folder))


def _unreadable(path: str, *faults: Diagnostic) -> Record:
    return Record(Header(), (), diagnostics=in_order(faults), path=path)


def _read_stdin(filename: str, cache: ChunkCache | None) -> Record:
    content = sys.stdin.buffer.read(LARGEST + 1)
    if len(content) > LARGEST:
        limit = f"the file is larger than {LARGEST // 1024 // 1024} MiB"
        return _unreadable(filename, error("E009", limit, Place(filename, 1, 1, 1, 1)))
    return _read_from(filename, _decoded(content, filename), cache)


def _read_from(path: str, text: str | Diagnostic, cache: ChunkCache | None) -> Record:
    if isinstance(text, Diagnostic):
        return _unreadable(path, text)
    with collector_paused():
        faults: list[Diagnostic] = []
        head = parse(text, path, cache)
        vocabulary = vocabulary_of(head, faults)
        if vocabulary is None:
            vocabulary = _own_vocabulary(head, faults)
        files = [FileRead(head), *_included(head, cache, faults)]
        return assemble(files, vocabulary, faults)


def _own_vocabulary(head: Parsed, faults: list[Diagnostic]) -> dict[str, VocabularyEntry]:
    entry = head.get("vocabulary")
    if entry is None or not isinstance(entry.value, TextNode):
        return {}
    path = _beside(head.path, entry.value.text)
    text = read_text_file(path)
    if isinstance(text, Diagnostic):
        faults.append(
            replace(
                text,
                place=entry.value.place,
                help=("write vocabulary: default, or the path of a file", *text.help),
            )
        )
        return {}
    entries, wrong = read_vocabulary(text, path)
    faults.extend(replace(fault, trail=(entry.value.place,)) for fault in wrong)
    return dict(entries)


# ---- include ------------------------------------------------------------------------------------


def _included(head: Parsed, cache: ChunkCache | None, faults: list[Diagnostic]) -> Iterator[FileRead]:
    """The files that the head includes, in the order of its patterns and sorted within each; each once."""
    entry = head.get("include")
    if entry is None:
        return
    seen = {os.path.realpath(head.path)}
    for node in _patterns(entry, faults):
        trail = (node.place,)
        for path in _matching(node, head.path, faults):
            if os.path.realpath(path) in seen:
                if os.path.realpath(path) == os.path.realpath(head.path) and not _is_glob(node.text):
                    faults.append(
                        error("E111", "a file cannot include itself", node.place, "name the other files")
                    )
                continue
            seen.add(os.path.realpath(path))
            text = read_text_file(path)
            if isinstance(text, Diagnostic):
                faults.append(
                    replace(text, place=text.place or node.place, trail=trail if text.place else ())
                )
                continue
            parsed = parse(text, path, cache)
            faults += _nested(parsed, head, trail)
            yield FileRead(parsed, trail)


def _patterns(entry: Entry, faults: list[Diagnostic]) -> Iterable[TextNode]:
    nodes: tuple[Node, ...] = entry.value.children if isinstance(entry.value, ListNode) else (entry.value,)
    for node in nodes:
        if isinstance(node, TextNode) and node.text:
            yield node
        else:
            faults.append(
                error(
                    "E105",
                    "'include' takes the path of a file or a list of them",
                    entry.key.place,
                    "write include: [sessions/*.record.yaml]",
                )
            )


def _matching(node: TextNode, head: str, faults: list[Diagnostic]) -> list[str]:
    if os.path.isabs(node.text):
        faults.append(
            error(
                "E110",
                f"'{node.text}' is not relative to this file",
                node.place,
                "a record moves with its folder: write a path from here",
            )
        )
        return []
    found = _expanded(node.text, head)
    if not found:
        what = "no file matches" if _is_glob(node.text) else "there is no file"
        near = () if _is_glob(node.text) else _near_files(_beside(head, node.text))
        faults.append(
            error(
                "E110",
                f"{what} '{node.text}'",
                node.place,
                *near,
                "paths are relative to the file that includes",
            )
        )
    return found


def _is_glob(pattern: str) -> bool:
    return any(sign in pattern for sign in "*?[")


def _expanded(pattern: str, head: str) -> list[str]:
    """The files that a pattern names, sorted by path."""
    folder = os.path.dirname(head)
    if not _is_glob(pattern):
        path = _beside(head, pattern)
        return [path] if os.path.isfile(path) else []
    try:
        found = Path(folder or ".").glob(pattern)
        return sorted(os.path.join(folder, one.relative_to(folder or ".")) for one in found if one.is_file())
    except (ValueError, NotImplementedError, OSError):
        return []


def _beside(head: str, path: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(head), path))


def _nested(parsed: Parsed, head: Parsed, trail: tuple[Place, ...]) -> Iterator[Diagnostic]:
    """An included file may include nothing: neither the head (a cycle) nor anything else (a second level)."""
    entry = parsed.get("include")
    if entry is None:
        return
    home = os.path.realpath(head.path)
    for node in entry.value.children if isinstance(entry.value, ListNode) else (entry.value,):
        named = _expanded(node.text, parsed.path) if isinstance(node, TextNode) else []
        if home in map(os.path.realpath, named):
            yield replace(
                error(
                    "E111",
                    f"'{parsed.path}' and '{head.path}' include each other",
                    node.place,
                    "only the head file includes",
                ),
                trail=trail,
            )
            return
    yield replace(
        error(
            "E111",
            "an included file includes nothing itself",
            entry.key.place,
            "name all files in the head file",
        ),
        trail=trail,
    )
