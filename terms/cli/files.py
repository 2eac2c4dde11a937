"""Writing files: each is replaced whole or not at all, and only if it is still as it was read."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from terms.cli.refusal import Refused


def replace_text(path: str, text: str, *, was: str) -> None:
    """Write `text` to `path` if the file still holds `was`; its permissions stay.

    Raises:
        Refused: somebody changed the file meanwhile, or it cannot be written.
    """
    target = Path(path).resolve()
    try:
        if target.read_bytes().decode("utf-8").removeprefix("\ufeff") != was.removeprefix("\ufeff"):
            raise Refused(f"{path} has changed since it was read", ("run the command again",))
        os.close(os.open(target, os.O_WRONLY))  # what its owner made read-only is not replaced either
        _replace(target, text.encode("utf-8"))
    except OSError as fault:
        raise Refused(f"{path} cannot be written: {fault.strerror or fault}") from fault


def _replace(target: Path, content: bytes) -> None:
    """The file holds the new content or the old one, and nothing is left beside it."""
    with tempfile.NamedTemporaryFile(
        "wb", dir=target.parent, prefix=f".{target.name}.", delete=False
    ) as beside:
        try:
            beside.write(content)
            beside.flush()
            os.chmod(beside.name, target.stat().st_mode)
            os.replace(beside.name, target)
        except OSError:
            os.unlink(beside.name)
            raise


def replace_texts(texts: Mapping[str, str], *, was: Mapping[str, str]) -> tuple[str, ...]:
    """Write every text that differs from what was read; the paths written, sorted."""
    changed = tuple(sorted(path for path, text in texts.items() if text != was[path]))
    for path in changed:
        replace_text(path, texts[path], was=was[path])
    return changed


def text_of(path: str) -> str:
    """The text of a file.

    Raises:
        Refused: it cannot be read, or is not UTF-8.
    """
    from terms.ground.diagnostics import Diagnostic
    from terms.records.files import read_text_file

    found = read_text_file(path)
    if isinstance(found, Diagnostic):
        raise Refused(found.message, found.help)
    return found
