"""The answer of `terms run` at one point: the branch step by step, then cell by cell against its base."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from terms.analyses import deadlock
from terms.cli.output import Output
from terms.core.history import History, Step
from terms.core.life import axes
from terms.core.situation import Situation
from terms.core.talks import CellKey
from terms.ground.diagnostics import Severity
from terms.ground.rendering import render
from terms.scenarios.because import located
from terms.scenarios.falling import standing
from terms.scenarios.referring import referred
from terms.views.changes import changed_cells
from terms.views.comparison import Comparison, cell_difference_words, compare
from terms.views.movement import Parties, between, movement_words, parties_on
from terms.views.sentence import sentence
from terms.views.wording import count, date_words, time_words

if TYPE_CHECKING:
    from terms.scenarios import Branch, Opened, Point, Tried
    from terms.scenarios.scenario import Scenario

MOST_CELLS = 12
"""Changed cells of one step that are written out; the rest is counted, since the end shows it all."""


def heading(opened: "Opened", out: Output, *, point: "Point | None" = None) -> None:
    """The title, what the scenario stands on, what it assumes and what it changes."""
    scenario = opened.scenario
    out.heading(scenario.title or scenario.path)
    base = scenario.base
    if base is not None:
        branch_point = base.after.text if base.after is not None else ""
        fell = ", which fell" if opened.ground is not None and branch_point in opened.ground.fallen else ""
        after = f" after {branch_point}{fell}" if branch_point else ""
        how = (
            "recorded events go on behind it" if scenario.replay == "continue" else "nothing recorded follows"
        )
        out.wrapped(f"{scenario.path} on {base.path.text}{after}; {how}")
    if point is not None and point.values:
        out.wrapped(f"at {point.words}")
    for one in scenario.assumptions:
        dropped = " (left out)" if one.id.text in opened.without else ""
        more = ", ".join(part for part in (one.confidence, f"until {one.until}" if one.until else "") if part)
        out.entry(f"assumes {one.id.text}{dropped}", f"{one.text}{f' ({more})' if more else ''}")
    lost = _lost(opened)
    for level in opened.levels[1:]:
        _left_out(level, opened.without, lost[level.path], out)
    stands = standing(scenario, opened.without, opened.ground.fallen if opened.ground else ()).edits
    values = {f"${name}": value for name, value in point.values} if point is not None else {}
    for edit in scenario.edits:
        dropped = "" if edit in stands else " (left out)"
        out.entry(
            f"{edit.action} {values.get(edit.event.text, edit.event.text)}{dropped}",
            edit.why or "no reason given",
        )


def _lost(opened: "Opened") -> dict[str, tuple[str, ...]]:
    """The events that fell in each scenario, by its path: with its own assumptions or with what fell below it."""
    found: dict[str, tuple[str, ...]] = {}
    below: tuple[str, ...] = ()
    for level in reversed(opened.levels):
        found[level.path] = standing(level, opened.without, below).fallen
        below += found[level.path]
    return found


def _left_out(level: "Scenario", without: frozenset[str], lost: tuple[str, ...], out: Output) -> None:
    """What is left out of a scenario below: the assumptions, the events that fell with them and with others."""
    told: set[str] = set()
    for one in level.assumptions:
        if one.id.text in without:
            fallen = standing(level, frozenset({one.id.text})).fallen
            told |= {*fallen}
            fell = f"; with it fell {', '.join(fallen)}" if fallen else ""
            out.entry(f"assumes {one.id.text} (left out of {level.path})", f"{one.text}{fell}")
    if rest := [name for name in lost if name not in told]:
        out.entry(f"fell in {level.path}", f"{', '.join(rest)}, with what fell below it")


def branch(tried: "Tried", out: Output) -> None:
    """One branch against its base: steps, cells, headlines, expectations."""
    made = tried.branch
    if made is None or made.has_errors:
        verdict(tried, out)
        return
    _steps(made, out)
    after, before = made.end, made.before
    where = (
        f"after {before.history.events[before.steps - 1].id}" if before.steps else "before the first event"
    )
    comparison = compare(before, after)
    out.line()
    out.heading(f"Against the base {where}")
    told = replace(comparison, objections=())
    differences(told, out, lambda event: located(made.ground, event) or located(made.base, event))
    _order(before, after, out)
    _owed(before, after, [one.term for one in comparison.terms], out)
    verdict(tried, out)


def _order(before: Situation, after: Situation, out: Output) -> None:
    """Whether the ordering statements leave some order that satisfies everybody, before and after."""
    if before.talks.orders is after.talks.orders and before.moment == after.moment:
        return
    was, now = ("a deadlock" if deadlock.find(at).is_deadlocked else "no deadlock" for at in (before, after))
    if was != now:
        out.line(f"  order: {was} -> {now}")


def _owed(before: Situation, after: Situation, terms: Iterable[str], out: Output) -> None:
    """What has a day to be done by that it has not in the base."""
    asked = after.header.term if before.talks.happenings is not after.talks.happenings else terms
    for term in asked:
        was = set(_duties(before, term))
        for one in _duties(after, term):
            if one not in was:
                out.entry(f"owed on {term}", one)


def _duties(at: Situation, term: str) -> Iterator[str]:
    for one in axes(at, term).obligations:
        day = at.date_of(one.due) if one.due else None
        by = f", by {day.last_day.isoformat()}" if day is not None and day.last_day is not None else ""
        if one.due:
            yield f"{one.value}, {time_words(one.due)}{by}: {one.state} [{one.born}]"


def verdict(tried: "Tried", out: Output) -> None:
    """Whether what was expected is so; every fault with its caret and its causes."""
    out.line()
    if not tried.is_broken:
        out.wrapped(_counted(tried))
    if tried.xfail and not tried.is_broken:
        so = "known not to hold" if tried.passed else "everything expected holds, though xfail says"
        out.wrapped(f"{so}: {tried.xfail}")
    shown = [one for one in tried.faults if not (tried.passed and one.severity is Severity.ERROR)]
    out.laid_out(render(shown, tried.texts, color=out.color))


def _counted(tried: "Tried") -> str:
    """How many expectations hold, fail as expected, do not hold, or could not be asked."""
    if not tried.asked:
        return "nothing is expected of it"
    asked = f"{count(tried.asked, 'expectation')} asked"
    if tried.held == tried.asked:
        return f"{asked}, all hold" if tried.asked > 1 else f"{asked}, and it holds"
    known, fallen = len(tried.known), len(tried.fallen)
    left = tried.asked - tried.held - known - fallen
    unmade = tried.branch is None or tried.branch.has_errors
    failed = len(tried.failures) if unmade else left
    why = f" ({'; '.join(tried.known)})"
    parts = (
        (tried.held, "holds" if tried.held == 1 else "hold"),
        (known, ("fails" if known == 1 else "fail") + " as expected" + why),
        (fallen, f"cannot be asked, since {', '.join(dict.fromkeys(tried.fallen))} fell"),
        (failed, "does not hold" if failed == 1 else "do not hold"),
        (left - failed, "cannot be asked of what is refused"),
    )
    return f"{asked}: {', '.join(f'{many} {words}' for many, words in parts if many)}"


# ---- step by step ------------------------------------------------------------------------------------


def _steps(made: "Branch", out: Output) -> None:
    """Every step that the base does not have so: new events, recorded ones that now do something else."""
    history, base = made.ground.history, made.base.history
    told = [
        step
        for step in (history[place] for place in range(made.first, len(history)))
        if _is_other(step, base)
    ]
    gone = _gone(made)
    out.line()
    out.heading(f"Step by step ({count(len(told), 'step')} other than in the base)")
    for step in told:
        name = step.event.id
        out.wrapped(
            f"{date_words(step.event.date)} {sentence(history, step.index)} [{name}]", indent=2, hanging=4
        )
        keys = sorted(changed_cells(step.before, step.after), key=lambda key: (key[1], key))
        parties = parties_on(step.before, step.after) if keys else {}
        for key in keys[:MOST_CELLS]:
            out.wrapped(_moved(step, key, parties), indent=6, hanging=8)
        if len(keys) > MOST_CELLS:
            out.line(f"      and {count(len(keys) - MOST_CELLS, 'further cell')}")
        if lost := sorted(referred(step.event) & {*gone}):
            out.wrapped(f"it refers to {', '.join(lost)}, left out of the past", indent=6, hanging=8)
        was = base[base.index(name)].objections if name in base.names else ()
        for one in step.objections:
            out.wrapped(f"{one.code} {one.sentence}", indent=6, hanging=8)
        for one in was:
            if one not in step.objections:
                out.wrapped(f"no longer: {one.code} {one.sentence}", indent=6, hanging=8)
    if gone:
        out.wrapped(f"left out of the past: {', '.join(gone)}", indent=2, hanging=4)
    if made.left_out:
        out.wrapped(f"fell with an assumption: {', '.join(made.left_out)}", indent=2, hanging=4)


def _is_other(step: Step, base: History) -> bool:
    """Whether an event is new or does not do here what it did in the base."""
    if step.event.id not in base.names:
        return True
    was = base[base.index(step.event.id)]
    if was.before is step.before and was.after is step.after:
        return False
    if (was.event is not step.event and was.event != step.event) or was.objections != step.objections:
        return True
    keys = changed_cells(step.before, step.after)
    return keys != changed_cells(was.before, was.after) or any(
        step.after.cells.get(key) != was.after.cells.get(key) for key in keys
    )


def _gone(made: "Branch") -> list[str]:
    """Events of the past that the branch does not have."""
    names = made.ground.history.names
    until = len(made.base.events) if made.against is None else made.against
    return [event.id for event in made.base.events[:until] if event.id not in names]


def _moved(step: Step, key: CellKey, parties: Parties) -> str:
    stage = f" ({key[2]})" if key[2] else ""
    moved = between(step.before, step.after, key, parties=parties)
    return f"{key[1]}{stage}, {key[0]}: {movement_words(moved)}"


# ---- cell by cell ------------------------------------------------------------------------------------


def differences(comparison: Comparison, out: Output, where: Callable[[str], str]) -> None:
    """What differs, term by term, with the events behind each line and their places."""
    out.wrapped(comparison.counted(), indent=2)
    if comparison.session is not None:
        out.line(f"  talks: {comparison.session[0]} -> {comparison.session[1]}")
    headlines = {one.term: one for one in comparison.terms}
    named: list[str] = []
    term = ""
    for cell in comparison.cells:
        if cell.after.term != term:
            term = cell.after.term
            own = headlines.pop(term, None)
            out.wrapped(
                f"{term}: {own.before} -> {own.after}" if own is not None else term, indent=2, hanging=4
            )
        after = cell.after
        stage = f" ({after.stage})" if after.stage else ""
        told = cell_difference_words(cell)
        out.wrapped(f"{after.party}{stage}: {told} [{', '.join(cell.events)}]", indent=4, hanging=6)
        named.extend(cell.events)
    for one in headlines.values():
        out.wrapped(f"{one.term}: {one.before} -> {one.after} [{', '.join(one.events)}]", indent=2, hanging=4)
        named.extend(one.events)
    for sign, name, words in comparison.orders:
        out.labelled(f"  {sign} ", f"{words} [{name}]")
    for sign, name, words in comparison.undertaken:
        out.labelled(f"  {sign} ", f"{words} [{name.partition('/')[0]}]")
        named.append(name.partition("/")[0])
    for misfit in comparison.objections:
        out.labelled(f"  {misfit.sign} ", f"{misfit.code} {misfit.sentence} [{misfit.event}]")
        named.append(misfit.event)
    for known in comparison.known:
        out.labelled(
            "  known: ", f"{known.event} to {known.before} -> {known.after} [{', '.join(known.events)}]"
        )
        named += known.events
    causes = [(name, place) for name in dict.fromkeys(named) if (place := where(name))]
    if causes:
        out.line("  where:")
        for name, place in causes:
            out.wrapped(f"{name} {place}", indent=4, hanging=6)
