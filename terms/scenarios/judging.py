"""Whether what a scenario expects is so in one of its branches, and if not, where it was written and why.

Each failed claim becomes a fault with a caret under the words that claim it and the events that made it
otherwise. `never` and `always` look at every step from the first change on, since what lies before is the
record's and not the scenario's.
"""

from collections.abc import Iterable, Iterator

from terms.core.history import History
from terms.core.situation import Situation, situation
from terms.ground.dates import read_date
from terms.ground.diagnostics import Diagnostic, Severity
from terms.ground.nodes import MapNode
from terms.records.faults import error
from terms.scenarios import findings
from terms.scenarios.because import because
from terms.scenarios.branching import Branch
from terms.scenarios.claims import Claim, Seen
from terms.scenarios.expecting import Expectation
from terms.scenarios.grounds import Ground

UNEXPECTED, UNFAILED = "F505", "F506"


def judged(expectation: Expectation, branch: Branch) -> tuple[Diagnostic, ...]:
    """What of an expectation is not so in a branch that stands; with `xfail`, that it is so after all."""
    if expectation.faults:
        return expectation.faults
    found = tuple(_judged(expectation, branch))
    if expectation.xfail is None:
        return found
    if found:
        return ()
    return (unfailed(expectation.node),)


def unfailed(node: MapNode) -> Diagnostic:
    """The fault of an expectation with `xfail` that holds."""
    xfail = node.get("xfail")
    place = xfail.place if xfail is not None else node.place
    return error(UNFAILED, "this is said to be known not to hold, and it holds", place, "take xfail: away")


def _judged(expectation: Expectation, branch: Branch) -> Iterator[Diagnostic]:
    ground = branch.ground
    at = branch.end if expectation.at is None else moment_of(ground.history, expectation.at)
    after = f" after {expectation.at}" if expectation.at is not None else ""
    for claim in expectation.claims:
        seen = claim.see(at)
        if not seen.holds:
            yield _failed(claim, f"{seen.says}{after}, expected {seen.wanted}", ground, seen)
    yield from _framed(expectation, branch)
    if expectation.fails is not None:
        yield from _unrefused(expectation, branch)


def moment_of(history: History, at: str) -> Situation:
    """The situation after an event, or by a date."""
    if not at[:1].isdigit():
        return situation(history, history.index(at) + 1)
    moment = read_date(at).latest
    return situation(history.at(moment), moment=moment) if moment is not None else situation(history)


def _framed(expectation: Expectation, branch: Branch) -> Iterator[Diagnostic]:
    steps = _steps(branch)
    if expectation.never:
        for at in steps:
            seen = [claim.see(at) for claim in expectation.never]
            if all(one.holds for one in seen):
                what = _at_step(at, " and ".join(one.says for one in seen), "expected never")
                yield _failed(expectation.never[0], what, branch.ground, *seen)
                break
    if expectation.always:
        for at in steps:
            failed = [(claim, found) for claim in expectation.always if not (found := claim.see(at)).holds]
            if failed:
                claim, found = failed[0]
                what = _at_step(at, found.says, f"expected always {found.wanted}")
                yield _failed(claim, what, branch.ground, found)
                break


def _steps(branch: Branch) -> tuple[Situation, ...]:
    """Every step from the first change on where the state changed; the last one at least."""
    history = branch.ground.history
    last = len(history)
    numbers = [
        step
        for step in range(branch.first + 1, last + 1)
        if step == last or history.state(step) is not history.state(step - 1)
    ]
    return tuple(branch.end if step == last else situation(history, step) for step in numbers or [last])


def _at_step(at: Situation, says: str, wanted: str) -> str:
    after = f"after {at.history.events[at.steps - 1].id}" if at.steps else "before the first event"
    return f"{says} {after}, {wanted}"


def _failed(claim: Claim, what: str, ground: Ground, *seen: Seen) -> Diagnostic:
    events = [event for one in seen for event in one.causes()]
    notes = [note for one in seen for note in one.notes]
    lines = because(ground, events, notes)
    return Diagnostic(claim.code, Severity.ERROR, what, claim.node.place, because=lines)


def _unrefused(expectation: Expectation, branch: Branch) -> Iterable[Diagnostic]:
    if expectation.fails is None:
        return
    claim = Claim(expectation.fails, UNEXPECTED, lambda at: Seen(False, "", ""))
    seen = findings.objected(claim, branch.end, branch.first)
    if not seen.holds:
        says = "it can be built as written" if seen.wanted.startswith("E") else seen.says
        yield _failed(claim, f"{says}, expected {seen.wanted}", branch.ground, seen)
