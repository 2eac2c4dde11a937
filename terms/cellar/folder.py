"""The reader's cache folder: what a start would otherwise work out anew, good for exactly the same files and program.

What is kept bears a mark made of the program and of all that lies in the folder of the record. A mark that
differs, a file of somebody else's, or bytes that are not as they were written: all count as nothing kept.
Losing the folder costs nothing but the time of one slower start.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import terms

FOLDER = os.path.join("ceasefire-terms", "starts")
"""Ours alone: what the reader wants kept for good lies elsewhere, even where all lies in one home."""
MOST_FILES, MOST_BYTES = 300, 16 * 1024 * 1024
"""What a folder may hold for its record to be kept; looking through more would take longer than it saves."""

MOST_KEPT = 100
"""Files in the cache folder; of more, those written longest ago go first."""


def cellar(environment: Mapping[str, str]) -> Path | None:
    """The folder: `$XDG_CACHE_HOME`, by default `~/.cache`. None: `TERMS_NO_CACHE` is set, or there is no home."""
    home = environment.get("XDG_CACHE_HOME")
    if not home and (own := environment.get("HOME")):
        home = os.path.join(own, ".cache")
    return Path(home) / FOLDER if home and not environment.get("TERMS_NO_CACHE") else None


def mark_of(path: str) -> str | None:
    """What a record and the program are: the same mark, the same result. None: too much lies around the record.

    Every file in the folder of the record and below counts, since any of them may be included.
    """
    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
    told = hashlib.sha256(repr((_program(), os.path.abspath(path))).encode("utf-8", "surrogatepass"))
    room = MOST_BYTES
    for count, name in enumerate(_below(folder)):
        try:
            info = os.lstat(name)
            room -= info.st_size
            if count >= MOST_FILES or room < 0 or not stat.S_ISREG(info.st_mode):
                return None
            inner = hashlib.sha256(Path(name).read_bytes()).hexdigest()
        except OSError:
            return None
        told.update(repr((os.path.relpath(name, folder), inner)).encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def mark_of_text(text: str) -> str:
    """What a text and the program are: the same mark, the same result."""
    return hashlib.sha256(repr((_program(), text)).encode("utf-8", "surrogatepass")).hexdigest()


def _below(folder: str) -> Iterator[str]:
    """All that lies in a folder and below it, in one order; of folders only what is in them."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        folders.sort()
        yield from (os.path.join(place, name) for name in sorted((*names, *links)))


@cache
def _program() -> tuple[object, ...]:
    """Which program this is: its version, and in a checkout the very state of its files when it was first asked."""
    home = os.path.dirname(terms.__file__)
    files = []
    for place, folders, names in os.walk(home):
        folders[:] = sorted(set(folders) - {"__pycache__", "seeds", "scenario-files"})
        for name in sorted(names):
            info = os.stat(os.path.join(place, name))
            files.append((name, info.st_size, info.st_mtime_ns))
    return terms.__version__, sys.version_info[:3], hash_of(files)


def hash_of(told: object) -> str:
    """A short name for what is told."""
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fetched(folder: Path | None, name: str, mark: str | None) -> bytes | None:
    """What is kept under a name with this mark; None: nothing, or nothing to be trusted."""
    if folder is None or mark is None:
        return None
    try:
        with (folder / name).open("rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode) or (hasattr(os, "getuid") and info.st_uid != os.getuid()):
                return None
            head, end, content = file.read().partition(b"\n")
    except OSError:
        return None
    return content if end and head == _seal(mark, content) else None


def put_by(folder: Path | None, name: str, mark: str | None, content: bytes) -> None:
    """Keep something in one go, for this user alone; where nothing can be written nothing is kept."""
    if folder is None or mark is None:
        return
    fresh = folder / f"{name}.{os.getpid()}.tmp"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_seal(mark, content) + b"\n" + content)
        fresh.replace(folder / name)
        _tidy(folder)
    except OSError:
        with suppress(OSError):
            fresh.unlink()


def _seal(mark: str, content: bytes) -> bytes:
    return f"{mark} {hashlib.sha256(content).hexdigest()}".encode()


def _tidy(folder: Path) -> None:
    """Let go of what was written longest ago, once there is too much."""
    kept = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in kept[: max(0, len(kept) - MOST_KEPT)]:
        path.unlink()
