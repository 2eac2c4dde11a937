"""Which record a command reads where none is named: that of the settings, else the shipped one."""

import argparse

from terms.cli.config import settings
from terms.cli.refusal import Refused
from terms.cli.shipped import record_path, shipped_record
from terms.cli.stored import is_stored


def located(options: argparse.Namespace, path: str | None) -> str:
    """The path to read: as given, else the `record` of the settings, else the shipped record.

    A path where nothing is may be the name of a shipped record.

    Raises:
        Refused: none is given and none is shipped.
    """
    if path is not None:
        return record_path(path)
    found = settings(no_config=options.no_config)
    if (named := found.text("record")) is not None and found.path is not None:
        return named if is_stored(named) else record_path(str(found.path.parent / named), named)
    shipped = shipped_record()
    if shipped is None:
        raise Refused(
            "no record is named and none is shipped with this copy", ("name a file or folder as RECORD",)
        )
    return str(shipped)
