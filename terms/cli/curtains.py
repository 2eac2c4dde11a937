"""The curtain of `terms step`: put up before anything heavy is loaded, so it knows a record by its path alone."""

import argparse
import os

from terms.cellar.folder import cellar, hash_of, mark_of
from terms.cli.locating import located
from terms.cli.stored import is_stored
from terms.tui.curtain import Curtain
from terms.tui.visits import keys_file, read_places, state_file


def curtain_for(options: argparse.Namespace) -> Curtain:
    """The curtain for these options. Only of a record in files that lies alone a picture can be kept.

    Raises:
        Refused: no record is named and none is shipped.
    """
    path = located(options, options.record)
    whole = os.path.isdir(path) or path.endswith(".record.yaml")
    alone = options.over is None and not options.point and not options.served
    mark = None
    if whole and alone and not is_stored(path) and cellar(os.environ) is not None:
        mark = mark_of(path)
    told = sorted((name, str(value)) for name, value in vars(options).items())
    keys = keys_file(os.environ)
    own = hash_of(keys.read_bytes()) if keys.is_file() else ""
    return Curtain(
        path if mark is not None else None,
        mark,
        (told, own, os.getcwd()),
        read_places(state_file(os.environ)),
        os.environ,
        words=f"reading {options.record or 'the record'} ...",
    )
