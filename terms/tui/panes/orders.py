"""Who waits for whom after the step, the knots among it, what blocks a deal and what would unlock it."""

from terms.tui import matrix, weighing
from terms.tui.desk import Desk
from terms.tui.panes.event import Row
from terms.views.answers.waiting import cycle_words, finding_words, kind_words, statement_words


def rows(desk: Desk) -> list[Row]:
    """Knots first, then what waits in vain, then every statement with its author."""
    told = matrix.waits(desk.history, desk.steps)
    header = desk.history.header
    made: list[Row] = []
    for finding in told.findings:
        made.append((f"{kind_words(finding)}: {cycle_words(finding)}", "alert"))
        made.append((finding_words(header, finding), ""))
    if not told.findings and told.statements:
        made.append(("no statements contradict each other", "strong"))
    made += [(f"waits in vain for {one.waits_for}, {one.because}: {statement_words(header, one.statement)}", "mark")
             for one in told.unreachable]  # fmt: skip
    made += [(statement_words(header, statement), "") for statement in told.statements]
    return [*(made or [("nobody has said what has to come before what", "dim")]), *weighing.rows(desk)]
