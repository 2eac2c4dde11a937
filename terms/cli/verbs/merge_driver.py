"""`terms merge-driver`: merges two edits of a record for git, event by event; `setup-git` installs it."""

import argparse
import subprocess
import tempfile
from pathlib import Path

HELP = "merge two edits of a record for git, event by event (see setup-git)"
EPILOG = """terms merge-driver BASE OURS THEIRS [MARKER-SIZE [PATH]]
The result replaces OURS. Exit 0: merged; 1: there are conflicts, shown between markers."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the verb, in the order in which git gives them."""
    parser.add_argument("base", metavar="BASE")
    parser.add_argument("ours", metavar="OURS")
    parser.add_argument("theirs", metavar="THEIRS")
    parser.add_argument("marker_size", nargs="?", default="7", metavar="MARKER-SIZE")
    parser.add_argument("path", nargs="?", default="", metavar="PATH", help="the file, for messages")


def run(options: argparse.Namespace) -> int:
    """Merge into OURS; 1 when something is in conflict."""
    from terms.cli.files import replace_text, text_of
    from terms.records.merging import merge_records

    texts = [text_of(path) for path in (options.base, options.ours, options.theirs)]
    merged = merge_records(
        *texts, merge_lines=lambda *sides: _by_lines(*sides, marker_size=options.marker_size)
    )
    replace_text(options.ours, merged.text, was=texts[1])
    for name in merged.conflicts:
        where = f"event '{name}'" if name else "what stands around the events"
        print(f"{options.path or options.ours}: both sides changed {where}")
    return int(bool(merged.conflicts))


def _by_lines(base: str, ours: str, theirs: str, *, marker_size: str) -> tuple[str, bool]:
    """Three texts merged by `git merge-file`, which git itself uses."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(text.encode("utf-8"))
        labels = ("-L", "ours", "-L", "base", "-L", "theirs")
        command = ["git", "merge-file", "-p", f"--marker-size={marker_size}", *labels, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode("utf-8"), done.returncode != 0
