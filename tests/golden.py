"""Golden files: a command and everything it printed, compared whole.

A file may begin with lines of its own (`# ...`): the question, and the answer as worked out by hand. Each
command is a line `$ terms ...`, followed by what it wrote to standard output, then, where there was any,
`[stderr]` and what it wrote there, and `[exit N]` unless that is 0. With GOLDEN=write in the environment the
files are written anew; whoever does that reads the difference.
"""

import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from terms.cli.main import main


def told(arguments: list[str], *, stdin: bytes = b"") -> str:
    """What a command prints, as a golden file spells it."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), _stdin(stdin):
        try:
            code = main(["--no-config", *arguments])
        except SystemExit as left:
            code = int(left.code or 0)
    parts = [out.getvalue()]
    if err.getvalue():
        parts.append("[stderr]\n" + err.getvalue())
    if code:
        parts.append(f"[exit {code}]\n")
    return "".join(parts)


def check(path: Path) -> None:
    """Run every command of a golden file and compare what each told; write it anew when asked to."""
    head, *blocks = re.split(r"(?m)^(?=\$ terms )", path.read_text("utf-8"))
    found = head + "".join(_block(block.partition("\n")[0]) for block in blocks)
    if os.environ.get("GOLDEN") == "write":
        path.write_text(found, "utf-8")
        return
    assert found == head + "".join(blocks), f"{path.name} tells something else; read it, then GOLDEN=write"


def _block(command: str) -> str:
    return f"{command}\n{told(shlex.split(command.removeprefix('$ terms ')))}"


def cases(folder: Path) -> list[Path]:
    """The golden files of a folder, sorted."""
    return sorted(folder.glob("*.txt"))


@contextmanager
def _stdin(content: bytes) -> Iterator[None]:
    kept = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content), "utf-8")
    try:
        yield
    finally:
        sys.stdin = kept
