"""`terms VERB ...`: finds the verb, hands it the arguments, and turns what comes back into an exit code.

Exit codes: 0 clean, 1 findings (faults in a record, differences asked for as a check), 2 cannot run (a bad
option, an unreadable file). `--exit-zero` turns 1 into 0.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import NoReturn

from terms import __version__
from terms.cli.plugins import without_plugins
from terms.cli.refusal import Refused

VERBS = (
    "show", "log", "why", "diff", "who-knows", "waits", "ask", "obligations", "questions",
    "step", "frame", "peek", "serve",
    "run", "test", "promote",
    "check", "fmt", "schema", "explain", "refs", "replay",
    "add", "correct", "retract", "rename-id", "export", "store", "setup-git", "merge-driver", "completion",
)  # fmt: skip
"""In the order of the help: asking, looking, checking, writing. A new verb is a file in `verbs` and its name here."""

ABOUT = "Negotiations as sourced events: step through them and ask what stood where, why, and what if not."
AFTER = (
    "RECORD is a file, a folder with one head record, a store (sqlite:terms.db#talks) or - for\n"
    "standard input; without it the record shipped with the program is read (the Istanbul talks of 2025).\n"
    "`terms questions` says which command answers which question."
)


MADE_AT_A_START = 300_000
"""More objects than loading the program and reading a record make: looking through them for cycles, of which there are
none, is a tenth of what a command takes. Behind them the collector runs as ever, only in larger steps."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never raises for what a person did wrong."""
    without_plugins()
    if arguments is None:
        gc.set_threshold(MADE_AT_A_START, 20, 20)
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has gone: point stdout elsewhere, so that the last flush is quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Refused as refusal:
        print(f"terms: {refusal}", file=sys.stderr)
        return 2
    finally:
        # Where the process ends, else all that it made is looked through for cycles once more.
        if arguments is None:
            gc.freeze()
    return code


def _run(arguments: Sequence[str]) -> int:
    asked = _known_verb(arguments)
    parser = build_parser(VERBS if asked is None else (asked,))
    options = _gathered(*parser.parse_known_args(arguments))
    if options.show_config:
        from terms.cli.config import describe

        print(describe(options.no_config), end="")
        return 0
    if options.verb is None:
        parser.print_help()
        return 2
    code: int = verb_module(options.verb).run(options)
    return 0 if code == 1 and options.exit_zero else code


def _known_verb(arguments: Sequence[str]) -> str | None:
    """The verb asked for, if any. An unknown one is refused with the nearest, where argparse would list them all."""
    asked = next((word for word in arguments if not word.startswith("-")), None)
    if asked is not None and asked not in VERBS:
        from terms.ground.suggest import did_you_mean

        raise Refused(
            f"there is no verb '{asked}'", (*did_you_mean(asked, VERBS), "`terms --help` lists them")
        )
    return asked


def _gathered(options: argparse.Namespace, rest: list[str]) -> argparse.Namespace:
    """The options with names that stood behind a flag, since argparse takes names from one place only."""
    words = [word for word in rest if word == "-" or not word.startswith("-")]
    if len(words) < len(rest):
        raise _no_option(options.verb, [word.partition("=")[0] for word in rest if word not in words])
    if words and "names" in options:
        options.names = [*options.names, *words]
    elif len(words) == 1 and getattr(options, "record", "") is None:
        options.record = words[0]
    elif words:
        raise Refused(f"too many names: {' '.join(words)}", (_where_help_is(options.verb),))
    return options


def _no_option(verb: str | None, words: Sequence[str]) -> Refused:
    """The refusal of options that a verb, or the program before its verb, does not have."""
    from terms.ground.suggest import did_you_mean

    parser = build_parser(() if verb is None else (verb,))
    known = [name for one in (parser, *parser.verbs) for name in one.option_names()]
    hints = [hint for word in words for hint in did_you_mean(word, known)]
    told = f"terms {verb}" if verb is not None else "terms"
    return Refused(f"`{told}` has no option {', '.join(words)}", (*hints, _where_help_is(verb)))


def _where_help_is(verb: str | None) -> str:
    return f"`terms {verb + ' ' if verb is not None else ''}--help` tells what it takes"


class Parser(argparse.ArgumentParser):
    """One that says in a line what is wrong, where argparse would first print the usage of every option.

    `verbs` are the parsers of the verbs, where it has any.
    """

    verbs: "tuple[Parser, ...]" = ()

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed.

        Raises:
            Refused: always.
        """
        raise Refused(message, (f"`{self.prog} --help` tells what it takes",))

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Refuse a word that is none of those to choose from, with the nearest; argparse words it by its version.

        Raises:
            Refused: `value` is none of them.
        """
        if action.choices is None or value in action.choices:
            return
        from terms.ground.suggest import did_you_mean

        known = [str(one) for one in action.choices]
        asked = (
            f"{action.option_strings[-1]} takes no" if action.option_strings else f"there is no {action.dest}"
        )
        hints = (*did_you_mean(str(value), known), f"one of {', '.join(known)}")
        raise Refused(f"{asked} '{value}'", (*hints, f"`{self.prog} --help` tells what it takes"))

    def option_names(self) -> list[str]:
        """Every option it knows, as it is typed."""
        return [name for action in self._actions for name in action.option_strings]


HELP_COLUMN = 17
"""Where the help of a verb begins; left alone, versions of Python put it at different columns."""


def build_parser(asked: Sequence[str] = VERBS) -> Parser:
    """The parser of the verbs `asked`, from their own `configure`. Completion scripts are made from all of it."""
    parser = Parser(
        prog="terms",
        description=ABOUT,
        epilog=AFTER,
        allow_abbrev=False,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, max_help_position=HELP_COLUMN),
    )
    parser.add_argument("--version", action="version", version=f"terms {__version__}")
    parser.add_argument(
        "--show-config", action="store_true", help="say which settings hold and where from, and stop"
    )
    parser.add_argument("--no-config", action="store_true", help="read no settings file")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 where findings would exit 1")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    for name in asked:
        module = verb_module(name)
        own = verbs.add_parser(
            name,
            help=module.HELP,
            description=module.HELP[0].upper() + module.HELP[1:] + ".",
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            epilog=getattr(module, "EPILOG", None),
        )
        module.configure(own)
        parser.verbs += (own,)
    return parser


def verb_module(name: str) -> ModuleType:
    """The module of a verb: `HELP`, `configure(parser)`, `run(options) -> exit code`."""
    return import_module(f"terms.cli.verbs.{name.replace('-', '_')}")
