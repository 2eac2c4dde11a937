"""`terms replay`: tells a kept case, the record that broke a law of a test, and tries the law again."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from terms.cli.options import add_color

if TYPE_CHECKING:
    from terms.cli.output import Output
    from terms.core.history import History
    from terms.testing.cases import Case

HELP = "tell a record that broke a law of a test, and try the law again"
EPILOG = "A CASE is a name from .terms/cases, or a file. Exit 0: the law holds now; 1: it is still broken."


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("case", nargs="?", metavar="CASE", help="without it the kept cases are listed")
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Tell one case, or list all."""
    from terms.cli.output import output
    from terms.core.history import History
    from terms.records import read_record
    from terms.testing.cases import case_of

    out = output(options)
    if options.case is None:
        return _listed(out)
    record = read_record(_path(options.case))
    if record.has_errors:
        from terms.ground.rendering import render

        print(render(record.diagnostics, record.texts), end="")
        if case_of(record) is not None and any(one.code == "E104" for one in record.diagnostics):
            out.line()
            out.wrapped(
                "A kind of your own is known where it is defined alone: run the test that kept the case"
            )
        return 2 if record.is_unreadable else 1
    history = History(record.header, record.events)
    _told(history, out)
    found = case_of(record)
    if found is None:
        out.line("no law is named in it: it was not kept by a test")
        return 0
    return _tried(history, found, out)


def _path(name: str) -> str:
    from terms.cli.refusal import Refused
    from terms.ground.suggest import did_you_mean
    from terms.testing.cases import case_path

    for path in (Path(name), case_path(name)):
        if path.exists():
            return str(path)
    raise Refused(f"there is no case '{name}'", (*did_you_mean(name, _names()), "`terms replay` lists them"))


def _names() -> list[str]:
    from terms.testing.cases import FOLDER, SUFFIX

    return sorted(path.name.removesuffix(SUFFIX) for path in FOLDER.glob(f"*{SUFFIX}"))


def _listed(out: "Output") -> int:
    for name in _names():
        out.line(name)
    if not _names():
        out.line("no case is kept here")
    return 0


def _told(history: "History", out: "Output") -> None:
    from terms.views.sentence import sentence

    for place, event in enumerate(history.events):
        out.labelled(f"  {event.date.text}  ", f"{sentence(history, place)} [{event.id}]")
    out.line()


def _tried(history: "History", found: "Case", out: "Output") -> int:
    from terms.testing.catalogue import LAWS

    law = LAWS.get(found.law)
    if law is None:
        out.wrapped(f"'{found.law}' is no law that is shipped: run the test that kept the case")
        return 0
    chosen = ", ".join(f"{name} {number}" for name, number in found.choices.items())
    out.wrapped(f"{law.name}: {law.says}" + (f" ({chosen})" if chosen else ""))
    try:
        law.tried(history, found.choose)
    except AssertionError as fault:
        said = str(fault).strip().splitlines()
        out.wrapped("still broken" + (f": {said[0]}" if said else ""))
        return 1
    out.line("holds")
    return 0
