"""Opening the screen and coming back from it: the place, the keys and the colours of this reader."""

import os
from collections.abc import Mapping
from pathlib import Path

from terms.core.history import History
from terms.tui.app import Reader, StepApp
from terms.tui.curtain import Curtain, terminal_size
from terms.tui.desk import Desk, Overlay
from terms.tui.frame import frame
from terms.tui.keeping import identity, keep, key_of, read_keys, returned
from terms.tui.opening import desk_for
from terms.tui.recalling import Disputes
from terms.tui.scrolling import settled
from terms.tui.shelving import come_back_to
from terms.tui.terminal import speaks_unicode
from terms.tui.themes import THEMES, painted
from terms.tui.visits import Kept, keys_file, read_places, state_file
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
    curtain: Curtain | None = None,
    disputes: Disputes | None = None,
    environment: Mapping[str, str] | None = None,
) -> Desk:
    """Open the screen and stay until the reader leaves; the desk where they left. Ask `refusal` first.

    `record` is the whole record that `history` is a view of. `ascii_only` None: unless the locale is UTF-8.
    `colour` None: unless `NO_COLOR` is set. With `at` None the reader comes back to where they were last.
    `over` is a second history laid over; `branches` of the record can be gone to, `branch` is the one to begin on.
    `path` is the file of the record. `served`: drawn in somebody's browser, where nothing is kept or written.
    `curtain` stands on the terminal so far; `disputes` is what was found out of rival accounts before.

    Raises:
        NoSuchPlace: `at` names nothing in the history.
    """
    env = os.environ if environment is None else environment
    drawn = not speaks_unicode(env) if ascii_only is None else ascii_only
    coloured = not env.get("NO_COLOR") if colour is None else colour
    places = state_file(env)

    def begun() -> Desk:
        desk = desk_for(history, name=name, at=at, record=record, ascii_only=drawn, over=over,
                        branches=branches, branch=branch, path=path)  # fmt: skip
        if served:
            party = history.view.party  # whoever visits holds no file and sees no more than is served
            return desk.but(theme="colour" if coloured else "plain", hint=True, kept_to=party)
        return _as_left(desk, read_places(places), keys_file(env), stay=at is not None, coloured=coloured)

    desk = begun()
    if disputes is not None and (readings := disputes.recalled(desk.history)) is not None:
        desk = desk.but(readings=readings)
    app = StepApp(desk, reread=reread, served=served)
    for size in () if served else ("COLUMNS", "LINES"):
        # An exported size would win over the terminal's own, and the frame would not follow a resize.
        os.environ.pop(size, None)
    if curtain is not None:
        _unveil(app, curtain)
    left = app.run()
    left = left if left is not None else app.desk
    if not served:
        keep(places, left)
    if app.return_code:
        raise SystemExit(app.return_code)  # it broke, and Textual has said how
    if disputes is not None and left.readings is not None and left.readings.history.record is history.record:
        disputes.keep(left.readings)
    if curtain is not None:
        _keep_picture(curtain, begun().but(readings=left.readings), read_places(places))
    return left


def _unveil(app: StepApp, curtain: Curtain) -> None:
    """Let the program draw over the curtain, which stays until its first frame is there."""
    curtain.hand_over()
    if app.driver_class.__name__ == "LinuxDriver":  # in a browser, or on Windows, there is none
        from terms.tui.unveiling import Unveiling

        Unveiling.curtain = curtain
        app.driver_class = Unveiling


def _keep_picture(curtain: Curtain, desk: Desk, places: Mapping[str, Kept]) -> None:
    """Keep what the next start begins with; a what-if that would be replayed first takes its own time."""
    if desk.out or desk.branches:
        return
    curtain.size = terminal_size()  # it may be another by now
    first = settled(desk.but(width=curtain.size[0], height=curtain.size[1]))
    lines = painted(frame(first), THEMES[first.theme]).split("\n")[:-1]
    curtain.keep(lines, key_of(desk), places)


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
