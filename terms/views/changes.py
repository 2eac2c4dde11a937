"""Which cells differ between two states, and at which steps one did: what a reader walks along."""

from collections.abc import Iterable

from terms.core.history import History
from terms.core.talks import CellKey, Talks


def changed_cells(before: Talks, after: Talks) -> frozenset[CellKey]:
    """The (party, term, stage) that differ between two states; shared cells are told by identity."""
    if before.cells is after.cells:
        return frozenset()
    keys = list(before.cells)
    if keys == list(
        after.cells
    ):  # nobody spoke on anything new, as at most steps: both are walked side by side
        beside = zip(keys, before.cells.values(), after.cells.values(), strict=True)
        return frozenset([key for key, was, now in beside if was is not now and was != now])
    old, new = dict(before.cells), after.cells.items()
    held = old.get
    other = [(key, cell) for key, cell in new if held(key) is not cell]
    touched = {key for key, cell in other if held(key) != cell}
    if len(old) + sum(key not in old for key, _ in other) > len(new):
        touched |= old.keys() - {key for key, _ in new}
    return frozenset(touched)


def changes_of(history: History, key: CellKey) -> tuple[int, ...]:
    """The indexes of the steps that changed one cell, in order: what a reader walks along."""
    return tuple(
        step.index
        for step in history
        if step.before.cells.get(key) is not step.after.cells.get(key)
        and step.before.cells.get(key) != step.after.cells.get(key)
    )


def changes_of_term(history: History, term: str) -> tuple[int, ...]:
    """The indexes of the steps that changed any cell of a term, in order."""
    return tuple(
        step.index
        for step in history
        if any(key[1] == term for key in changed_cells(step.before, step.after))
    )


def grouped(terms: Iterable[str]) -> tuple[str, ...]:
    """Terms in their order, those that share the first part of a dotted name brought together."""
    groups: dict[str, list[str]] = {}
    for term in terms:
        groups.setdefault(term.partition(".")[0], []).append(term)
    return tuple(term for group in groups.values() for term in group)
