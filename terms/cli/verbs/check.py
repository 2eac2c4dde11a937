"""`terms check`: every fault of a record at its place, hints, and what did not fit the table."""

import argparse
import sys
from typing import TYPE_CHECKING, Literal

from terms.cli.options import STDIN_NAME, add_color, add_record

if TYPE_CHECKING:
    from terms.core.history import History
    from terms.ground.diagnostics import Diagnostic
    from terms.records import ChunkCache, Record

HELP = "find every fault of a record, each at its place"
FORMS = ("full", "concise", "json", "github", "junit")


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    parser.add_argument("--strict", action="store_true", help="exit 1 for warnings and notes too")
    parser.add_argument(
        "--watch", action="store_true", help="check again after every save, and print what changed"
    )
    parser.add_argument("--output-format", choices=FORMS, help="how faults are written (default: full)")
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Check once, or until interrupted; 0 clean, 1 faults."""
    from terms.cli.config import settings
    from terms.cli.locating import located
    from terms.cli.refusal import Refused
    from terms.cli.stored import is_stored

    found = settings(no_config=options.no_config)
    options.strict = options.strict or found.flag("strict")
    form = options.output_format or found.text("output-format") or "full"
    path = located(options, options.record)
    if options.watch:
        if path == "-":
            raise Refused("standard input cannot be watched")
        if is_stored(path):
            raise Refused("a store is not watched but followed", (f"terms store follow {path}",))
        return _watch(options, path, form)
    return _check(options, path, form)


def faults(record: "Record", history: "History | None" = None) -> "tuple[Diagnostic, ...]":
    """What reading found, and as notes the objections met while replaying; `history` spares replaying it."""
    from terms.records.objections import objections_of

    return (*record.diagnostics, *objections_of(record, history))


def _check(options: argparse.Namespace, path: str, form: str) -> int:
    from terms.cli.config import settings
    from terms.cli.output import wants_color

    record = _record(options, path)
    found = faults(record)
    choice = options.color or settings(no_config=options.no_config).text("color") or "auto"
    _print(record, found, form, color=wants_color(choice))
    return _code(record, found, strict=options.strict)


def _record(options: argparse.Namespace, path: str, cache: "ChunkCache | None" = None) -> "Record":
    from terms.cli.stored import is_stored, stored_record
    from terms.records import read_record

    if is_stored(path):
        return stored_record(path, as_text=True)
    return read_record(path, cache=cache, stdin_filename=options.stdin_filename or STDIN_NAME)


def _print(record: "Record", found: "tuple[Diagnostic, ...]", form: str, *, color: bool) -> None:
    from terms.ground.diagnostics import summary
    from terms.ground.rendering import render
    from terms.views.wording import count

    text = render(found, record.texts, form=_form(form), color=color)
    sys.stdout.write(text)
    if form in ("full", "concise"):
        lead = "\n" if text and form == "full" else ""
        sys.stdout.write(f"{lead}{count(len(record.events), 'event')} read, {summary(found)}\n")


def _form(form: str) -> 'Literal["full", "concise", "json", "github", "junit"]':
    from terms.ground.rendering import FORMS as KNOWN

    return next(known for known in KNOWN if known == form)


def _code(record: "Record", found: "tuple[Diagnostic, ...]", *, strict: bool) -> int:
    from terms.ground.diagnostics import Severity

    if record.is_unreadable:
        return 2
    bad = any(strict or one.severity is Severity.ERROR for one in found)
    return int(bad)


def _watch(options: argparse.Namespace, path: str, form: str) -> int:
    from watchfiles import watch

    from terms.records import ChunkCache
    from terms.records.objections import replayed

    cache = ChunkCache()
    record = _record(options, path, cache)
    history = replayed(record)
    known = faults(record, history)
    _print(record, known, form, color=False)
    sys.stdout.flush()
    for _ in watch(*_watched(record, path), raise_interrupt=False):
        record = _record(options, path, cache)
        history = replayed(record, history)
        found = faults(record, history)
        _print_change(record, known, found, form)
        known = found
    return _code(record, known, strict=options.strict)


def _watched(record: "Record", path: str) -> list[str]:
    from pathlib import Path

    return sorted({str(Path(one).resolve().parent) for one in (*record.texts, path)})


def _print_change(
    record: "Record", old: "tuple[Diagnostic, ...]", new: "tuple[Diagnostic, ...]", form: str
) -> None:
    """Only what changed, faults told apart by what they say rather than by their line."""
    from terms.ground.rendering import render

    was, now = {_key(one) for one in old}, {_key(one) for one in new}
    fresh = [one for one in new if _key(one) not in was]
    sys.stdout.write(render(fresh, record.texts, form=_form(form)))
    sys.stdout.write(f"{len(was - now)} fixed, {len(now - was)} new\n")
    sys.stdout.flush()


def _key(one: "Diagnostic") -> tuple[str, str, str]:
    return (one.code, one.message, one.place.path if one.place is not None else "")
