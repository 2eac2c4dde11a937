"""Adding an event to a record: put into words, held against the table, spliced in behind the last one.

A recorded history is what happened, so nothing in it is refused. A new event with objections is refused
unless it is declared a record of fact, for then the objection is what happened.
"""

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from terms.cli.files import replace_text, text_of
from terms.cli.locating import located
from terms.cli.opening import read
from terms.cli.refusal import Refused
from terms.cli.stored import append_stored, is_stored
from terms.ground.words import Plain

if TYPE_CHECKING:
    from terms.records import Record


def record_to_extend(options: argparse.Namespace, path: str | None) -> "Record":
    """The record to add to.

    Raises:
        Refused: it is standard input, or has errors, so that nobody can say what the table looks like.
    """
    if path == "-":
        raise Refused("an event cannot be added to standard input", ("name the file of the record",))
    record = read(options, located(options, path))
    if record.has_errors:
        raise Refused("the record has errors", (f"`terms check {record.path}` shows them",))
    return record


def append(options: argparse.Namespace, record: "Record", spelled: Mapping[str, Plain]) -> int:
    """Append the event that `spelled` spells; 1 and nothing written for faults or objections, else 0."""
    from terms.ground.diagnostics import Severity
    from terms.ground.rendering import render
    from terms.records.splice import CannotSplice, append_event, file_to_append_to
    from terms.records.writing import write_spelled

    stored = is_stored(record.path)
    path = record.path if stored else file_to_append_to(record)
    was = record.texts[path] if stored else text_of(path)
    try:
        text = append_event(was, spelled)
    except CannotSplice as fault:
        raise Refused(str(fault)) from fault
    made = _assembled({**record.texts, path: text})
    old = {(one.code, one.message) for one in _assembled(record.texts).diagnostics}
    faults = [one for one in made.diagnostics if (one.code, one.message) not in old]
    sys.stdout.write(render(faults, made.texts))
    if any(one.severity is Severity.ERROR for one in faults):
        return 1
    name = str(spelled.get("id", ""))
    if _objected(made, name, as_fact=options.as_fact):
        return 1
    if options.dry_run:
        sys.stdout.write(write_spelled(spelled))
        return 0
    if stored:
        append_stored(record, made.events[-1])
    else:
        replace_text(path, text, was=was)
    sys.stdout.write(f"{name} added to {path}\n")
    return 0


def _assembled(texts: Mapping[str, str]) -> "Record":
    """The record that these files make together, the head file first, read from memory."""
    from terms.records.chunks import parse
    from terms.records.reading import FileRead, assemble, vocabulary_of

    files = [FileRead(parse(text, path)) for path, text in texts.items()]
    return assemble(files, vocabulary_of(files[0].parsed, []))


def _objected(record: "Record", name: str, *, as_fact: bool) -> bool:
    """Whether the last event meets objections that nobody waved through; they are printed."""
    from terms.core.history import History

    step = History(record.header, record.events)[-1]
    found = step.objections if step.event.id == name else ()
    for one in found:
        print(f"objection[{one.code}]: {one.sentence}")
    if found and not as_fact:
        print(f"{name} was not added: --as-fact records it as what happened all the same")
    return bool(found) and not as_fact


def new_id(record: "Record", stem: str) -> str:
    """An id that nobody used: `stem`, else `stem-2`, `stem-3` and so on."""
    taken = {event.id for event in record.events} | set(record.header.term)
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name
