"""`terms add`: adds one event to a record, from a form or from JSON or YAML on standard input."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from terms.cli.options import add_record, add_writing

if TYPE_CHECKING:
    from terms.ground.words import Plain
    from terms.records import Record

HELP = "add an event, from a form or from JSON or YAML on standard input"
EPILOG = """echo '{"date": "2031-03-20", "kind": "accept", "by": "south", "of": "n-25", "source": "M2 p.1"}' |
  terms add talks.record.yaml
Without an id one is proposed from who acts and what they do."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    add_record(parser)
    add_writing(parser)


def run(options: argparse.Namespace) -> int:
    """Add the event; 1 and nothing written when it has faults or objections."""
    from terms.cli.adding import append, new_id, record_to_extend
    from terms.cli.refusal import Refused

    record = record_to_extend(options, options.record)
    spelled = _asked(record, input) if sys.stdin.isatty() else _given(sys.stdin.buffer.read())
    if "id" not in spelled:
        by = spelled.get("by", "record")
        actor = by if isinstance(by, str) else str(next(iter(by), "record"))
        spelled = {
            "id": new_id(record, f"{actor.replace('.', '-')}-{spelled.get('kind', 'event')}"),
            **spelled,
        }
    if not isinstance(spelled["id"], str):
        raise Refused("an id is one word")
    return append(options, record, spelled)


def _given(content: bytes) -> "dict[str, Plain]":
    """The event on standard input. JSON is read by the same reader, since it is YAML of the plainest kind.

    Raises:
        Refused: it is not one map of keys.
    """
    from terms.cli.refusal import Refused
    from terms.ground.nodes import MapNode
    from terms.ground.rendering import render
    from terms.ground.tree import read_tree
    from terms.ground.words import thaw
    from terms.records.shapes import words_of

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Refused("standard input is not UTF-8") from fault
    tree = read_tree(text, "<stdin>")
    if tree.faults:
        raise Refused("the event cannot be read\n" + render(tree.faults, {"<stdin>": text}))
    if not isinstance(tree.root, MapNode):
        raise Refused(
            "standard input holds no event",
            ("write one map of keys, such as {id: ..., date: ..., kind: ...}",),
        )
    words = thaw(words_of(tree.root))
    return words if isinstance(words, dict) else {}


def _asked(record: "Record", ask: Callable[[str], str]) -> "dict[str, Plain]":
    """The event as typed into a form: what every event has, then the kind's own keys."""
    from terms.core.event import KINDS
    from terms.ground.suggest import nearest

    spelled: dict[str, Plain] = {}
    kind = ask(f"kind ({', '.join(sorted(KINDS))}): ").strip()
    while kind not in KINDS:
        near = nearest(kind, KINDS)
        kind = ask(f"no such kind{f', did you mean {near}?' if near else ''} kind: ").strip()
    spelled["kind"] = kind
    needed = [
        key
        for key in KINDS[kind].keys()  # noqa: SIM118 - a method of events, no dict
        if key in ("date", "by", "of", "terms", "source") or _is_needed(kind, key)
    ]
    for key in dict.fromkeys((*needed, "quote", "note")):
        if key in ("id", "kind"):
            continue
        if key == "terms":
            spelled.update(_terms_asked(record, ask))
        elif answer := ask(f"{key}: ").strip():
            spelled[key] = (
                [one.strip() for one in answer.split(",")]
                if key in ("by", "of") and "," in answer
                else answer
            )
    return {"date": spelled.pop("date", ""), **spelled}


def _is_needed(kind: str, key: str) -> bool:
    from terms.core.event import KINDS, hyphenated

    fields = KINDS[kind].model_fields
    return any(hyphenated(name) == key and field.is_required() for name, field in fields.items())


def _terms_asked(record: "Record", ask: Callable[[str], str]) -> "dict[str, Plain]":
    """Terms and values until an empty line; a term that is not declared is asked for again."""
    from terms.ground.suggest import nearest

    found: dict[str, Plain] = {}
    while term := ask("term (empty: no more): ").strip():
        if term not in record.header.term:
            near = nearest(term, record.header.term)
            print(f"no such term{f', did you mean {near}?' if near else ''}")
            continue
        found[term] = ask(f"{term}: ").strip()
    return {"terms": found} if found else {}
