"""The first event where something holds: what a person would search for by halving, found in one go.

What can be asked: `TERM WORDS` (how the term stands: `roads agreed`), `PARTY TERM WORDS` (the sign's word, or
anything in the stance: `north roads accepted`, `north pullback 30 km`), `talks WORDS` (`talks broken off`),
`deadlock`, `contested`.
"""

from collections.abc import Callable

from terms.core.header import Header
from terms.core.history import History
from terms.ground.suggest import did_you_mean
from terms.tui import matrix
from terms.views.answers.waiting import waiting

Holds = Callable[[int], bool]
"""Whether something holds after so many steps."""


def condition(history: History, typed: str) -> Holds | str:
    """What is typed as a question to a number of steps; a sentence when it cannot be read."""
    words = typed.lower().split()
    if not words:
        return "say what has to hold, such as TERM agreed, PARTY TERM accepted, talks broken off, deadlock"
    if words == ["deadlock"]:
        return lambda steps: bool(waiting(matrix.at(history, steps)).findings)
    if words == ["contested"]:
        first = {choice.of for choice in history.rivals}
        return lambda steps: (
            history.events[steps - 1].id in first or history.events[steps - 1].account_of in first
        )
    if words[0] == "talks":
        return lambda steps: history.state(steps).session.state.startswith(" ".join(words[1:]))
    header = history.header
    if words[0] in header.party and len(words) > 1:
        return _of_cell(history, words[0], words[1], " ".join(words[2:]))
    return _of_term(history, words[0], " ".join(words[1:]))


def _stages(history: History, term: str) -> tuple[str, ...]:
    return tuple(stage for name, stage in matrix.rows_of(history) if name == term)


def _of_term(history: History, term: str, wanted: str) -> Holds | str:
    if term not in history.header.term:
        return _unknown(history.header, term)
    stages = _stages(history, term)
    return lambda steps: any(
        matrix.headline(history, steps, term, stage).lower().startswith(wanted) for stage in stages
    )


def _of_cell(history: History, party: str, term: str, wanted: str) -> Holds | str:
    if term not in history.header.term:
        return _unknown(history.header, term)
    keys = [(party, term, stage) for stage in _stages(history, term)]

    def holds(steps: int) -> bool:
        if not any(key in matrix.changed(history, steps) for key in keys):
            return False  # what this step left alone has been looked at before
        cells = [matrix.cell_at(history, steps, key) for key in keys]
        return any(
            cell.event is not None and (cell.sign.word.startswith(wanted) or wanted in cell.words.lower())
            for cell in cells
        )

    return holds


def _unknown(header: Header, term: str) -> str:
    return "; ".join(
        (
            f"there is no term or party '{term}' in this record",
            *did_you_mean(term, (*header.term, *header.party)),
        )
    )
