"""Compares free text by the sourced judgements on record, and by nothing else.

Two wordings are one where somebody judged them the same, or one to entail the other; they are apart where somebody
judged that they contradict each other. What nobody judged is left to a person.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Literal

from terms.core.entries import Cell
from terms.core.situation import Situation

Judged = tuple[Literal["one", "apart"], tuple[str, ...]]


def judged(at: Situation, slot: str, cells: Mapping[str, Cell]) -> Judged | None:
    """How the stances of several parties on a term were judged, and the judgements; None: not each pair was.

    One pair that is apart is enough.
    """
    told = {frozenset((one, other)): (how, event) for how, one, other, event in at.talks.judgements}
    found: list[str] = []
    for one, other in combinations(sorted(cells), 2):
        pair = next(
            (
                told[names]
                for left in _names(cells[one], slot)
                for right in _names(cells[other], slot)
                if (names := frozenset((left, right))) in told
            ),
            None,
        )
        if pair is not None and pair[0] == "contradicts":
            return "apart", (pair[1],)
        found.extend([pair[1]] if pair is not None else [])
    pairs = len(cells) * (len(cells) - 1) // 2
    return ("one", tuple(dict.fromkeys(found))) if pairs and len(found) == pairs else None


def _names(cell: Cell, slot: str) -> tuple[str, str]:
    return cell.stance_event or "", f"{cell.stance_event}/{slot}"
