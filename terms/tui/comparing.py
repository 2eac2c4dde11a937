"""Two points side by side: anchors A and B, the matrix as their difference, and a second history laid over the first."""

from msgspec.structs import replace

from terms.core.talks import CellKey
from terms.tui import matrix
from terms.tui.desk import Anchor, Desk, Overlay
from terms.tui.seeing import view_words


def anchored(desk: Desk, which: str) -> Desk:
    """An anchor set here, or lifted where it is here already."""
    held = desk.a if which == "a" else desk.b
    seen = view_words(desk.history.view)
    name = (desk.here or "the beginning") + (f" ({seen})" if seen else "")
    lift = held is not None and held.history is desk.history and held.steps == desk.steps
    anchor = None if lift else Anchor(desk.history, desk.steps, name)
    made = desk.but(a=anchor) if which == "a" else desk.but(b=anchor)
    letter = which.upper()
    return made.but(message=f"{letter} lifted" if lift else f"{letter} is at {name}; d shows what differs")


def swapped(desk: Desk) -> Desk:
    """A and B the other way round."""
    return desk.but(a=desk.b, b=desk.a)


def toggled(desk: Desk) -> Desk:
    """The matrix as a difference, or as it stands again. The cursor goes to the first difference."""
    made = desk.but(comparing=not desk.comparing, top=0)
    if not made.comparing:
        return made
    found = differences(made)
    said = f"{len(found)} cells differ between {made.old.name} and {made.new.name}" + (
        ": n N walk them" if found else ""
    )
    return made.but(message=said, point=found[0] if found else made.point, source_top=0)


def differences(desk: Desk) -> list[CellKey]:
    """The differing cells that have a row and a column, in the order of reading."""
    places = desk.row_places
    order = {party: place for place, party in enumerate(desk.parties)}
    known = (key for key in desk.differing if key[1:] in places and key[0] in order)
    return sorted(known, key=lambda key: (places[key[1:]], order[key[0]]))


def walk(desk: Desk, way: int) -> Desk:
    """To the next differing cell in the order of reading, round and round."""
    found = differences(desk)
    if not found:
        return desk.but(message="nothing differs")
    here = (desk.row, desk.column)
    places = desk.row_places
    order = {party: place for place, party in enumerate(desk.parties)}
    spots = [(places[key[1:]], order[key[0]]) for key in found]
    later = [i for i, spot in enumerate(spots) if (spot > here if way > 0 else spot < here)]
    place = (later[0] if way > 0 else later[-1]) if later else (0 if way > 0 else -1)
    number = found.index(found[place]) + 1
    return desk.but(point=found[place], source_top=0, message=f"difference {number} of {len(found)}")


def overlaid(desk: Desk, overlay: Overlay) -> Desk:
    """A second history laid over: each cell that differs is marked, and the first event after which any does is named."""
    return desk.but(overlay=overlay, message=overlay_words(overlay, desk))


def against_overlay(desk: Desk) -> Desk:
    """The matrix as the difference of this point from the same event in the history laid over."""
    if desk.overlay is None:
        return desk
    there = desk.overlay.history
    steps = desk.opposite
    name = desk.here or "the beginning"
    a, b = Anchor(desk.history, desk.steps, name), Anchor(there, steps, f"{name} ({desk.overlay.name})")
    if desk.branch and desk.overlay.whole is not None:  # what is supposed stands behind what it changes
        a, b = replace(b, name=desk.overlay.name), replace(a, name=desk.branch)
    return toggled(desk.but(a=a, b=b, comparing=False))


def overlay_words(overlay: Overlay, desk: Desk) -> str:
    """Where the second history first differs from the first."""
    first = matrix.first_divergence(desk.history, overlay)
    return (
        f"{overlay.name}: first differs at {first}" if first else f"{overlay.name}: no position ever differs"
    )
