"""Answers of `terms ask` for other programs: graphs, plots, and the file of a game."""

import sys
from typing import TYPE_CHECKING

from terms.cli.refusal import Refused

if TYPE_CHECKING:
    from terms.core.situation import Situation
    from terms.views.findings import Answer


def told_as(form: str, at: "Situation", name: str, answer: "Answer") -> str:
    """The answer to the question `name` as `dot`, `svg` or `gmcr`.

    Raises:
        Refused: it has no such form.
    """
    return _game(at, name, answer) if form == "gmcr" else _drawn(form, name, answer)


def _drawn(form: str, name: str, answer: "Answer") -> str:
    from terms.analyses.deadlock import Waiting
    from terms.analyses.linkage import Linkage
    from terms.views import gap_plot, graphs

    if isinstance(answer, tuple) and form == "svg":
        return "".join(gap_plot.as_svg(one) for one in answer)
    if isinstance(answer, Waiting):
        arrows = graphs.waiting_arrows(answer)
    elif isinstance(answer, Linkage):
        arrows = graphs.linkage_arrows(answer)
    else:
        raise Refused(
            f"the answer to {name} is not drawn as {form}; deadlock and linkage are, movement as svg"
        )
    return graphs.as_dot(arrows) if form == "dot" else graphs.as_svg(arrows)


def _game(at: "Situation", name: str, answer: "Answer") -> str:
    from terms.analyses.why_not import Why
    from terms.views import gmcr

    if not isinstance(answer, Why):
        raise Refused(f"the answer to {name} is not told as gmcr; that to why-not is")
    made = gmcr.game(at, answer)
    if not made.options:
        raise Refused("no position is in conflict, so there is no game to write")
    if (many := len(made.options)) > gmcr.MANY:
        print(f"terms: {many} options double the states {many} times; --term asks for fewer", file=sys.stderr)
    return gmcr.as_gmcr(at, made)
