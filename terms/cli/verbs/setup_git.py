"""`terms setup-git`: makes git show and merge records by their events, in the repository one stands in."""

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

HELP = "make git diff and merge records by their events, in this repository"
EPILOG = """What it does: names the event in the heading of every hunk (`git diff`, `git log -L ':id. n-25:FILE'`), and
merges branches that both add events without loss. It writes a line to .gitattributes (commit them) and
the drivers to the settings of this clone (everybody runs it once). Running it again changes nothing."""
PATTERNS = ("*.record.yaml",)
ATTRIBUTES = "diff=terms merge=terms"
HEADING = r"^ *- (id: .*)$"


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes no options."""


def run(options: argparse.Namespace) -> int:
    """Write attributes and settings."""
    top = Path(_git("rev-parse", "--show-toplevel").strip())
    added = _add_attributes(top / ".gitattributes")
    driver = f"{shlex.quote(sys.executable)} -m terms merge-driver %O %A %B %L %P"
    _git("config", "diff.terms.xfuncname", HEADING)
    _git("config", "merge.terms.name", "records merged by their events")
    _git("config", "merge.terms.driver", driver)
    print(f".gitattributes: {', '.join(added) if added else 'as it was'}")
    print("git diff names the event of every hunk; git merge merges records by their events")
    return 0


def _add_attributes(path: Path) -> tuple[str, ...]:
    """Add what is missing, behind what is there."""
    text = path.read_text("utf-8") if path.exists() else ""
    known = set(text.splitlines())
    missing = tuple(line for line in (f"{one} {ATTRIBUTES}" for one in PATTERNS) if line not in known)
    if missing:
        gap = "" if not text or text.endswith("\n") else "\n"
        path.write_text(f"{text}{gap}" + "".join(f"{line}\n" for line in missing), "utf-8")
    return missing


def _git(*words: str) -> str:
    from terms.cli.refusal import Refused

    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    except FileNotFoundError as fault:
        raise Refused("git is not installed") from fault
    if done.returncode:
        raise Refused(done.stderr.strip().removeprefix("fatal: "), ("stand in the repository of the record",))
    return done.stdout
