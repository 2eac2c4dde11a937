"""`terms store`: records in stores: put in, taken out, copied, verified, followed."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from terms.ground.addresses import SCHEMES

if TYPE_CHECKING:
    from terms.stores import Kept
    from terms.stores.errors import Lost
    from terms.stores.moving import Moved
    from terms.stores.verifying import Verified

HELP = "put records into a store, take them out, copy, verify, follow, grant"
EPILOG = """terms store import seeds/example sqlite:terms.db          put a record into a store (made where there is none)
terms store export sqlite:terms.db#example copy.jsonl     take a stream out, as text or sealed lines
terms store copy sqlite:terms.db postgresql://host/base   every stream, with the chain it has
terms store verify sqlite:terms.db                        the first line that was changed, removed or moved
terms store follow sqlite:terms.db                        every line as it comes, each once
terms store grant postgresql://host/base#example velm velm_reader   a role reads what a party knows, nothing else

STORE is sqlite:FILE, postgresql://..., FILE.jsonl or FILE.record.yaml; STORE#STREAM is one of its streams, and
every verb that takes a RECORD takes that too. Verifying proves order and content to somebody who holds an
earlier length and link (--expect); without one, whoever can write the store can write its chain anew."""
POLLED = 0.2
"""Seconds between two looks for something new."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb: a word for what to do, then where."""
    parser.add_argument("action", choices=tuple(ACTIONS), metavar="import|export|copy|verify|follow|grant")
    parser.add_argument("names", nargs="+", metavar="STORE", help="as the examples show")
    parser.add_argument(
        "--after", type=int, default=0, metavar="PLACE", help="follow: begin behind this place"
    )
    parser.add_argument("--once", action="store_true", help="follow: stop when there is nothing more")
    parser.add_argument("--json", action="store_true", help="follow: lines as JSON, with their content")
    parser.add_argument(
        "--expect", metavar="LENGTH:LINK", help="verify: a stream must begin with what ended so"
    )


def run(options: argparse.Namespace) -> int:
    """Do it; 1 when a store does not verify."""
    return ACTIONS[options.action](options)


def _taken(options: argparse.Namespace, usage: str, *, least: int, most: int) -> list[str]:
    from terms.cli.refusal import Refused

    names: list[str] = options.names
    if not least <= len(names) <= most:
        raise Refused(f"terms store {options.action} takes {usage}")
    return names


def _import(options: argparse.Namespace) -> int:
    from terms.cli.opening import read
    from terms.cli.refusal import Refused
    from terms.cli.stored import opened_store
    from terms.stores.moving import import_record

    path, where = _taken(options, "RECORD STORE", least=2, most=2)
    options.stdin_filename = None
    record = read(options, path, as_text=False)
    if record.has_errors:
        raise Refused("the record has errors", (f"`terms check {record.path}` shows them",))
    with opened_store(where, create=True) as (store, stream):
        _say(import_record(record, store, stream or _name_in(where, record.path)))
    return 0


def _name_in(where: str, path: str) -> str:
    """What a record is called in a store when nobody says: in a file of one stream as the file, else as before."""
    return _own_name(path if where.startswith(SCHEMES) else where)


def _own_name(path: str) -> str:
    """What a record is called in a store when nobody says: its stream, else its file without the ending."""
    named = path.partition("#")[2]
    return named or Path(path).name.removesuffix(".record.yaml").removesuffix(".jsonl")


def _export(options: argparse.Namespace) -> int:
    from terms.cli.opening import read
    from terms.records.writing import write_record

    where, *to = _taken(options, "STORE#STREAM [FILE]", least=1, most=2)
    options.stdin_filename = None
    if to:
        return _copied(where, to[0], _own_name(to[0]), is_new=True)
    record = read(options, where, as_text=False)
    sys.stdout.write(write_record(record.header, record.events))
    return 0


def _copy(options: argparse.Namespace) -> int:
    source, target = _taken(options, "STORE STORE", least=2, most=2)
    return _copied(source, target, None, is_new=False)


def _copied(source: str, target: str, name: str | None, *, is_new: bool) -> int:
    from terms.cli.refusal import Refused
    from terms.cli.stored import opened_store
    from terms.stores import only_stream
    from terms.stores.moving import copy_stream, names_of

    if is_new and Path(target).exists():
        raise Refused(f"{target} is there already", ("name a new file, or use `terms store copy`",))
    with opened_store(source) as (kept, asked):
        names = [only_stream(kept, asked)] if name or asked else names_of(kept, None)
        with opened_store(target, create=True) as (store, renamed):
            only = name or renamed or ("" if target.startswith(SCHEMES) else _own_name(target))
            if only and len(names) > 1:
                raise Refused(
                    "several streams cannot be copied to one", (f"name one of them: {source}#{names[0]}",)
                )
            for stream in names:
                _say(copy_stream(kept, stream, store, only or stream, told=_progress(stream)))
    return 0


def _progress(stream: str) -> Callable[[int], None]:
    """Says on a terminal how far a long copy is."""
    if not sys.stderr.isatty():
        return lambda _: None
    return lambda length: print(f"\r{stream}: {length} lines", end="\r", file=sys.stderr)


