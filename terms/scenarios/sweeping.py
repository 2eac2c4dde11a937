"""Running every point of a sweep, and what came of each in a few words.

A result holds only text, so that it can cross to another process, be kept in a file, and be compared with
others: points with the same headlines came out alike, and where two neighbours differ a value tips the talks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from terms.core.life import axes
from terms.core.situation import Situation
from terms.core.talks import CellKey, Talks
from terms.ground.diagnostics import Diagnostic, Severity
from terms.scenarios.claims import said
from terms.scenarios.opening import Opened
from terms.scenarios.points import Point
from terms.scenarios.trying import try_point


class PointResult(Struct, frozen=True):
    """What came of one point. `terms` are those that differ from the base: (term, headline, value).

    `failed` are the codes and sentences of what was expected and is not so; `broken` says why the branch
    could not be built, empty when it was, and `refused` with which codes it was refused as expected.
    """

    point: tuple[tuple[str, str], ...]
    without: tuple[str, ...] = ()
    terms: tuple[tuple[str, str, str], ...] = ()
    talks: str = ""
    failed: tuple[str, ...] = ()
    broken: str = ""
    refused: str = ""

    def outcome(self, base: Mapping[str, str]) -> tuple[str, ...]:
        """What this point has in common with others that came out alike: headlines and the state of the talks.

        `base` are the headlines in the base of all terms that some point moves, so that a point that leaves a
        term where it was is no other outcome than one that moves it under the same headline.
        """
        if self.broken:
            return (f"cannot be built: {self.broken}",)
        if self.refused:
            return (f"refused with {self.refused}, as expected",)
        own = {term: headline for term, headline, _ in self.terms}
        heads = tuple(f"{term}: {headline}" for term, headline in {**base, **own}.items())
        return (*(heads or ("as the base",)), f"talks {self.talks}")


def results(opened: Opened, points: Iterable[Point]) -> Iterator[PointResult]:
    """What comes of each point, one after the other."""
    yield from (result_of(opened, point) for point in points)


def result_of(opened: Opened, point: Point) -> PointResult:
    """What comes of one point."""
    tried = try_point(opened, point)
    without = tuple(sorted(opened.without))
    if tried.branch is None or tried.branch.has_errors:
        if not tried.failures and tried.refused:
            return PointResult(point.values, without, refused=", ".join(tried.refused))
        return PointResult(point.values, without, broken=_first_of(tried.failures))
    at, before = tried.branch.end, tried.branch.before
    terms = tuple(_headline(at, term) for term in changed_terms(before.talks, at.talks))
    failed = tuple(f"{one.code} {one.message}" for one in tried.failures)
    return PointResult(point.values, without, terms, at.talks.session.state, failed)


def _first_of(failures: Sequence[Diagnostic]) -> str:
    """The first fault, and how many more there are."""
    faults = [one for one in failures if one.severity is Severity.ERROR] or list(failures)
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    return "".join(f"{one.code} {one.message}" for one in faults[:1]) + more or "faults"


def changed_terms(before: Talks, after: Talks) -> tuple[str, ...]:
    """The terms on which somebody stands otherwise, in the order of the header."""
    changed = {key[1] for key in _changed(before, after)}
    return tuple(term for term in after.header.term if term in changed)


def _changed(before: Talks, after: Talks) -> Iterator[CellKey]:
    old, new = before.cells, after.cells
    if old is new:
        return
    for key, cell in new.items():
        was = old.get(key)
        if was is not cell and was != cell:
            yield key
    yield from (key for key in old if key not in new)


def _headline(at: Situation, term: str) -> tuple[str, str, str]:
    found = axes(at, term)
    version = found.consent.version
    clause = at.talks.clause(version, term) if version is not None and not found.consent.missing else None
    return term, found.headline, said(clause.stance) if clause is not None else ""
