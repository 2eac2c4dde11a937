"""What generated records reach, told to Hypothesis: kinds of event, statuses of positions, types of value.

`--hypothesis-show-statistics` then lists how often each was reached, and the search leans towards records of
many kinds.
"""

from hypothesis import event, target

from terms.core.history import History


def reached(history: History) -> frozenset[str]:
    """What a history reaches: `kind propose`, `status accepted`, `type money`, `talks adjourned`."""
    cells = history.last.cells.values()
    return frozenset(
        (
            *(f"kind {one.kind}" for one in history.events),
            *(f"status {cell.status}" for cell in cells),
            *(f"type {cell.stance.type}" for cell in cells if cell.stance is not None),
            f"talks {history.last.session.state}",
        )
    )


def observe(history: History) -> frozenset[str]:
    """Tell Hypothesis what a history reaches, inside a test of a property; returns it."""
    found = reached(history)
    for one in sorted(found):
        event(one)
    target(float(len(found)), label="kinds, statuses and types in one record")
    return found
