"""A sweep as a table: points down, assumptions across, a letter for each outcome, and what tips it.

Points came out alike when every term that any of them moves has the same headline and the talks are in the
same state. A sweep that was stopped has rows that lack some columns; they stay blank, and nothing is said of
what was not run.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from string import ascii_uppercase

from terms.cli.output import Output
from terms.core.life import axes
from terms.scenarios.opening import Opened
from terms.scenarios.points import Point
from terms.scenarios.sweeping import PointResult
from terms.views.wording import count

Key = tuple[tuple[str, str], ...]
"""A point: its values by name, in the order of the sweep."""
Rows = Mapping[Key, Mapping[str, PointResult]]
"""The results of each point by column; a column is "" as written, or `without ASSUMPTION`."""
Letters = Mapping[Key, Mapping[str, str]]

MOST_FAILED = 12
"""Lines on what is not as expected; the rest is counted."""
MOST_APART = 3
"""Points that a tipping value is told at one by one; with more, the first and how many there are."""


def base_headlines(opened: Opened, rows: Rows) -> dict[str, str]:
    """The headline in the base of every term that some point moves."""
    moved = {term for row in rows.values() for one in row.values() for term, _, _ in one.terms}
    branch = opened.branch(Point(next(iter(rows)))) if moved else None
    if branch is None:
        return {}
    return {term: axes(branch.before, term).headline for term in branch.before.header.term if term in moved}


def table(rows: Rows, out: Output, *, base: Mapping[str, str], zipped: bool = False, xfail: str = "") -> None:
    """Points down, assumptions across, a letter for each outcome; then what each letter is, and what tips.

    `base` are the headlines of `base_headlines`; `zipped`: the values are walked side by side. `xfail`
    is why the expectations of the scenario are known not to hold; empty: they are meant to.
    """
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    outcomes, letters = _lettered(rows, base)
    out.line()
    out.table(
        [("point", *(name or "as written" for name in columns))]
        + [
            (
                _words(point),
                *(_mark(row[name], letters[point][name]) if name in row else "" for name in columns),
            )
            for point, row in rows.items()
        ]
    )
    out.line()
    out.heading("Outcomes")
    for outcome, letter in outcomes.items():
        out.entry(letter, "; ".join(outcome))
    _tipping(letters, columns, out, zipped=zipped)
    _unexpected([row[columns[0]] for row in rows.values()], out, xfail)


def _lettered(rows: Rows, base: Mapping[str, str]) -> tuple[dict[tuple[str, ...], str], Letters]:
    names: dict[tuple[str, ...], str] = {}
    letters = {
        point: {
            column: names.setdefault(one.outcome(base), _letter(len(names))) for column, one in row.items()
        }
        for point, row in rows.items()
    }
    return names, letters


def _letter(place: int) -> str:
    size = len(ascii_uppercase)
    return ascii_uppercase[place % size] + (str(place // size + 1) if place >= size else "")


def _mark(result: PointResult, letter: str) -> str:
    return letter + ("*" if _is_failed(result) else "")


def _words(point: Key) -> str:
    return ", ".join(f"{name} {value}" for name, value in point) or "the scenario"


# ---- what tips ---------------------------------------------------------------------------------------


def _tipping(letters: Letters, columns: Sequence[str], out: Output, *, zipped: bool) -> None:
    """Where a step from one value to the next, or dropping an assumption, makes another outcome."""
    told = list(_side_by_side(letters) if zipped else _crossed(letters))
    for column in columns[1:]:
        told.extend(_dropped(letters, column))
    out.line()
    out.heading("Tipping points")
    for one in told:
        out.wrapped(one, indent=2, hanging=4)
    if not told:
        alike = len({row[""] for row in letters.values()}) == 1
        out.line(f"  none: {'every point comes out alike' if alike else 'no two neighbours were run'}")


def _side_by_side(letters: Letters) -> Iterator[str]:
    """Neighbouring points of a sweep whose values go together."""
    for (low, one), (high, two) in pairwise(letters.items()):
        if one[""] != two[""]:
            steps = (
                f"{name} {was} -> {now}"
                for (name, was), (_, now) in zip(low, high, strict=True)
                if was != now
            )
            yield f"{', '.join(steps)}: {one['']} -> {two['']}"


def _crossed(letters: Letters) -> Iterator[str]:
    """Neighbouring values of one name, all others alike, between which the outcome changes."""
    for name in [name for name, _ in next(iter(letters))]:
        lines: dict[Key, list[tuple[str, str]]] = {}
        for point, row in letters.items():
            rest = tuple(pair for pair in point if pair[0] != name)
            lines.setdefault(rest, []).append((dict(point)[name], row[""]))
        found: dict[tuple[str, str], list[Key]] = {}
        for rest, line in lines.items():
            for (low, one), (high, two) in pairwise(line):
                if one != two:
                    found.setdefault((f"{name} {low} -> {high}", f"{one} -> {two}"), []).append(rest)
        for (step, change), rests in found.items():
            yield from (f"{step}{where}: {change}" for where in _where(rests, len(lines)))


def _where(rests: Sequence[Key], lines: int) -> Iterator[str]:
    """Beside which other values a step tips: each, or whatever they are, or the first and how many."""
    if rests == [()]:
        yield ""
    elif len(rests) == lines > 1:
        yield f" (whatever {', '.join(name for name, _ in rests[0])})"
    elif len(rests) <= MOST_APART:
        yield from (f" (with {_words(rest)})" for rest in rests)
    else:
        yield f" (with {_words(rests[0])}, and with {len(rests) - 1} others of {lines})"


def _dropped(letters: Letters, column: str) -> Iterator[str]:
    """What dropping an assumption changes, at the points where that was run."""
    run = [row for row in letters.values() if column in row]
    changed = [row for row in run if row[column] != row[""]]
    rest = f" of the {len(run)} that were run" if len(run) < len(letters) else ""
    if not changed:
        yield f"{column}: changes no outcome{rest}"
    elif len(changed) == len(letters):
        yield f"{column}: another outcome at every point"
    else:
        yield f"{column}: another outcome at {count(len(changed), 'point')}{rest}"


# ---- what is not as expected -------------------------------------------------------------------------


def _unexpected(every: Sequence[PointResult], out: Output, xfail: str) -> None:
    """What does not hold, with the points at which it does not; of a scenario with `xfail`, where all holds after all."""
    broken = [one for one in every if one.broken]
    failed = [one for one in every if one.failed]
    if xfail:
        _failed("Not as expected (*)", broken, out, of=len(every))
        _failed(f"Known not to hold (*): {xfail}", failed, out, of=len(every))
    else:
        both = [one for one in every if _is_failed(one)]
        _failed("Not as expected (*)", both, out, of=len(every))
    sound = [_words(one.point) for one in every if xfail and not _is_failed(one)]
    if sound:
        out.line()
        out.heading(f"All holds, though xfail says: {xfail}")
        out.wrapped(_points(sound), indent=2, hanging=4)


def _failed(heading: str, results: Sequence[PointResult], out: Output, *, of: int) -> None:
    """Each way in which points fail, with those that fail so; `of` is how many there are in all."""
    if not results:
        return
    alike: dict[str, list[str]] = {}
    for one in results:
        alike.setdefault("; ".join(one.failed) or one.broken, []).append(_words(one.point))
    out.line()
    out.heading(heading)
    for why, points in list(alike.items())[:MOST_FAILED]:
        out.entry("every point" if len(points) == of > 1 else _points(points), why)
    rest = sum(len(points) for points in list(alike.values())[MOST_FAILED:])
    if rest:
        out.line(f"  and {count(rest, 'further point')}")


def _points(points: Sequence[str]) -> str:
    """The first of the points and how many others there are."""
    return points[0] + (f" and {count(len(points) - 1, 'other point')}" if len(points) > 1 else "")


def _is_failed(result: PointResult) -> bool:
    return bool(result.failed or result.broken)