def _say(moved: "Moved") -> None:
    print(f"{moved.stream}: {moved.added} lines added, {moved.length} there now")


def _verify(options: argparse.Namespace) -> int:
    from terms.cli.stored import opened_store
    from terms.stores import only_stream
    from terms.stores.verifying import verify_all

    (where,) = _taken(options, "STORE", least=1, most=1)
    with opened_store(where) as (store, asked):
        checked, faults = verify_all(store)
        if asked is not None:
            only_stream(store, asked)
            checked = tuple(one for one in checked if one.stream == asked)
        short = () if options.expect is None else _unexpected(options.expect, where)
    for one in checked:
        _tell(one)
    for sentence in (*faults, *short):
        print(sentence)
    if not (checked or faults):
        print(f"{where} holds no stream yet")
    return int(bool(faults or short or any(one.broken for one in checked)))


def _unexpected(expect: str, where: str) -> tuple[str, ...]:
    """What speaks against the head that somebody holds from earlier."""
    from terms.cli.refusal import Refused
    from terms.cli.stored import opened_store
    from terms.stores import only_stream
    from terms.stores.verifying import holds

    length, colon, link = expect.partition(":")
    if not colon or not length.isdigit() or len(link) != 64:
        raise Refused(f"'{expect}' is not LENGTH:LINK", ("write it as `terms store verify` prints it",))
    with opened_store(where) as (store, asked):
        stream = only_stream(store, asked)
        if holds(store, stream, length=int(length), link=link):
            return ()
        there = store.head(stream).length
    if there < int(length):
        return (
            f"the stream ends after {there} lines, and should have {length}: its end is gone, or it is another",
        )
    return (
        f"the stream does not begin with what ended in {expect}: something up to line {length} is another",
    )


def _tell(one: "Verified") -> None:
    if one.broken is None:
        print(f"{one.stream}: holds, {one.length}:{one.link}")
    else:
        print(f"{one.stream}: {one.broken.sentence}; it holds up to {one.length}:{one.link}")


def _follow(options: argparse.Namespace) -> int:
    from terms.cli.stored import opened_store
    from terms.stores import only_stream
    from terms.stores.following import follow

    (where,) = _taken(options, "STORE", least=1, most=1)
    with opened_store(where) as (store, asked):
        if asked is not None:
            only_stream(store, asked)
        lookout = _Lookout(once=options.once)
        for kept in follow(store, after=options.after, wait=lookout.wait, lost=lookout.lost):
            if asked in (None, kept.stream):
                sys.stdout.write(_line(kept, as_json=options.json))
    return 0


def _grant(options: argparse.Namespace) -> int:
    """Give a party a stream of its own in PostgreSQL, and let a role read that."""
    from terms.cli.naming import known_name
    from terms.cli.refusal import Refused
    from terms.cli.stored import opened_store
    from terms.stores import only_stream
    from terms.stores.looking import header_of

    where, party, role = _taken(options, "STORE#STREAM PARTY ROLE", least=3, most=3)
    if not where.startswith(("postgresql://", "postgres://")):
        raise Refused(
            "only PostgreSQL has roles that it can keep apart",
            ("hand a party a file instead: terms export RECORD --for PARTY --to FILE",),
        )
    with opened_store(where) as (store, asked):
        from terms.stores.party_streams import SCHEMA, view_name
        from terms.stores.postgres import PostgresStore

        stream = only_stream(store, asked)
        known_name(party, header_of(store, stream).party, "party")
        if isinstance(store, PostgresStore):
            store.grant(stream, party, role)
    print(f'{role} may read what {party} knows: SELECT * FROM {SCHEMA}."{view_name(stream, party)}"')
    return 0


class _Lookout:
    """Waits between two looks; on standard error it says that a server is gone, and that it is back, once each."""

    def __init__(self, *, once: bool) -> None:
        self._once = once
        self._is_lost = False

    def wait(self) -> bool:
        """There is nothing more."""
        sys.stdout.flush()
        if self._is_lost:
            print("the server is there again", file=sys.stderr)
        self._is_lost = False
        return self._paused()

    def lost(self, fault: "Lost") -> bool:
        """The server is gone."""
        if not self._is_lost and not self._once:
            sys.stdout.flush()
            print(f"{fault}; looked for until it is back, ctrl+c ends that", file=sys.stderr)
        self._is_lost = True
        return self._paused()

    def _paused(self) -> bool:
        if not self._once:
            time.sleep(POLLED)
        return not self._once


def _line(kept: "Kept", *, as_json: bool) -> str:
    from terms.cli.stored import told
    from terms.stores.lines import line_from

    if as_json:
        stream = json.dumps(kept.stream)
        head = f'{{"place":{kept.place},"stream":{stream},"number":{kept.number},"line":'
        return head + kept.content.decode("utf-8", "replace") + "}\n"
    with told():
        event = line_from(kept.content).event
    return f"{kept.place} {kept.stream} {kept.number} {kept.kind}{f' {event}' if event else ''}\n"


ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "import": _import,
    "export": _export,
    "copy": _copy,
    "verify": _verify,
    "follow": _follow,
    "grant": _grant,
}
