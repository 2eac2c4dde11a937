"""Whether there is a terminal to draw on, and what it can show; asked before anything heavy is loaded."""

import locale
import os
import sys
from collections.abc import Mapping


def refusal(environment: Mapping[str, str] | None = None) -> str | None:
    """Why no screen can be shown here, with the command that prints instead; None when it can."""
    env = os.environ if environment is None else environment
    if env.get("TERM", "") in ("", "dumb"):
        return (
            "this terminal cannot move its cursor: `terms log` prints the events, `terms show` the positions"
        )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "the screen needs a terminal: `terms log` prints the events, `terms show` the positions"
    return None


def speaks_unicode(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the terminal is said to show more than ASCII."""
    env = os.environ if environment is None else environment
    named = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    return "utf" in named.lower() or (not named and "utf" in locale.getpreferredencoding(False).lower())
