"""Opening the screen and coming back from it: the place, the keys and the colours of this reader."""

import os
from collections.abc import Mapping
from pathlib import Path

from terms.core.history import History
from terms.tui.app import Reader, StepApp
from terms.tui.desk import Desk, Overlay
from terms.tui.keeping import (
    Kept,
    identity,
    keep,
    key_of,
    keys_file,
    read_keys,
    read_places,
    returned,
    state_file,
)
from terms.tui.opening import desk_for
from terms.tui.shelving import come_back_to
from terms.tui.terminal import speaks_unicode
from terms.tui.themes import THEMES
from terms.tui.whatif import WhatIf


def run(
    history: History,
    *,
    name: str,
    at: str | int | None = None,
    record: History | None = None,
    ascii_only: bool | None = None,
    colour: bool | None = None,
    reread: Reader | None = None,
    over: Overlay | None = None,
    served: bool = False,
    branches: tuple[WhatIf, ...] = (),
    branch: str = "",
    path: str = "",
    environment: Mapping[str, str] | None = None,
) -> Desk:
    """Open the screen and stay until the reader leaves; the desk where they left. Ask `refusal` first.

    `record` is the whole record that `history` is a view of. `ascii_only` None: unless the locale is UTF-8.
    `colour` None: unless `NO_COLOR` is set. With `at` None the reader comes back to where they were last.
    `over` is a second history laid over; `branches` of the record can be gone to, `branch` is the one to begin on.
    `path` is the file of the record. `served`: drawn in somebody's browser, where nothing is kept or written.

    Raises:
        NoSuchPlace: `at` names nothing in the history.
    """
    env = os.environ if environment is None else environment
    drawn = not speaks_unicode(env) if ascii_only is None else ascii_only
    coloured = not env.get("NO_COLOR") if colour is None else colour
    desk = desk_for(history, name=name, at=at, record=record, ascii_only=drawn, over=over,
                    branches=branches, branch=branch, path=path)  # fmt: skip
    places = state_file(env)
    if served:
        desk = desk.but(theme="colour" if coloured else "plain", hint=True)
    else:
        desk = _as_left(desk, read_places(places), keys_file(env), stay=at is not None, coloured=coloured)
    app = StepApp(desk, reread=reread, served=served)
    for size in () if served else ("COLUMNS", "LINES"):
        # An exported size would win over the terminal's own, and the frame would not follow a resize.
        os.environ.pop(size, None)
    left = app.run()
    left = left if left is not None else app.desk
    if not served:
        keep(places, left)
    if app.return_code:
        raise SystemExit(app.return_code)  # it broke, and Textual has said how
    return left


def _as_left(desk: Desk, kept: Mapping[str, Kept], keys: Path, *, stay: bool, coloured: bool) -> Desk:
    """The desk as its reader left it: the place unless it is to `stay` where it is, the theme, their own keys."""
    before = kept.get(key_of(desk))
    if before is not None and "event" in before and not stay:
        desk = returned(desk, before)
    led = come_back_to(desk, kept, identity(desk.root))
    desk = led.but(out=()) if stay else led
    own, fault = read_keys(keys)
    theme = str(before.get("theme")) if before is not None and before.get("theme") in THEMES else "colour"
    theme = theme if coloured else "plain"
    return desk.but(keys=own, theme=theme, hint=not kept, message=fault or desk.message)
