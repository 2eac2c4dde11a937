"""Through time: by event, by the changes of one cell, by session, by jump; and back again."""

from itertools import islice

from terms.core.talks import CellKey
from terms.tui import matrix
from terms.tui.desk import Desk, Spot, pointed


def to_step(desk: Desk, steps: int, *, jump: bool = False) -> Desk:
    """The desk after `steps` events, within what there is; a jump is kept for the way back."""
    wanted = max(0, min(steps, len(desk.history)))
    if wanted == desk.steps:
        return desk
    made = desk.but(steps=wanted, source_top=0)
    return made.but(jumps=(*desk.jumps, desk.spot)[-100:], undone=()) if jump else made


def follow(desk: Desk) -> Desk:
    """The desk with the cell on what the step changed, unless the reader asked about the cell they are on."""
    return desk if desk.lower == "why" else pointed(desk)


def by_event(desk: Desk, way: int) -> Desk:
    """The next event of the list: under a filter, the next that passes."""
    if desk.shown is None:
        return follow(to_step(desk, desk.steps + way))
    later = [place for place in desk.shown if (place > desk.place if way > 0 else place < desk.place)]
    if later:
        return follow(to_step(desk, (later[0] if way > 0 else later[-1]) + 1))
    return desk.but(message="no further event passes the filter: esc shows all")


def by_page(desk: Desk, way: int) -> Desk:
    """Half a screen of the list on."""
    places = desk.places
    if not places:
        return by_event(desk, way)
    line = max(0, min(desk.line + way * max(1, desk.height // 2), len(places) - 1))
    made = follow(to_step(desk, places[line] + 1))
    return made if made.steps != desk.steps else by_event(desk, way)


def _ahead(desk: Desk, way: int) -> range:
    """The log places before or after the one looked at, the nearest first."""
    return range(desk.place + 1, len(desk.history)) if way > 0 else range(desk.place - 1, -1, -1)


def _touched(desk: Desk, place: int, asked: CellKey) -> list[CellKey]:
    """The cells asked for that the event at a place changed, sorted. A whole term has a cell a party."""
    before, after = desk.history.state(place).cells, desk.history.state(place + 1).cells
    if before is after:
        return []
    party, term, stage = asked
    if not term:
        return sorted(key for key in matrix.changed(desk.history, place + 1) if key[0] == party)
    keys = [asked] if party else [(one, term, stage) for one in desk.parties]
    return [key for key in keys if before.get(key) != after.get(key)]


def by_cell(desk: Desk, way: int, asked: CellKey | None) -> Desk:
    """The next event that changed this cell; or this term, or this party, where no cell of it is named."""
    if asked is None:
        return desk
    for place in _ahead(desk, way):
        if touched := _touched(desk, place, asked):
            return _within(to_step(desk, place + 1, jump=True), touched)
    party, term, _ = asked
    what = f"{party} on {term}" if party and term else party or term
    return desk.but(message=f"{what} does not change {'after' if way > 0 else 'before'} this")


def _within(desk: Desk, touched: list[CellKey]) -> Desk:
    """The cursor on a changed cell of the term or party walked along; on a head it stays there."""
    stays = desk.point is not None and (not all(desk.point[:2]) or desk.point in touched)
    return desk if stays else desk.but(point=touched[0])


def by_term(desk: Desk, way: int) -> Desk:
    """The next event that changed anybody's stance on the term of this row."""
    cell = desk.cell
    return by_cell(desk, way, ("", cell[1], cell[2]) if cell is not None and cell[1] else None)


def by_session(desk: Desk, way: int) -> Desk:
    """The next meeting; where no further one is recorded, the next day on which anything happened."""
    events = desk.history.events
    meetings = (place for place in _ahead(desk, way) if events[place].kind == "meet")
    day = desk.event.date.last_day if desk.event is not None else None
    days = (place for place in _ahead(desk, way) if events[place].date.last_day != day)
    found = [*islice(meetings, 1), *islice(days, 1)]
    if found:
        return follow(to_step(desk, found[0] + 1, jump=True))
    return desk.but(message="no session or other day that way")


def by_rival(desk: Desk) -> Desk:
    """The next event that is told in rival accounts, round and round."""
    told = {choice.of for choice in desk.history.rivals}
    events = desk.history.events
    places = [place for place in desk.places if events[place].id in told or events[place].account_of in told]
    if not places:
        return desk.but(message="no event that passes the filter is told in rival accounts")
    later = [place for place in places if place > desk.place] or places
    made = follow(to_step(desk, later[0] + 1, jump=True))
    return made.but(
        message=f"told in rival accounts: {places.index(later[0]) + 1} of {len(places)}, the lower pane lists them"
    )


def back(desk: Desk) -> Desk:
    """Back to where the last jump started: the event, the cell, the pane."""
    *rest, last = desk.jumps
    return _return(desk, last).but(jumps=tuple(rest), undone=(*desk.undone, desk.spot))


def forward(desk: Desk) -> Desk:
    """Forward again to where the last way back started."""
    *rest, last = desk.undone
    return _return(desk, last).but(undone=tuple(rest), jumps=(*desk.jumps, desk.spot))


def _return(desk: Desk, spot: Spot) -> Desk:
    known = matrix.holds(desk.history, spot.event)
    steps = desk.history.index(spot.event) + 1 if known else 0
    return desk.but(steps=steps, point=spot.point, focus=spot.focus, lower=spot.lower, source_top=0)


SPEEDS = (1, 2, 4, 8, 16)


def play(desk: Desk) -> Desk:
    """Start to play from here, from the beginning when at the end; or stop."""
    if desk.speed:
        return desk.but(speed=0)
    return (to_step(desk, 0, jump=True) if desk.steps == len(desk.history) else desk).but(speed=2)


def faster(desk: Desk, way: int) -> Desk:
    """Play at the next speed up or down."""
    place = SPEEDS.index(desk.speed) + way
    return desk.but(speed=SPEEDS[max(0, min(place, len(SPEEDS) - 1))])


def tick(desk: Desk) -> Desk:
    """One event further while playing; at the last one playing ends."""
    if not desk.speed or desk.prompt is not None:
        return desk
    made = by_event(desk, 1)
    ended = made.steps in (desk.steps, len(desk.history))
    return made.but(speed=0) if ended else made


def pause_before_next(desk: Desk) -> int:
    """Milliseconds to wait before the next event is played.

    Even gaps: the same for all. Real gaps: as many times that as days lie between, seven at most.
    """
    base = 1000 // max(desk.speed, 1)
    if desk.even or not desk.steps or desk.steps >= len(desk.history):
        return base
    here, following = (desk.history.events[place].date.last_day for place in (desk.place, desk.steps))
    days = (following - here).days if here is not None and following is not None else 1
    return base * max(1, min(days, 7))
